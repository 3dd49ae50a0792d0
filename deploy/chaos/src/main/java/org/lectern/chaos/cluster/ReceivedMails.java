package org.lectern.chaos.cluster;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lectern.chaos.system.Receivers;
import org.lectern.local.smtp.ReceivedMail;
import org.lectern.local.smtp.SmtpServer;

/** A mail server that records each delivery and its recipient in order of acceptance. It discards the content. */
final class ReceivedMails implements AutoCloseable {

    private static final Pattern MESSAGE_ID = Pattern.compile("(?im)^Message-ID:\\s*<([0-9a-f-]{36})@");

    private final SmtpServer smtp;
    private final List<Receivers.Mail> mails = new ArrayList<>();

    ReceivedMails(int port) {
        smtp = new SmtpServer(port, this::note);
    }

    int port() {
        return smtp.port();
    }

    synchronized List<Receivers.Mail> all() {
        return List.copyOf(mails);
    }

    @Override
    public void close() {
        smtp.close();
    }

    private synchronized Optional<String> note(ReceivedMail mail) {
        Matcher id = MESSAGE_ID.matcher(new String(mail.octets(), StandardCharsets.US_ASCII));
        if (id.find()) {
            for (String recipient : mail.to()) {
                mails.add(new Receivers.Mail(UUID.fromString(id.group(1)), recipient));
            }
        }
        return Optional.empty();
    }
}
