package org.lectern.notification.link;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The words of the page behind a link; Chinese in {@code messages/link_zh-CN.properties}. */
@MessageBundle("link")
public interface LinkTexts {

    @Message("Please confirm that {branch} knows about this.")
    String ask(String branch);

    @Message("We know")
    String button();

    @Message("Confirmed on {time}. Thank you. The organizers can see it.")
    String given(String time);

    @Message("This message is out of date. The lecture has been changed; its present state is below.")
    String outdatedWithState();

    @Message(
            "This message is out of date. The lecture has been changed. Please open the newest message to your branch.")
    String outdated();

    @Message("You had confirmed the earlier version on {time}.")
    String earlierGiven(String time);

    @Message("Join online")
    String join();

    @Message("Add to calendar")
    String addToCalendar();

    @Message("This lecture is over. Nothing needs to be confirmed.")
    String over();

    @Message("This link does not work")
    String unknownTitle();

    @Message(
            "It may have been cut off. Please copy the whole link, or open it from the message again. If it still does not work, please ask the organizers.")
    String unknown();

    @Message("This link is no longer valid")
    String expiredTitle();

    @Message("The lecture was some time ago.")
    String expired();

    @Message("You confirm only that you know. If the time does not suit you, please contact the organizers.")
    String note();
}
