package org.lectern.notification.offer;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** Texts of the page behind an offer's link; Chinese in {@code messages/offer_zh-CN.properties}. */
@MessageBundle("offer")
public interface OfferTexts {

    @Message("Does {branch} take this slot?")
    String ask(String branch);

    @Message("Take the slot")
    String take();

    @Message("Decline")
    String decline();

    @Message("Your answer is sent to the organizers. The lecture is booked only when a notice confirms it.")
    String note();

    @Message("You took the slot on {time}. The organizers have been informed. You will receive a notice when"
            + " the lecture is confirmed or the slot is no longer available.")
    String taken(String time);

    @Message("You declined on {time}. The organizers have been informed. Your request remains open.")
    String declined(String time);

    @Message("You answered on {time}. The request has changed since. Please see the newest notice.")
    String answered(String time);

    @Message(
            "This offer is no longer open: it was answered, changed or has expired. Please see the newest" + " notice.")
    String closed();

    @Message("Invalid link")
    String unknownTitle();

    @Message("The link may be incomplete. Please copy the whole link, or open it from the message again. If"
            + " it still does not work, please contact the organizers.")
    String unknown();
}
