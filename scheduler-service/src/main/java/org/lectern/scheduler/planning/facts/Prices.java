package org.lectern.scheduler.planning.facts;

import org.lectern.scheduler.planning.search.Weights;

/**
 * What a plan pays for, in minutes of a lecturer's time.
 *
 * @param priority multiplies the price of leaving out an item of a priority branch
 * @param requested multiplies the price of leaving out an item that its branch requested
 * @param hall for a lecture hall rather than a room of the branch
 */
public record Prices(Weights weights, double priority, double requested, double hall) {

    public static final Prices USUAL = new Prices(Weights.USUAL, 3, 1.5, 30);

    double importance(boolean isPriority, boolean isRequested) {
        return (isPriority ? priority : 1) * (isRequested ? requested : 1);
    }
}
