package org.lectern.notification.delivery.log;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A branch or a lecturer that no channel has reached. */
@Schema(
        name = "UnreachedRecipient",
        description = "A branch or a lecturer that no channel has reached and that has not read its inbox")
record UnreachedRecipient(
        @Schema(description = "The branch; absent for a lecturer") @Nullable
        UUID branchId,

        @Schema(description = "The lecturer; absent for a branch") @Nullable
        UUID lecturerId,

        @Schema(examples = "CN-ZJ-01", description = "The code of the branch or the lecturer")
        String recipientCode,

        @Schema(examples = "青石村", description = "The name of the branch or the lecturer")
        String recipientName,

        @Schema(description = "The newest notice about the booking")
        UUID noticeId,

        @Schema(examples = "confirmed") String kind,

        Why reason,

        @Schema(examples = "[\"smtp-550\"]", description = "The reasons of failed deliveries")
        List<String> failureReasons) {

    /** Why the branch was not reached. */
    @Schema(name = "UnreachedReason")
    enum Why {
        /** It had no endpoint when the notice was written. */
        @JsonProperty("no-endpoint")
        NO_ENDPOINT,
        /** Attempts continue. */
        @JsonProperty("waiting")
        WAITING,
        /** Its endpoints are disabled or not verified. */
        @JsonProperty("parked")
        PARKED,
        /** Every delivery was given up. */
        @JsonProperty("failed")
        FAILED
    }
}
