package org.lectern.scheduler.planning.publication;

/**
 * How many lectures a transaction takes: as many as it books in a fifth of a second, so that other organizers who need
 * the same lecturers or branches do not wait longer, whatever the machine is busy with.
 */
final class Pace {

    private static final long NANOS = 200_000_000;
    private static final int FIRST = 4;

    private final int most;
    private int next;

    /** @param most lectures of a transaction, however fast they are */
    Pace(int most) {
        this.most = most;
        next = Math.min(FIRST, most);
    }

    int next() {
        return next;
    }

    /** Learns from a transaction: at most doubles. */
    void took(int lectures, long nanos) {
        if (lectures > 0) {
            long fitting = NANOS * lectures / Math.max(1, nanos);
            next = (int) Math.clamp(fitting, 1, Math.min(most, 2L * next));
        }
    }
}
