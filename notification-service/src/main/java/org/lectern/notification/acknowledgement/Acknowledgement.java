package org.lectern.notification.acknowledgement;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A branch acknowledged one version of a booking. */
@Schema(name = "Acknowledgement")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Acknowledgement(
        UUID noticeId,
        UUID branchId,
        UUID bookingId,

        @Schema(description = "The version of the booking that the branch knows of", examples = "2")
        int version,

        Instant at,

        @Schema(
                description = "`in-app`: by somebody of the branch, signed in; `link`: by the link in a message; "
                        + "`calendar`: by an answer to the invitation; "
                        + "`organizer`: by an organizer who was told, for instance by telephone",
                enumeration = {"in-app", "link", "calendar", "organizer"})
        String channel,

        @Schema(description = "The subject of the access token; absent behind a link") @Nullable
        String by) {}
