package org.lectern.notification.inbound;

import com.icegreen.greenmail.imap.ImapHostManager;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.quarkus.test.junit.QuarkusTestProfile;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import org.eclipse.microprofile.config.ConfigProvider;
import org.lectern.local.FreePort;

/** A real IMAP server with the mailbox of the service; a test triggers each round. */
final class InboundMail implements AutoCloseable {

    static final String ADDRESS = "lectern@example.org";
    private static final String PASSWORD = "secret";

    private final GreenMail server;
    private final GreenMailUser user;

    /** The settings of a service that reads the mailbox. */
    public static final class On implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "lectern.inbound-mail.enabled", "true",
                    "lectern.inbound-mail.address", ADDRESS,
                    "lectern.inbound-mail.host", "127.0.0.1",
                    "lectern.inbound-mail.port", Integer.toString(FreePort.any()),
                    "lectern.inbound-mail.tls", "none",
                    "lectern.inbound-mail.username", ADDRESS,
                    "lectern.inbound-mail.password", PASSWORD,
                    "lectern.inbound-mail.max-message-size", "200000",
                    "lectern.inbound-mail.poll-interval", "24h");
        }
    }

    /** The location where the service looks for it. */
    InboundMail() {
        this(ConfigProvider.getConfig().getValue("lectern.inbound-mail.port", Integer.class));
    }

    InboundMail(int port) {
        var setup = new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_IMAP);
        setup.setServerStartupTimeout(60_000);
        server = new GreenMail(setup);
        server.start();
        user = server.setUser(ADDRESS, ADDRESS, PASSWORD);
    }

    int port() {
        return server.getImap().getPort();
    }

    void arrives(String message) {
        try {
            user.deliver(new MimeMessage(
                    Session.getInstance(new Properties()),
                    new ByteArrayInputStream(message.getBytes(StandardCharsets.UTF_8))));
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    int inbox() {
        return count("INBOX");
    }

    int processed() {
        return count("Lectern-Processed");
    }

    int setAside() {
        return count("Lectern-Quarantine");
    }

    private int count(String folder) {
        ImapHostManager folders = server.getManagers().getImapHostManager();
        var found = folders.getFolder(user, folder);
        return found == null ? 0 : found.getMessageCount();
    }

    @Override
    public void close() {
        server.stop();
    }
}
