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

    @Message("Can you give this lecture?")
    String canYou();

    @Message("Can you give this lecture? Please answer by {time}.")
    String canYouBy(String time);

    @Message("Your answer was due on {time}. Please answer now.")
    String answerOverdue(String time);

    @Message("You have not answered, which counts as consent. You can answer until the lecture begins.")
    String consented();

    @Message("Accept")
    String accept();

    @Message("Accepted on {time}. Thank you. The organizers can see your answer.")
    String accepted(String time);

    @Message("Decline")
    String decline();

    @Message("Declined on {time}. The organizers are informed and look for another lecturer.")
    String declined(String time);

    @Message("Why can you not give it?")
    String why();

    @Message("Please choose")
    String choose();

    @Message("I am ill")
    String ill();

    @Message("I have another appointment")
    String otherAppointment();

    @Message("I cannot get there in time")
    String cannotTravel();

    @Message("Another reason")
    String otherReason();

    @Message("You can change your answer until the lecture begins.")
    String answerNote();

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
