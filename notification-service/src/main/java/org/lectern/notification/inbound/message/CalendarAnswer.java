package org.lectern.notification.inbound.message;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A calendar answer.
 *
 * @param uid the entry
 * @param sequence the answered revision; null if the calendar omits it
 * @param proposal another time; only for a counter-proposal, and null if none can be understood
 * @param comment the person's text
 */
public record CalendarAnswer(
        String uid,
        @Nullable Integer sequence,
        Kind kind,
        @Nullable Proposal proposal,
        @Nullable String comment) {

    /** The kind of answer. */
    public enum Kind {
        ACCEPTED,
        TENTATIVE,
        DECLINED,
        COUNTER
    }

    /**
     * A proposed other time.
     *
     * @param end null to keep the duration
     */
    public record Proposal(Moment start, @Nullable Moment end) {}

    /**
     * A time as a calendar writes it (RFC 5545 section 3.3.5).
     *
     * @param zone null for a floating time
     */
    public record Moment(LocalDateTime local, @Nullable ZoneId zone) {

        /** @param floating the zone of a floating time */
        public Instant in(ZoneId floating) {
            return local.atZone(Optional.ofNullable(zone).orElse(floating)).toInstant();
        }
    }
}
