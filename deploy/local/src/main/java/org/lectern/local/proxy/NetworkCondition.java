package org.lectern.local.proxy;

import java.time.Duration;
import org.lectern.local.proxy.FaultProxy.Direction;

/** How the network behind a {@link FaultProxy} behaves. */
public sealed interface NetworkCondition {

    /** Everything passes. */
    record Healthy() implements NetworkCondition {}

    /** Every chunk arrives later. */
    record Delayed(Duration by) implements NetworkCondition {}

    /** Connections are reset as soon as they are made. */
    record Resetting() implements NetworkCondition {}

    /** Connections are accepted, and nothing ever arrives: neither data nor an end. */
    record BlackHole() implements NetworkCondition {}

    /** What travels in one direction is lost; the other one works (a half-open connection). */
    record HalfOpen(Direction lost) implements NetworkCondition {}
}
