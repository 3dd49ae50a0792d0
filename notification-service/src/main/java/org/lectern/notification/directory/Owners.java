package org.lectern.notification.directory;

import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The owners of addresses. An owner confirms or refuses a branch before any other message is sent there. All methods
 * run in the caller's transaction and throw a refusal, which rolls it back.
 */
public interface Owners {

    /**
     * Requests a confirmation message, sent after the transaction. Does nothing while the last message is still queued.
     * Refuses with 409 if the owner refused this branch, with 429 if a limit is exceeded.
     *
     * @param requester the caller, with a limit of messages
     */
    void ask(UUID endpoint, UUID branch, String address, String requester);

    /** Refuses with 409 if the owner of that address has refused this branch. */
    void demandNotRefused(UUID branch, String address);

    /** Deletes the owner's refusal of this branch, because an organizer vouches for the address. */
    void forgetRefusal(UUID branch, String address);

    /** The last message about the endpoint's present address. */
    @Nullable
    ConfirmationRequest lastAsked(UUID endpoint, String address);

    /** A confirmation message to an owner. */
    @Schema(name = "AddressConfirmation", description = "The message that asks the owner to confirm the address")
    record ConfirmationRequest(
            Instant requestedAt,

            @Schema(description = "The expiry of its link") Instant expiresAt,

            @Schema(description = "Absent until it is sent") @Nullable
            Instant sentAt,

            @Schema(
                    examples = "smtp-250",
                    description = "The result of the last attempt to send it, as a code; absent before the first "
                            + "attempt")
            @Nullable
            String answer) {}
}
