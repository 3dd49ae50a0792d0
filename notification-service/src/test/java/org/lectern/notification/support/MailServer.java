package org.lectern.notification.support;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/** A real SMTP server that keeps what it is given, and can be down. */
public final class MailServer {

    private static @Nullable GreenMail running;
    private static final List<MimeMessage> EARLIER = new ArrayList<>();

    private MailServer() {}

    public static synchronized void up() {
        if (running == null) {
            var setup = new ServerSetup(port(), "127.0.0.1", ServerSetup.PROTOCOL_SMTP);
            setup.setServerStartupTimeout(10_000);
            GreenMail server = new GreenMail(setup);
            server.start();
            running = server;
        }
    }

    public static synchronized void down() {
        GreenMail server = running;
        if (server != null) {
            EARLIER.addAll(Arrays.asList(server.getReceivedMessages()));
            server.stop();
            running = null;
        }
    }

    /** What one address has received. */
    public static synchronized List<MimeMessage> received(String address) {
        List<MimeMessage> all = new ArrayList<>(EARLIER);
        GreenMail server = running;
        if (server != null) {
            all.addAll(Arrays.asList(server.getReceivedMessages()));
        }
        return all.stream().filter(mail -> isTo(mail, address)).toList();
    }

    /** To whom mails have come at addresses of that domain, once for each mail. */
    public static synchronized List<String> recipientsAt(String domain) {
        GreenMail server = running;
        if (server == null) {
            return List.of();
        }
        List<String> recipients = new ArrayList<>();
        for (MimeMessage mail : server.getReceivedMessages()) {
            try {
                for (var recipient : mail.getAllRecipients()) {
                    if (recipient.toString().endsWith("@" + domain)) {
                        recipients.add(recipient.toString());
                    }
                }
            } catch (MessagingException e) {
                throw new IllegalStateException(e);
            }
        }
        return recipients;
    }

    public static int port() {
        return ConfigProvider.getConfig().getValue("quarkus.mailer.port", Integer.class);
    }

    private static boolean isTo(MimeMessage mail, String address) {
        try {
            return Arrays.stream(mail.getAllRecipients())
                    .anyMatch(recipient -> recipient.toString().equals(address));
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }
}
