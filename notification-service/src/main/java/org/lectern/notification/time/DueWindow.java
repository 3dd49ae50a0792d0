package org.lectern.notification.time;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * Rounds look at what has come due of late, and now and then at all that is due. So what most rounds cost does not grow
 * with all that waits, and what came due while nobody looked, or could not be done then, is found all the same.
 */
public final class DueWindow {

    private final Duration time;
    private volatile long nextLookAtAll = System.nanoTime();

    /**
     * Begins with a look at all.
     *
     * @param time how far "of late" reaches back, and how often it is looked at all: so nothing lies between
     */
    public DueWindow(Duration time) {
        this.time = time;
    }

    /**
     * What is due.
     *
     * @param ofLate finds what has come due within the time
     * @param all finds all that is due
     * @param most how many are found at most: if so many are, the next look is at all again
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
