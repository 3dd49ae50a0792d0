package org.lectern.notification.confirmation;

import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.lectern.notification.directory.RecipientKind;

/** The state of the request behind a link. */
sealed interface ConfirmationState {

    /** The requesting branch or lecturer as the address owner sees it. */
    record Requester(
            RecipientKind kind, String name, @Nullable String above, ZoneId zone, String locale) {}

    /** The owner can answer. */
    record Due(Requester requester, String maskedAddress, Instant until) implements ConfirmationState {}

    /** The owner has confirmed the address. */
    record Confirmed(Requester requester, Instant at) implements ConfirmationState {}

    /** An organizer has vouched for the address. */
    record Vouched(Requester requester) implements ConfirmationState {}

    /** The owner has refused. */
    record Refused(Requester requester) implements ConfirmationState {}

    /** The branch has removed the endpoint or given it another address. */
    record Withdrawn(Requester requester) implements ConfirmationState {}

    /** The owner did not answer in time. */
    record Expired(Requester requester) implements ConfirmationState {}

    /** There is no such link. */
    record Unknown() implements ConfirmationState {}
}
