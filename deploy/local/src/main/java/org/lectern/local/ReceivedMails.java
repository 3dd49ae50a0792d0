package org.lectern.local;

import com.icegreen.greenmail.mail.MailAddress;
import com.icegreen.greenmail.mail.MovingMessage;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.user.UserImpl;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lectern.local.chaos.Evidence;

/** A mail server that notes which delivery reached whom, in the order it accepted them, and forgets the rest. */
final class ReceivedMails implements AutoCloseable {

    private static final Pattern MESSAGE_ID = Pattern.compile("<([0-9a-f-]{36})@");

    private final GreenMail smtp;
    private final int port;
    private final List<Evidence.Mail> mails = new ArrayList<>();

    ReceivedMails(int port) {
        this.port = port;
        smtp = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        smtp.getUserManager().setMessageDeliveryHandler(this::note);
        smtp.start();
    }

    int port() {
        return port;
    }

    synchronized List<Evidence.Mail> all() {
        return List.copyOf(mails);
    }

    @Override
    public void close() {
        smtp.stop();
    }

    private GreenMailUser note(MovingMessage message, MailAddress to) throws MessagingException {
        String[] ids = message.getMessage().getHeader("Message-ID");
        Matcher id = MESSAGE_ID.matcher(ids == null || ids.length == 0 ? "" : ids[0]);
        if (id.find()) {
            synchronized (this) {
                mails.add(new Evidence.Mail(UUID.fromString(id.group(1)), to.getEmail()));
            }
        }
        return new Forgetful(to.getEmail());
    }

    private static final class Forgetful extends UserImpl {

        Forgetful(String email) {
            super(email, email, "", null);
        }

        @Override
        public void deliver(MovingMessage message) {
            // noted already
        }
    }
}
