package org.lectern.notification.confirmation;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** Texts of confirmation messages and their page; Chinese in {@code messages/confirmation_zh-CN.properties}. */
@MessageBundle("confirmation")
public interface ConfirmationTexts {

    @Message("Please confirm this address: notices about lectures for {branch}")
    String mailTitle(String branch);

    @Message("{branch} asks to send notices about lectures to this address: {address}")
    String mailAsks(String branch, String address);

    @Message("Notices are sent when a lecture is booked, changed or cancelled, as reminders, and as answers"
            + " to lecture requests. Nothing else is sent before you confirm.")
    String what();

    @Message("Open this page to confirm or to refuse:")
    String mailOpen();

    @Message("You can answer until {time}. Without your answer, no notices are sent.")
    String mailUntil(String time);

    @Message("Send notices for {branch} to this address?")
    String title(String branch);

    @Message("{branch} asks to send notices about lectures to {address}.")
    String asks(String branch, String address);

    @Message("Is this your address, and do you want these notices?")
    String ask();

    @Message("Yes, send notices here")
    String confirmButton();

    @Message("Not my address")
    String refuseButton();

    @Message("If you choose “Not my address”, this branch can no longer use the address. You can answer"
            + " until {time}.")
    String note(String time);

    @Message("If you choose “Not my address”, this lecturer can no longer use the address. You can answer"
            + " until {time}.")
    String noteOfLecturer(String time);

    @Message("Confirmed on {time}. Notices for {branch} are sent to this address.")
    String confirmed(String time, String branch);

    @Message("The organizers have vouched for this address. Notices for {branch} are sent to it. If this is"
            + " wrong, please contact the organizers.")
    String vouched(String branch);

    @Message("You stated that this is not your address. {branch} can no longer use it. If this was a"
            + " mistake, please contact the organizers.")
    String refused(String branch);

    @Message("{branch} no longer asks for this address. No action is needed.")
    String withdrawn(String branch);

    @Message("This link is no longer valid. {branch} can send you a new one.")
    String expired(String branch);

    @Message("Invalid link")
    String unknownTitle();

    @Message("The link may be incomplete. Please copy the whole link, or open it from the message again.")
    String unknown();
}
