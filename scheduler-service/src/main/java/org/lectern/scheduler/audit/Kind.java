package org.lectern.scheduler.audit;

/** What a change was a change of; the subject beside it says which one. */
public enum Kind {
    BOOKING,
    LECTURE_REQUEST,
    LECTURER,
    BRANCH,
    VENUE,
    TOPIC,
    CAMPAIGN,

    /** When a lecturer can be had; the subject is the lecturer. */
    AVAILABILITY,

    /** When a venue is open; the subject is the venue. */
    OPENING_HOURS,

    /** A year of the working calendar. */
    CALENDAR,

    /** What people entered of the way between two places; the subject is both, the lesser first. */
    TRAVEL_TIME
}
