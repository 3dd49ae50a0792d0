package org.lectern.notification.support;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;
import org.lectern.local.smtp.ReceivedMail;
import org.lectern.local.smtp.SmtpPolicy;
import org.lectern.local.smtp.SmtpServer;

/** A strict SMTP server that keeps the received octets, and can be stopped. */
public final class MailServer {

    private static @Nullable SmtpServer running;
    private static final List<ReceivedMail> ACCEPTED = new ArrayList<>();
    private static final List<ReceivedMail> REFUSED = new ArrayList<>();

    private MailServer() {}

    public static synchronized void up() {
        if (running == null) {
            running = new SmtpServer(port(), new Keeping());
        }
    }

    public static synchronized void down() {
        SmtpServer server = running;
        if (server != null) {
            server.close();
            running = null;
        }
    }

    /** The mails of one address, as octets from the wire. */
    public static List<ReceivedMail> mails(String address) {
        synchronized (ACCEPTED) {
            return ACCEPTED.stream().filter(mail -> mail.to().contains(address)).toList();
        }
    }

    /** The mails of one address, parsed. */
    public static List<MimeMessage> received(String address) {
        return mails(address).stream().map(MailServer::message).toList();
    }

    /** Mails that were refused because of their octets. */
    public static List<ReceivedMail> refused() {
        synchronized (REFUSED) {
            return List.copyOf(REFUSED);
        }
    }

    /** The recipients at that domain, once per mail. */
    public static List<String> recipientsAt(String domain) {
        synchronized (ACCEPTED) {
            return ACCEPTED.stream()
                    .flatMap(mail -> mail.to().stream())
                    .filter(recipient -> recipient.endsWith("@" + domain))
                    .toList();
        }
    }

    public static int port() {
        return ConfigProvider.getConfig().getValue("lectern.mail.port", Integer.class);
    }

    private static MimeMessage message(ReceivedMail mail) {
        try {
            return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(mail.octets()));
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Keeping implements SmtpPolicy {

        @Override
        public Optional<String> accept(ReceivedMail mail) {
            synchronized (ACCEPTED) {
                ACCEPTED.add(mail);
            }
            return Optional.empty();
        }

        @Override
        public void refused(ReceivedMail mail) {
            synchronized (REFUSED) {
                REFUSED.add(mail);
            }
        }
    }
}
