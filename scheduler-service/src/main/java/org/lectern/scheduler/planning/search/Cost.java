package org.lectern.scheduler.planning.search;

/** The cost of a plan by component, in seconds of lecturers' time. What is left out counts before all else. */
public record Cost(
        long leftOut, long travel, long days, long load, long later, long preference, long guests, long disturbance)
        implements Comparable<Cost> {

    public static final Cost NONE = new Cost(0, 0, 0, 0, 0, 0, 0, 0);

    /** All components but what is left out. */
    public long placed() {
        return travel + days + load + later + preference + guests + disturbance;
    }

    public long total() {
        return leftOut + placed();
    }

    public double minutes() {
        return (double) total() / Weights.SECONDS;
    }

    public Cost plus(Cost other) {
        return new Cost(
                leftOut + other.leftOut,
                travel + other.travel,
                days + other.days,
                load + other.load,
                later + other.later,
                preference + other.preference,
                guests + other.guests,
                disturbance + other.disturbance);
    }

    public Cost minus(Cost other) {
        return new Cost(
                leftOut - other.leftOut,
                travel - other.travel,
                days - other.days,
                load - other.load,
                later - other.later,
                preference - other.preference,
                guests - other.guests,
                disturbance - other.disturbance);
    }

    /** The better plan first: less left out, then cheaper. */
    @Override
    public int compareTo(Cost other) {
        int first = Long.compare(leftOut, other.leftOut);
        return first != 0 ? first : Long.compare(placed(), other.placed());
    }
}
