package org.lectern.notification.channel.email;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How e-mail is written; where the mail server is stands under {@code quarkus.mailer}. */
@ConfigMapping(prefix = "lectern.email")
interface EmailConfig {

    /** The right-hand side of message ids: a domain of the sender. */
    @WithDefault("lectern.localhost")
    String messageIdDomain();

    /** How long the mail server may take for one message; well below a delivery's lease. */
    @WithDefault("15s")
    Duration timeout();
}
