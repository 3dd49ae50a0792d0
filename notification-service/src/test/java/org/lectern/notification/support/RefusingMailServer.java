package org.lectern.notification.support;

import java.util.Optional;
import org.lectern.local.smtp.ReceivedMail;
import org.lectern.local.smtp.SmtpPolicy;
import org.lectern.local.smtp.SmtpServer;

/** A mail server that refuses every recipient, and quotes the address. */
public final class RefusingMailServer implements AutoCloseable {

    private final SmtpServer server;

    /** @param refusal the text before the address */
    public RefusingMailServer(int port, String refusal) {
        server = new SmtpServer(port, new SmtpPolicy() {
            @Override
            public Optional<String> accept(ReceivedMail mail) {
                return Optional.of("554 5.7.1 never");
            }

            @Override
            public Optional<String> refuseRecipient(String address) {
                return Optional.of(refusal + ": <" + address + ">");
            }
        });
    }

    public int dialogues() {
        return server.dialogues();
    }

    @Override
    public void close() {
        server.close();
    }
}
