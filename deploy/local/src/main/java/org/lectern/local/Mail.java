package org.lectern.local;

import java.time.Clock;
import java.util.Optional;
import org.lectern.local.mailbox.Mailbox;
import org.lectern.local.mailbox.MailboxServer;
import org.lectern.local.smtp.ReceivedMail;
import org.lectern.local.smtp.SmtpPolicy;
import org.lectern.local.smtp.SmtpServer;

/** A mail catcher: a strict SMTP server that keeps the last received mails and shows them over HTTP. */
final class Mail implements AutoCloseable {

    private static final int KEPT = 1000;

    private final SmtpServer smtp;
    private final MailboxServer pages;

    Mail(int port, int mailboxPort) {
        Mailbox mailbox = new Mailbox(KEPT, Clock.systemUTC());
        smtp = new SmtpServer(port, new Keeping(mailbox));
        pages = new MailboxServer(mailbox, mailboxPort);
    }

    int port() {
        return smtp.port();
    }

    int mailboxPort() {
        return pages.port();
    }

    @Override
    public void close() {
        pages.close();
        smtp.close();
    }

    private record Keeping(Mailbox mailbox) implements SmtpPolicy {

        @Override
        public Optional<String> accept(ReceivedMail mail) {
            mailbox.add(mail);
            return Optional.empty();
        }

        /** Two kinds of addresses of the demonstration do not work: its branches cannot be notified. */
        @Override
        public Optional<String> refuseRecipient(String address) {
            return address.startsWith("gone.")
                    ? Optional.of("550 5.1.1 no such mailbox")
                    : address.startsWith("refuses.") ? Optional.of("550 5.7.1 sender not allowed") : Optional.empty();
        }

        @Override
        public void refused(ReceivedMail mail) {
            mailbox.add(mail);
        }
    }
}
