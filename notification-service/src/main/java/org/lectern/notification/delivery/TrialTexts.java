package org.lectern.notification.delivery;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** What a test says; Chinese in {@code messages/trial_zh-CN.properties}. */
@MessageBundle("trial")
public interface TrialTexts {

    @Message("A test from Lectern")
    String title();

    @Message("If you can read this, your alerts about lectures arrive here. There is nothing to do.")
    String body();
}
