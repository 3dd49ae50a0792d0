package org.lectern.notification.link;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The words of the page behind a link; Chinese in {@code messages/link_zh-CN.properties}. */
@MessageBundle("link")
public interface LinkTexts {

    @Message("Please confirm that {branch} knows of this.")
    String ask(String branch);

    @Message("We know")
    String button();

    @Message("Confirmed on {time}. Thank you; the organizers can see it.")
    String given(String time);

    @Message(
            "This is out of date: the lecture has been changed since. Please open the newest message and confirm that one.")
    String superseded();

    @Message("This lecture is over; there is nothing to confirm any more.")
    String over();

    @Message("This link does not work")
    String unknownTitle();

    @Message(
            "It may have been cut off: please copy it whole, or open it in the message again. If it still does not work, ask the organizers.")
    String unknown();

    @Message("This link is no longer valid")
    String expiredTitle();

    @Message("The lecture was some time ago.")
    String expired();

    @Message("Confirming only says that you know. If the time does not suit you, please tell the organizers.")
    String note();
}
