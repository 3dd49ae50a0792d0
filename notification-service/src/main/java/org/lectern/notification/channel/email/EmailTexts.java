package org.lectern.notification.channel.email;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The words of an e-mail that are not the notice's own; Chinese in {@code messages/email_zh-CN.properties}. */
@MessageBundle("email")
public interface EmailTexts {

    @Message("[Urgent] {title}")
    String urgent(String title);

    @Message("Please confirm that you know of this:")
    String acknowledge();

    @Message("This message was written by Lectern on behalf of the organizers. Please do not reply to it.")
    String footer();

    @Message("{count} messages about lectures")
    String digest(int count);

    @Message("To see these lectures in your calendar, subscribe to your branch's calendar. Your organizers can give you"
            + " its address.")
    String calendar();

    @Message("No more digests to this mailbox")
    String unsubscribe();
}
