package org.lectern.notification.link;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** Texts of the page behind a link; Chinese in {@code messages/link_zh-CN.properties}. */
@MessageBundle("link")
public interface LinkTexts {

    @Message("Please confirm that {branch} is informed of this.")
    String ask(String branch);

    @Message("Confirm")
    String button();

    @Message("Confirmed on {time}. Thank you. The organizers can see your confirmation.")
    String given(String time);

    @Message("This notice is outdated. The lecture has changed; its current details are below.")
    String outdatedWithState();

    @Message("This notice is outdated. The lecture has changed. Please open the newest notice to your branch.")
    String outdated();

    @Message("This notice is outdated. The lecture has changed. Please open the newest notice to you.")
    String ownOutdated();

    @Message("You confirmed the earlier version on {time}.")
    String earlierGiven(String time);

    @Message("Join online")
    String join();

    @Message("Add to calendar")
    String addToCalendar();

    @Message("This lecture is over. No confirmation is needed.")
    String over();

    @Message("Invalid link")
    String unknownTitle();

    @Message("The link may be incomplete. Please copy the whole link, or open it from the message again. If"
            + " it still does not work, please contact the organizers.")
    String unknown();

    @Message("Link expired")
    String expiredTitle();

    @Message("The lecture took place some time ago. No confirmation is needed.")
    String expired();

    @Message("You confirm only that your branch is informed. If the time does not suit you, please contact"
            + " the organizers.")
    String note();

    @Message("You confirm only that you are informed. If you cannot give the lecture, please contact the"
            + " organizers.")
    String ownNote();
}
