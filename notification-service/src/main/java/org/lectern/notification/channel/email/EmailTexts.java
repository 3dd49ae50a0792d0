package org.lectern.notification.channel.email;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** Texts of e-mails other than the notice's own; Chinese in {@code messages/email_zh-CN.properties}. */
@MessageBundle("email")
public interface EmailTexts {

    @Message("[Urgent] {title}")
    String urgent(String title);

    @Message("{title} · {date}")
    String dated(String title, String date);

    @Message("Please confirm that your branch is informed of this.")
    String acknowledge();

    @Message("Please confirm that you are informed of this.")
    String acknowledgeYourself();

    @Message("Confirm")
    String button();

    @Message("Please take or decline this offer.")
    String answerOffer();

    @Message("Answer")
    String answerButton();

    @Message("Join online")
    String join();

    @Message("Before")
    String before();

    @Message("Now")
    String now();

    @Message("Sent automatically by Lectern on behalf of {organization}.")
    String footer(String organization);

    @Message("{count} notices about lectures")
    String digest(int count);

    @Message("To see these lectures in your calendar, subscribe to the calendar of your branch. The"
            + " organizers can give you its address.")
    String calendar();

    @Message("To see your lectures in your calendar, subscribe to it. The organizers can give you its address.")
    String ownCalendar();

    @Message("Unsubscribe this mailbox from digests")
    String unsubscribe();
}
