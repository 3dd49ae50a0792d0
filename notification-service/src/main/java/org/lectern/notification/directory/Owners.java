package org.lectern.notification.directory;

import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The owners of addresses: each confirms that a branch may use the address before anything but that question is sent
 * there, or refuses. All methods run in the caller's transaction and throw a refusal, which rolls it back.
 */
public interface Owners {

    /**
     * Has a message sent, after the transaction, that asks the owner. Asking again while the last message still waits to
     * be sent changes nothing. Refused with 409 if the owner has refused this branch, with 429 if asked too often.
     *
     * @param requester the caller: each can have few messages sent
     */
    void ask(UUID endpoint, UUID branch, String address, String requester);

    /** Refuses with 409 if the owner of that address has refused this branch. */
    void demandNotRefused(UUID branch, String address);

    /** Forgets that the owner refused this branch, because an organizer vouches for the address. */
    void forgetRefusal(UUID branch, String address);

    /** The last message about the present address of that endpoint. */
    @Nullable
    Asked lastAsked(UUID endpoint, String address);

    /** A message that asks an owner. */
    @Schema(name = "AddressConfirmation", description = "The message that asks the owner to confirm an address")
    record Asked(
            Instant requestedAt,

            @Schema(description = "Until when its link can be used")
            Instant expiresAt,

            @Schema(description = "Absent while it waits to be sent") @Nullable
            Instant sentAt,

            @Schema(
                    examples = "smtp-250",
                    description = "What the last attempt to send it came to, as a code; absent before the first")
            @Nullable
            String answer) {}
}
