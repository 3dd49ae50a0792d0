package org.lectern.notification.channel.email;

import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.notification.calendar.Invitation;
import org.lectern.notification.directory.EmailAddress;

/**
 * What one mail says, before it is written as MIME.
 *
 * @param id what the Message-ID is made of: a repeat bears the same one
 * @param thread what all mails about one booking or request refer to; null for a digest
 * @param unsubscribe where digests to that address end; null where nothing can be unsubscribed from
 * @param answersTo where answers and bounces of this mail go; null for the usual addresses
 */
record OutgoingMail(
        UUID id,
        EmailAddress to,
        String locale,
        String subject,
        String text,
        String html,
        @Nullable UUID thread,
        @Nullable Invitation invitation,
        @Nullable URI unsubscribe,
        @Nullable EmailAddress answersTo) {

    OutgoingMail(
            UUID id,
            EmailAddress to,
            String locale,
            String subject,
            String text,
            String html,
            @Nullable UUID thread,
            @Nullable Invitation invitation,
            @Nullable URI unsubscribe) {
        this(id, to, locale, subject, text, html, thread, invitation, unsubscribe, null);
    }

    /** Without address and text: they must not get into logs by accident. */
    @Override
    public String toString() {
        return "mail " + id;
    }
}
