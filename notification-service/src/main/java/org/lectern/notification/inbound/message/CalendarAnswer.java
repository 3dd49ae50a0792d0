package org.lectern.notification.inbound.message;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a calendar answers.
 *
 * @param uid the entry
 * @param sequence the revision that is answered; nothing if the calendar does not say
 * @param proposal another time; only of a counter-proposal, and nothing if it names none that can be understood
 * @param comment what the person wrote
 */
public record CalendarAnswer(
        String uid,
        @Nullable Integer sequence,
        Kind kind,
        @Nullable Proposal proposal,
        @Nullable String comment) {

    /** What is answered. */
    public enum Kind {
        ACCEPTED,
        TENTATIVE,
        DECLINED,
        COUNTER
    }

    /**
     * Another time.
     *
     * @param end nothing: as long as it was
     */
    public record Proposal(Moment start, @Nullable Moment end) {}

    /**
     * A time as a calendar writes it (RFC 5545 section 3.3.5).
     *
     * @param zone nothing for a floating time
     */
    public record Moment(LocalDateTime local, @Nullable ZoneId zone) {

        /** @param floating the zone of a time that names none */
        public Instant in(ZoneId floating) {
            return local.atZone(Optional.ofNullable(zone).orElse(floating)).toInstant();
        }
    }
}
