package org.lectern.notification.delivery;

import java.util.UUID;

/**
 * A notice on its way to one address.
 *
 * @param deliveryId stable over all attempts: what makes a repeat recognisable
 * @param subjectId the booking or request it is about
 * @param attempt counts from 1
 */
public record Letter(
        UUID deliveryId,
        int attempt,
        String address,
        UUID subjectId,
        String locale,
        String title,
        String body,
        boolean urgent) {

    /** Without address and text: they must not get into logs by accident. */
    @Override
    public String toString() {
        return "letter " + deliveryId + ", attempt " + attempt;
    }
}
