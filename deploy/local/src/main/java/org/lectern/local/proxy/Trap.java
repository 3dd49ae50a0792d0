package org.lectern.local.proxy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.lectern.local.proxy.FaultProxy.Direction;

/**
 * What a {@link FaultProxy} waits for on any one connection: bytes in the order of the steps. When the last of them
 * passes, {@code sprung} runs first and the connection is reset after it, so that the bytes of the last step never
 * arrive. It springs once.
 *
 * @param name which moment it is, for the log of faults
 */
public record Trap(String name, List<Step> steps, Runnable sprung) {

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

    public Trap {
        steps = List.copyOf(steps);
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("A trap without steps never springs");
        }
    }
}
