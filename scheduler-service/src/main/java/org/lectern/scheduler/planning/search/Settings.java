package org.lectern.scheduler.planning.search;

/**
 * Parameters of the search, as in "slack induction by string removals" (Christiaens, Vanden Berghe 2020).
 *
 * @param hot the temperature at the start, in units of cost: a plan worse by this much is accepted in one of e cases
 * @param cold the temperature at the end
 * @param removed visits removed per iteration, on average
 * @param longestString visits removed from one route at most
 * @param blinks the share of possible insertions that are overlooked
 */
public record Settings(double hot, double cold, int removed, int longestString, double blinks) {

    /** For lectures: from 30 minutes to one. */
    public static final Settings USUAL = new Settings(30.0 * Weights.SECONDS, Weights.SECONDS, 10, 10, 0.01);
}
