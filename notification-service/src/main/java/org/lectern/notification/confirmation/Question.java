package org.lectern.notification.confirmation;

import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** The state of the request behind a link. */
sealed interface Question {

    /** The requesting branch as the address owner sees it. */
    record Asker(String name, @Nullable String above, ZoneId zone, String locale) {}

    /** The owner can answer. */
    record Due(Asker asker, String maskedAddress, Instant until) implements Question {}

    /** The owner has confirmed the address. */
    record Confirmed(Asker asker, Instant at) implements Question {}

    /** An organizer has vouched for the address. */
    record Vouched(Asker asker) implements Question {}

    /** The owner has refused. */
    record Refused(Asker asker) implements Question {}

    /** The branch has removed the endpoint or given it another address. */
    record Withdrawn(Asker asker) implements Question {}

    /** The owner did not answer in time. */
    record Expired(Asker asker) implements Question {}

    /** There is no such link. */
    record Unknown() implements Question {}
}
