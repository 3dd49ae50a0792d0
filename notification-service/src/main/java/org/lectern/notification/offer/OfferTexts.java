package org.lectern.notification.offer;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The words of the page behind the link in an offer; Chinese in {@code messages/offer_zh-CN.properties}. */
@MessageBundle("offer")
public interface OfferTexts {

    @Message("Does {branch} take this slot?")
    String ask(String branch);

    @Message("Take the slot")
    String take();

    @Message("Decline")
    String decline();

    @Message("Your answer goes to the organizers. The lecture is booked only when a message confirms it.")
    String note();

    @Message("You took the slot on {time}. This was sent to the organizers. A message will tell you when the lecture is"
            + " confirmed, or that the slot is no longer available.")
    String taken(String time);

    @Message("You declined on {time}. This was sent to the organizers; your request stays open.")
    String declined(String time);

    @Message("You answered on {time}. The request has changed since; the newest message tells you the result.")
    String answered(String time);

    @Message("This offer is no longer open: it was answered, changed or has expired. Please see the newest message.")
    String closed();

    @Message("This link does not work")
    String unknownTitle();

    @Message(
            "It may have been cut off: please copy it whole, or open it in the message again. If it still does not work,"
                    + " ask the organizers.")
    String unknown();
}
