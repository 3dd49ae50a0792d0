package org.lectern.notification.channel.email;

import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.notification.calendar.Invitation;
import org.lectern.notification.directory.EmailAddress;

/**
 * The content of one mail before it is written as MIME.
 *
 * @param id the source of the Message-ID; a repeat has the same one
 * @param thread the common reference of all mails about one booking or request; null for a digest
 * @param unsubscribe the page that ends digests to that address; null if there is none
 * @param answersTo the address for answers and bounces of this mail; null for the usual addresses
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

    /** Omits address and text to keep them out of logs. */
    @Override
    public String toString() {
        return "mail " + id;
    }
}
