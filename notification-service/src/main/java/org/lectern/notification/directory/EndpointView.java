package org.lectern.notification.directory;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.http.Derived;
import org.lectern.notification.directory.breaker.Failing;

/** An endpoint as its managers see it. */
@Schema(name = "Endpoint", description = "An address of a branch or a lecturer on one channel")
record EndpointView(
        @Schema(examples = "019a1b6e-5a10-7c3e-8f01-2a6b6c1d0040")
        UUID id,

        @Schema(
                examples = "019a1b6e-5a10-7c3e-8f01-2a6b6c1d0020",
                description = "The branch that has it; absent for a lecturer")
        @Nullable
        UUID branchId,

        @Schema(description = "The lecturer who has it; absent for a branch") @Nullable
        UUID lecturerId,

        @Schema(examples = "email") String channel,

        @Schema(examples = "branch@example.org", description = "Masked for auditors") @Nullable
        String address,

        @Schema(description = "Whether notices are sent there; otherwise they wait")
        boolean enabled,

        @Schema(description = "Whether it is used only when no other endpoint works")
        boolean fallback,

        @Schema(description = "In the states `disabled`, `pending` and `failing` notices wait")
        EndpointStatus status,

        @Schema(
                examples = "http-410",
                description = "Why the service disabled it; enabling clears this. `owner-refused`: the owner "
                        + "answered that the address is wrong")
        @Nullable
        String disabledReason,

        @Schema(description = "The last confirmation message to the owner; absent once the address is confirmed")
        Owners.@Nullable ConfirmationRequest confirmation,

        @Schema(description = "When the owner confirmed the address") @Nullable
        Instant confirmedAt,

        @Schema(description = "The organizer who vouched for the address, if any") @Nullable
        Vouched vouched,

        @Schema(
                description = "The time of the unsubscription from digests. Only urgent notices and changes of "
                        + "earlier notices are sent; enabling it clears this")
        @Nullable
        Instant unsubscribedAt,

        @Schema(description = "Absent without failures") @Nullable
        Failing failing,

        @Schema(
                examples = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwmJVrK2oLxkE=",
                description = "The signing secret of a webhook; only in the response that creates it")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        String secret,

        @Schema(description = "The time until which former secrets sign as well, after rotations") @Nullable
        Instant previousSecretUntil,

        @Schema(examples = "1") int version,
        Instant createdAt,
        Instant updatedAt)
        implements Derived {

    /** An organizer vouched for an address. */
    @Schema(name = "VouchedAddress", description = "The organizer who vouched for the address, if any")
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
