package org.lectern.notification.confirmation;

import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** How the question behind a link stands. */
sealed interface Question {

    /** The branch that asks, as the owner of the address sees it. */
    record Asker(String name, @Nullable String above, ZoneId zone, String locale) {}

    /** It can be answered. */
    record Due(Asker asker, String maskedAddress, Instant until) implements Question {}

    /** The owner has confirmed the address. */
    record Confirmed(Asker asker, Instant at) implements Question {}

    /** An organizer has vouched for the address. */
    record Vouched(Asker asker) implements Question {}

    /** The owner has refused. */
    record Refused(Asker asker) implements Question {}

    /** The branch has removed the endpoint or given it another address. */
    record Withdrawn(Asker asker) implements Question {}

    /** It was not answered in time. */
    record Expired(Asker asker) implements Question {}

    /** There is no such link. */
    record Unknown() implements Question {}
}
