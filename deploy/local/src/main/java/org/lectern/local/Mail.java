package org.lectern.local;

import com.icegreen.greenmail.mail.MailAddress;
import com.icegreen.greenmail.mail.MovingMessage;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.user.UserImpl;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.time.Clock;
import org.lectern.local.mailbox.Mailbox;
import org.lectern.local.mailbox.MailboxServer;

/** A mail catcher: a real SMTP server that keeps the last mails it is given and shows them over HTTP. */
final class Mail implements AutoCloseable {

    private static final int KEPT = 1000;

    private final Mailbox mailbox = new Mailbox(KEPT, Clock.systemUTC());
    private final GreenMail smtp;
    private final int port;
    private final MailboxServer pages;

    Mail(int port, int mailboxPort) {
        this.port = port;
        smtp = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        smtp.getUserManager().setMessageDeliveryHandler(this::keep);
        smtp.start();
        pages = new MailboxServer(mailbox, mailboxPort);
    }

    int port() {
        return port;
    }

    int mailboxPort() {
        return pages.port();
    }

    @Override
    public void close() {
        pages.close();
        smtp.stop();
    }

    private GreenMailUser keep(MovingMessage message, MailAddress to) throws MessagingException {
        try {
            MailAddress from = message.getReturnPath();
            mailbox.add(from == null ? "" : from.getEmail(), to.getEmail(), message.getMessage());
        } catch (IOException e) {
            throw new MessagingException("The mail could not be read", e);
        }
        return new Forgetful(to.getEmail());
    }

    /** Receives and forgets: the mailbox has the mail already, and the SMTP server must not keep a second copy. */
    private static final class Forgetful extends UserImpl {

        Forgetful(String email) {
            super(email, email, "", null);
        }

        @Override
        public void deliver(MovingMessage message) {
            // kept by the mailbox
        }
    }
}
