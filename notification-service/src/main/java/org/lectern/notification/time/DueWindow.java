package org.lectern.notification.time;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * Makes most rounds search only what became due recently, and some search everything. So the cost of most rounds does
 * not grow with the backlog, and items missed by an outage or a failure are still found.
 */
public final class DueWindow {

    private final Duration time;
    private volatile long nextLookAtAll = System.nanoTime();

    /**
     * The first search covers everything.
     *
     * @param time the span that counts as recent, and the interval between searches of everything, so that no gap
     *     remains
     */
    public DueWindow(Duration time) {
        this.time = time;
    }

    /**
     * Searches for due items.
     *
     * @param ofLate finds items that became due within the span
     * @param all finds all due items
     * @param most the limit of a search; if it is reached, the next search covers everything again
     */
    public <T> List<T> look(Supplier<List<T>> ofLate, Supplier<List<T>> all, int most) {
        long begin = System.nanoTime();
        if (begin - nextLookAtAll < 0) {
            return ofLate.get();
        }
        List<T> found = all.get();
        if (found.size() < most) {
            nextLookAtAll = begin + time.toNanos();
        }
        return found;
    }
}
