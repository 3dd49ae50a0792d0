package org.lectern.chaos.fault;

import java.time.Duration;

/**
 * A fault of a plan.
 *
 * @param at since the load began
 * @param lasts until it is recovered from; what is over by itself takes no time
 * @param index chooses the part of the system
 */
public record PlannedFault(FaultKind kind, Duration at, Duration lasts, int index) {}
