package org.lectern.notification.delivery;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** Texts of a test message; Chinese in {@code messages/trial_zh-CN.properties}. */
@MessageBundle("trial")
public interface TrialTexts {

    @Message("Test message from Lectern")
    String title();

    @Message("Notices about lectures arrive at this address. No action is needed.")
    String body();
}
