package org.lectern.scheduler.consequence;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Upcoming bookings that fitted before a change and do not any more. They stay as they are. */
@Schema(name = "Consequences")
public record ConsequencesView(
        @Schema(description = "How many bookings no longer fit", examples = "40")
        int count,

        @Schema(description = "How many break each rule, by its code")
        List<RuleCount> rules,

        @Schema(description = "The first 200 by start") List<Affected> bookings,

        @Schema(
                description = "All that do not fit now, whatever the cause, with rule and reason",
                examples = "/api/v1/bookings?nonconforming=any&lecturerId=019a1b6e-5a10-7c3e-8f01-2a6b6c1d0001")
        String link) {

    /** A rule, and the number of bookings that no longer keep it. */
    @Schema(name = "ConsequencesOfRule")
    public record RuleCount(
            @Schema(examples = "blackout") String code,
            @Schema(examples = "40") int count) {}

    /** A booking that no longer fits. */
    @Schema(name = "AffectedBooking")
    public record Affected(
            UUID id,
            @Schema(examples = "1") int version,
            @Schema(examples = "2026-12-01T14:00:00+08:00") OffsetDateTime start,
            @Schema(examples = "2026-12-01T16:00:00+08:00") OffsetDateTime end,

            @Schema(description = "The name of the host", examples = "青石村")
            String branch,

            @Schema(description = "The rules it no longer keeps", examples = "[\"blackout\"]")
            List<String> rules) {}
}
