package org.lectern.chaos.fault;

import java.time.Duration;

/**
 * A fault of a plan.
 *
 * @param at time since the load began
 * @param lasts time until recovery; zero for a fault that ends by itself
 * @param index selects the part of the system
 */
public record PlannedFault(FaultKind kind, Duration at, Duration lasts, int index) {}
