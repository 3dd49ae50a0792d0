package org.lectern.notification.acknowledgement;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A branch or a lecturer acknowledged one version of a booking. */
@Schema(name = "Acknowledgement")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Acknowledgement(
        UUID noticeId,

        @Schema(description = "The branch; absent for a lecturer") @Nullable
        UUID branchId,

        @Schema(description = "The lecturer; absent for a branch") @Nullable
        UUID lecturerId,

        UUID bookingId,

        @Schema(description = "The acknowledged version of the booking", examples = "2")
        int version,

        Instant at,

        @Schema(
                description =
                        "`in-app`: a person of the branch or the lecturer, signed in; `link`: the link in a message; "
                                + "`calendar`: an answer to the invitation; `organizer`: an organizer, for example "
                                + "after a telephone call",
                enumeration = {"in-app", "link", "calendar", "organizer"})
        String channel,

        @Schema(description = "The subject of the access token; absent behind a link") @Nullable
        String by) {}
