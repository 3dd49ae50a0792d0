package org.lectern.chaos.verdict;

/**
 * A broken promise.
 *
 * @param what the case, such as a booking or an event
 */
public record Violation(Promise promise, String what) {

    /** The invariants of Lectern's design, as far as one run can show them. */
    public enum Promise {
        NOTHING_LOST("lost"),
        NOTHING_REFUSED_HAPPENED("refused, yet done"),
        ONE_KEY_ONE_EFFECT("done twice"),
        ALL_OR_NOTHING("done in part"),
        NO_OVERLAP("double-booked"),
        TRAVEL_IS_POSSIBLE("too little time to travel"),
        VERSIONS_WITHOUT_GAP("gaps in versions"),
        ONE_EVENT_PER_VERSION("events not one per version"),
        EVENTS_IN_ORDER("out of order"),
        TOPIC_TELLS_THE_TRUTH("on the topic, not in the database"),
        PLANS_ARE_WHOLE("plans in part, or notified too early"),
        REQUESTS_MATCH_BOOKINGS("requests unlike their bookings"),
        EVERY_BRANCH_NOTIFIED_ONCE("notices not one per event"),
        ONE_DELIVERY_PER_ENDPOINT("deliveries not one per endpoint"),
        EVERYTHING_ARRIVES("undelivered"),
        ALERTS_IN_ORDER("alerts out of order"),
        WEBHOOKS_ONE_ID("webhooks altered, unsigned or under two ids"),
        NO_OTHER_BRANCH_NOTIFIED("sent to others"),
        NO_SECRET_OUTSIDE("secrets found outside"),
        POISON_SET_ASIDE("poison not set aside exactly"),
        ACKNOWLEDGEMENTS_COME_BACK("acknowledgements lost or made up"),
        ONE_BROKER_LOST_IS_NOT_FELT("paused by the loss of one broker"),
        STOPS_ON_REQUEST("did not stop on request"),
        ROLLING_RESTART_IS_NOT_FELT("felt in a rolling restart");

        private final String label;

        Promise(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    @Override
    public String toString() {
        return promise.label() + ": " + what;
    }
}
