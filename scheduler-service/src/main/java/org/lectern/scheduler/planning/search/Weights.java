package org.lectern.scheduler.planning.search;

/**
 * What a plan pays for, in minutes of a lecturer's time. One unit makes every price a sentence: a lecture that is left
 * out is as bad as this many minutes on the road.
 *
 * @param travel per minute from home over the lectures of a day back home
 * @param day per day that sends a lecturer on the road, unless a booking already does
 * @param load times the square of a lecturer's lectures: makes an uneven share expensive
 * @param later per day that a lecture takes place after the first day: early plans leave slack for repairs
 * @param leftOut per lecture that the plan leaves out, at normal priority
 * @param guest per branch that attends at a neighbour's lecture rather than receiving its own
 * @param guestTravel per minute of a guest branch's way to the host
 * @param otherLecturer per lecture that keeps its standing time but has another lecturer
 * @param otherTime per lecture that keeps its standing day but not its time
 * @param otherDay per lecture that leaves its standing day
 * @param otherPlace per lecture that keeps its standing time but not its place
 */
public record Weights(
        double travel,
        double day,
        double load,
        double later,
        double leftOut,
        double guest,
        double guestTravel,
        double otherLecturer,
        double otherTime,
        double otherDay,
        double otherPlace) {

    private static final double MOST = 10_000_000;
    private static final double USUAL_OTHER_PLACE = 30;

    /** With the usual cost of another place. */
    public Weights(
            double travel,
            double day,
            double load,
            double later,
            double leftOut,
            double guest,
            double guestTravel,
            double otherLecturer,
            double otherTime,
            double otherDay) {
        this(
                travel,
                day,
                load,
                later,
                leftOut,
                guest,
                guestTravel,
                otherLecturer,
                otherTime,
                otherDay,
                USUAL_OTHER_PLACE);
    }

    /** Cost is counted in whole seconds: sums are exact in any order. */
    static final int SECONDS = 60;

    public static final Weights USUAL = new Weights(1, 60, 5, 1, 1000, 30, 0.5, 30, 120, 240);

    public Weights {
        for (double each : new double[] {
            travel, day, load, later, leftOut, guest, guestTravel, otherLecturer, otherTime, otherDay, otherPlace
        }) {
            if (!(each >= 0) || each > MOST) {
                throw new IllegalArgumentException("A weight is between 0 and 10,000,000 minutes: " + each);
            }
        }
    }

    /** Only travel and items left out count. For public routing instances: times and cost have the same unit there. */
    public static Weights distance(double leftOut) {
        return new Weights(1.0 / SECONDS, 0, 0, 0, leftOut, 0, 0, 0, 0, 0, 0);
    }

    /**
     * Whatever is booked comes before all else but lectures left out; travel and the like decide between equals only.
     */
    Weights firm() {
        double scale = 100;
        return new Weights(
                travel,
                day,
                load,
                later,
                Math.min(MOST, leftOut * scale),
                guest,
                guestTravel,
                Math.min(MOST, Math.max(1, otherLecturer) * scale),
                Math.min(MOST, Math.max(1, otherTime) * scale),
                Math.min(MOST, Math.max(1, otherDay) * scale),
                Math.min(MOST, Math.max(1, otherPlace) * scale));
    }

    static long seconds(double minutes) {
        return Math.round(minutes * SECONDS);
    }
}
