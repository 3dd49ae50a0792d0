package org.lectern.notification.delivery;

/** A way to reach an endpoint. An implementation says what happened and leaves to the queue what follows from it. */
public interface Channel {

    /** The name under which endpoints choose it. */
    String name();

    /** Sends one letter, in less time than a lease lasts; whatever it throws counts as "try again". */
    DeliveryOutcome deliver(Letter letter);
}
