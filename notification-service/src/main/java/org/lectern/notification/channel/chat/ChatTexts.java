package org.lectern.notification.channel.chat;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** Texts of robot messages other than the notice's own; Chinese in {@code messages/chat_zh-CN.properties}. */
@MessageBundle("chat")
public interface ChatTexts {

    @Message("[Urgent] {title}")
    String urgent(String title);

    @Message("{title} (sent again)")
    String again(String title);

    @Message("{count} notices")
    String several(int count);

    @Message("Please confirm that your branch is informed: {url}")
    String acknowledge(String url);

    @Message("Please confirm that you are informed: {url}")
    String acknowledgeYourself(String url);

    @Message("Take or decline: {url}")
    String answerOffer(String url);

    @Message("… more in the inbox")
    String more();
}
