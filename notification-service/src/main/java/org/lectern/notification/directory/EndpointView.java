package org.lectern.notification.directory;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.notification.directory.breaker.Failing;

/** An endpoint as its managers see it. */
@Schema(name = "Endpoint", description = "Where a branch is reached over one channel")
record EndpointView(
        @Schema(examples = "019a1b6e-5a10-7c3e-8f01-2a6b6c1d0040")
        UUID id,

        @Schema(examples = "019a1b6e-5a10-7c3e-8f01-2a6b6c1d0020")
        UUID branchId,

        @Schema(examples = "email") String channel,

        @Schema(examples = "branch@example.org", description = "Masked for auditors") @Nullable
        String address,

        @Schema(description = "Whether alerts go there; while not, they wait")
        boolean enabled,

        @Schema(description = "Whether it only steps in when nothing else reaches the branch")
        boolean fallback,

        @Schema(description = "`disabled`, `pending` and `failing` ones keep their alerts waiting")
        EndpointStatus status,

        @Schema(
                examples = "http-410",
                description = "Why the service itself switched it off; enabling it again clears this. `owner-refused`: "
                        + "the owner of the address said that this is the wrong one")
        @Nullable
        String disabledReason,

        @Schema(
                description =
                        "The last message that asked the owner to confirm the address; absent once it is confirmed")
        Owners.@Nullable Asked confirmation,

        @Schema(description = "When the owner confirmed the address") @Nullable
        Instant confirmedAt,

        @Schema(description = "The organizer who vouched for the address instead") @Nullable
        Vouched vouched,

        @Schema(
                description =
                        "Since when somebody there wants no digests: only what is urgent goes there, and changes of what was "
                                + "told there; enabling it (again) clears this")
        @Nullable
        Instant unsubscribedAt,

        @Schema(description = "Absent while all is well") @Nullable
        Failing failing,

        @Schema(
                examples = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwmJVrK2oLxkE=",
                description = "Shown once, in the answer to what made it: what a webhook's signatures are made with")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        String secret,

        @Schema(description = "Until when secrets before this one sign beside it, after rotations") @Nullable
        Instant previousSecretUntil,

        @Schema(examples = "1") int version,
        Instant createdAt,
        Instant updatedAt) {

    /** An organizer vouched for an address. */
    @Schema(name = "VouchedAddress", description = "An organizer took the responsibility for an address")
    record Vouched(
            @Schema(examples = "organizer", description = "The `sub` of the organizer; `migration` for older addresses")
            String by,

            Instant at,

            @Schema(examples = "from the list of mailboxes of 2026")
            String reason) {}

    /** Omits the address to keep it out of logs. */
    @Override
    public String toString() {
        return "endpoint " + id;
    }
}
