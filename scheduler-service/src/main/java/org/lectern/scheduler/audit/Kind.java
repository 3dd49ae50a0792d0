package org.lectern.scheduler.audit;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The kind of subject that changed. */
@Schema(name = "AuditSubjectKind")
public enum Kind {
    BOOKING,
    LECTURE_REQUEST,

    /** What a lecturer was asked about a booking, and answered; the subject is the booking. */
    LECTURER_ANSWER,

    LECTURER,
    BRANCH,
    VENUE,
    TOPIC,
    CAMPAIGN,

    /** The rating of a lecture by a branch; the subject is the pair of booking and branch. */
    RATING,

    /** The availability of a lecturer; the subject is the lecturer. */
    AVAILABILITY,

    /** A change of availability that a lecturer proposed. */
    AVAILABILITY_PROPOSAL,

    /** The opening hours of a venue; the subject is the venue. */
    OPENING_HOURS,

    /** A year of the working calendar. */
    CALENDAR,

    /** A travel time that people entered; the subject is the pair of places, the lesser first. */
    TRAVEL_TIME
}
