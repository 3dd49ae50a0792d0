package org.lectern.local.proxy;

import java.time.Duration;
import org.lectern.local.proxy.FaultProxy.Direction;

/** The behaviour of the network behind a {@link FaultProxy}. */
public sealed interface NetworkCondition {

    /** Everything passes. */
    record Healthy() implements NetworkCondition {}

    /** Every chunk arrives later. */
    record Delayed(Duration by) implements NetworkCondition {}

    /** Connections are reset as soon as they are made. */
    record Resetting() implements NetworkCondition {}

    /** Connections are accepted, and no data or end of stream arrives. */
    record BlackHole() implements NetworkCondition {}

    /** Data in one direction is lost; the other direction works (a half-open connection). */
    record HalfOpen(Direction lost) implements NetworkCondition {}
}
