package org.lectern.notification.delivery;

import java.util.Set;

/** The meaning of mail servers' status codes (RFC 3463). */
public final class MailStatus {

    /** Bad mailbox, bad domain, bad syntax, moved, no mail for that domain, disabled (also RFC 7505). */
    private static final Set<String> NO_SUCH_MAILBOX = Set.of("5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1");

    private MailStatus() {}

    /** Whether no later mail to that address can arrive. */
    public static boolean saysNoSuchMailbox(String status) {
        return NO_SUCH_MAILBOX.contains(status);
    }
}
