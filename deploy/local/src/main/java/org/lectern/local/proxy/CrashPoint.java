package org.lectern.local.proxy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.lectern.local.proxy.FaultProxy.Direction;

/**
 * A moment in the traffic of a {@link FaultProxy} at which something is to happen: bytes on any one connection, in the
 * order of the steps. When the last of them passes, {@code reached} runs first and the connection is reset after it, so
 * that the bytes of the last step never arrive. It is reached once.
 *
 * @param name for the log of faults
 */
public record CrashPoint(String name, List<Step> steps, Runnable reached) {

    /** Bytes that travel in a direction. */
    public record Step(Direction direction, byte[] bytes) {}

    /** PostgreSQL's answer to a commit: a CommandComplete message (frontend/backend protocol, section 54.7). */
    public static final byte[] COMMITTED = "C\0\0\0\u000bCOMMIT\0".getBytes(StandardCharsets.US_ASCII);

    public static Step sent(String text) {
        return new Step(Direction.TO_SERVER, text.getBytes(StandardCharsets.UTF_8));
    }

    public static Step answered(byte[] bytes) {
        return new Step(Direction.TO_CLIENT, bytes);
    }

    public CrashPoint {
        steps = List.copyOf(steps);
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("A crash point without steps is never reached");
        }
    }
}
