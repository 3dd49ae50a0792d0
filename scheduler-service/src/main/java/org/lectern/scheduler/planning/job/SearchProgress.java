package org.lectern.scheduler.planning.job;

/**
 * Where a search stands.
 *
 * @param share of its time, from 0 to 1
 * @param minutes the cost of the best plan so far
 */
public record SearchProgress(double share, double seconds, long iterations, int placed, int leftOut, double minutes) {}
