package org.lectern.local.proxy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.lectern.local.proxy.FaultProxy.Direction;

/**
 * A moment in the traffic of a {@link FaultProxy}: bytes on one connection, in the order of the steps. When the last
 * step's bytes arrive at the proxy, {@code reached} runs first. The connection is then reset, so those bytes are never
 * delivered. It is reached at most once.
 *
 * @param name for the log of faults
 */
public record CrashPoint(String name, List<Step> steps, Runnable reached) {

    /** Bytes in one direction. */
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
