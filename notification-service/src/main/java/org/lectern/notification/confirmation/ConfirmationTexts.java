package org.lectern.notification.confirmation;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The words of the message to an owner and of its page; Chinese in {@code messages/confirmation_zh-CN.properties}. */
@MessageBundle("confirmation")
public interface ConfirmationTexts {

    @Message("Please confirm this address: notices about lectures for {branch}")
    String mailTitle(String branch);

    @Message("{branch} asks to send notices about lectures to this address: {address}")
    String mailAsks(String branch, String address);

    @Message(
            "What is sent: messages when a lecture is booked, changed or cancelled, reminders, and answers to requests for lectures. Before you confirm, nothing is sent but this question.")
    String what();

    @Message("To confirm, or to say that this is not you, open this page:")
    String mailOpen();

    @Message("You can answer until {time}. If you do not answer, you get no notices.")
    String mailUntil(String time);

    @Message("Notices for {branch} to this address?")
    String title(String branch);

    @Message("{branch} asks to send notices about lectures to {address}.")
    String asks(String branch, String address);

    @Message("Is this your address, and do you want these notices?")
    String ask();

    @Message("Yes, send them here")
    String confirmButton();

    @Message("This is not me")
    String refuseButton();

    @Message("After “This is not me” this branch can no longer use the address. You can answer until {time}.")
    String note(String time);

    @Message("Confirmed on {time}. Notices for {branch} are sent to this address.")
    String confirmed(String time, String branch);

    @Message(
            "The organizers have vouched for this address, so notices for {branch} are sent to it. If that is wrong, please tell the organizers.")
    String vouched(String branch);

    @Message(
            "You said that this is not you. {branch} can no longer use this address. If that was a mistake, please tell the organizers.")
    String refused(String branch);

    @Message("{branch} no longer asks for this address. You need not do anything.")
    String withdrawn(String branch);

    @Message("This link is no longer valid. {branch} can send you a new one.")
    String expired(String branch);

    @Message("This link does not work")
    String unknownTitle();

    @Message("The link may be incomplete. Please copy it completely, or open it in the message again.")
    String unknown();
}
