package org.lectern.notification.delivery;

import java.util.List;

/** A way to reach an endpoint. An implementation says what happened and leaves to the queue what follows from it. */
public interface Channel {

    /** The name under which endpoints choose it. */
    String name();

    /** Sends one letter, in less time than a lease lasts; whatever it throws counts as "try again". */
    DeliveryOutcome deliver(OutgoingMessage letter);

    /** Asks a receiver whether it wants to be told; only asked of channels whose receivers have to prove themselves. */
    default DeliveryOutcome verify(OutgoingMessage.Addressee receiver) {
        throw new UnsupportedOperationException(name() + " asks no receiver for proof");
    }

    /** Whether people are at the other end, who have quiet hours; machines have none. */
    default boolean reachesPeople() {
        return true;
    }

    /** How many letters it puts into one digest for a branch that wants digests; 0 if it makes none. */
    default int digests() {
        return 0;
    }

    /** Sends letters that have waited for a digest, as one message or as few as it can: they fare alike. */
    default DeliveryOutcome digest(List<OutgoingMessage> letters) {
        throw new UnsupportedOperationException(name() + " makes no digests");
    }

    /** How many letters for one endpoint may go out as one message when they wait together; 1 if each goes by itself. */
    default int together() {
        return 1;
    }

    /** Those of the letters that fit into one message, at least one; the others wait for the next. */
    default List<OutgoingMessage> fitting(List<OutgoingMessage> letters) {
        return letters;
    }

    /** Sends letters for one endpoint that fit into one message: they fare alike. */
    default DeliveryOutcome deliver(List<OutgoingMessage> letters) {
        throw new UnsupportedOperationException(name() + " sends letters one by one");
    }
}
