package org.lectern.notification.channel.email;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.angus.mail.smtp.SMTPMessage;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;
import org.lectern.notification.delivery.DeliveryOutcome;
import org.lectern.notification.directory.EmailAddress;
import org.lectern.notification.outbound.TrustedCertificates;

/**
 * Sends messages to the mail server, one connection per message, because a pooled connection can be dead. Returns a
 * result within the configured time, whatever the server does.
 */
final class SmtpClient implements AutoCloseable {

    private final MailConfig config;
    private final Session session;
    private final Semaphore connections;
    private final ExecutorService attempts = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService writeTimeouts = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("mail-write-timeout").factory());

    SmtpClient(MailConfig config, EmailAddress sender) {
        this.config = config;
        this.connections = new Semaphore(config.connections(), true);
        var settings = new Properties();
        settings.setProperty("mail.smtp.localhost", config.ehloName().orElse(sender.domain()));
        settings.setProperty("mail.smtp.from", sender.asText());
        settings.setProperty("mail.smtp.connectiontimeout", millis(config.connectTimeout()));
        settings.setProperty("mail.smtp.timeout", millis(config.timeout()));
        settings.setProperty("mail.smtp.writetimeout", millis(config.timeout()));
        settings.put("mail.smtp.executor.writetimeout", writeTimeouts);
        settings.setProperty("mail.smtp.quitwait", "false");
        settings.setProperty("mail.smtp.auth", Boolean.toString(user().isPresent()));
        settings.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        settings.setProperty("mail.smtp.starttls.enable", is(MailConfig.Tls.OPTIONAL, MailConfig.Tls.REQUIRED));
        settings.setProperty("mail.smtp.starttls.required", is(MailConfig.Tls.REQUIRED));
        settings.setProperty("mail.smtp.ssl.enable", is(MailConfig.Tls.IMPLICIT));
        config.trustedCertificates()
                .ifPresent(file -> settings.put(
                        "mail.smtp.ssl.socketFactory",
                        TrustedCertificates.sockets(file, "lectern.mail.trusted-certificates")));
        this.session = Session.getInstance(settings);
    }

    @Override
    public void close() {
        attempts.shutdownNow();
        writeTimeouts.shutdownNow();
    }

    /** Sends one message from the usual sender. */
    DeliveryOutcome send(EmailAddress to, byte[] message) {
        return send(null, to, message);
    }

    /**
     * Sends one message and maps the server's reply to an outcome.
     *
     * @param bouncesTo the envelope's sender (RFC 5321 section 4.1.1.2); null for the usual one
     */
    DeliveryOutcome send(@Nullable EmailAddress bouncesTo, EmailAddress to, byte[] message) {
        Future<DeliveryOutcome> attempt = attempts.submit(() -> attempt(to, new Written(message, bouncesTo)));
        try {
            return attempt.get(config.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // an interrupt closes the socket that the virtual thread waits on
            attempt.cancel(true);
            return new DeliveryOutcome.Retry("timeout");
        } catch (InterruptedException e) {
            attempt.cancel(true);
            Thread.currentThread().interrupt();
            return new DeliveryOutcome.Retry("interrupted");
        } catch (ExecutionException e) {
            return new DeliveryOutcome.Retry("no-connection");
        }
    }

    private DeliveryOutcome attempt(EmailAddress to, Written message) throws InterruptedException, MessagingException {
        connections.acquire();
        try {
            return exchange(to, message);
        } finally {
            connections.release();
        }
    }

    private DeliveryOutcome exchange(EmailAddress to, Written message) throws MessagingException {
        var server = new SMTPTransport(session, null);
        try {
            server.connect(
                    config.host(),
                    config.port(),
                    user().orElse(null),
                    config.password().orElse(null));
        } catch (MessagingException e) {
            return SmtpReplies.connecting(e, server.getLastReturnCode());
        }
        try {
            server.sendMessage(message, new InternetAddress[] {new InternetAddress(to.asText())});
            return new DeliveryOutcome.Delivered("smtp-250");
        } catch (MessagingException e) {
            return SmtpReplies.sending(e);
        } finally {
            hangUp(server);
        }
    }

    /** Closes the connection. An error after the server's reply does not change the outcome. */
    private static void hangUp(SMTPTransport server) {
        try {
            server.close();
        } catch (MessagingException | RuntimeException e) {
            // the connection is already closed
        }
    }

    private Optional<String> user() {
        return config.username().filter(name -> !name.isBlank());
    }

    private String is(MailConfig.Tls... wanted) {
        return Boolean.toString(List.of(wanted).contains(config.tls()));
    }

    private static String millis(Duration time) {
        return Long.toString(time.toMillis());
    }

    /** A signed message. Its octets must not be rewritten. */
    private static final class Written extends SMTPMessage {

        private final byte[] octets;

        Written(byte[] octets, @Nullable EmailAddress bouncesTo) {
            super((Session) null);
            this.octets = octets;
            if (bouncesTo != null) {
                setEnvelopeFrom(bouncesTo.asText());
            }
        }

        @Override
        public void writeTo(OutputStream out, String[] ignored) throws IOException {
            out.write(octets);
        }
    }
}
