package org.lectern.scheduler.planning.search;

/** A way to place a visit: a position in a route, or a seat as guest of another visit. */
final class Candidate {

    /** The earliest start that fits, moved by later changes. */
    static final int ANY = Integer.MIN_VALUE;

    int route;
    int position;
    int option;
    /** A start that must not move, or {@link #ANY}. */
    int fixed = ANY;
    /** Whether the search may not remove it. */
    boolean pinned;
    /** A start restored from an earlier plan, or {@link #ANY} for the earliest. */
    int restored = ANY;
    /** The visit that it joins as a guest, or {@link State#ABSENT}. */
    int host = State.ABSENT;
    /** What it adds to the cost, what it no longer leaves out not counted. */
    long cost = NO_COST;

    static final long NO_COST = Long.MAX_VALUE;

    boolean exists() {
        return cost != NO_COST;
    }

    void clear() {
        cost = NO_COST;
        fixed = ANY;
        restored = ANY;
        pinned = false;
        host = State.ABSENT;
    }

    Candidate copy() {
        Candidate copy = new Candidate();
        copy.route = route;
        copy.position = position;
        copy.option = option;
        copy.fixed = fixed;
        copy.pinned = pinned;
        copy.restored = restored;
        copy.host = host;
        copy.cost = cost;
        return copy;
    }
}
