package org.lectern.notification.channel.email;

import jakarta.mail.MessagingException;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.jspecify.annotations.Nullable;
import org.lectern.notification.delivery.DeliveryOutcome;
import org.lectern.notification.delivery.MailStatus;

/**
 * Maps a mail server's reply to a delivery outcome. The reply text is never passed on, because it repeats the address.
 */
final class SmtpReplies {

    private static final Pattern ENHANCED = Pattern.compile("(?m)^5\\d\\d[ -](5\\.\\d{1,3}\\.\\d{1,3})\\b");

    private static final int FIRST_FAILURE = 400;
    private static final int FIRST_PERMANENT = 500;
    private static final int TOO_LARGE = 552;

    /** Replies about the client, not the recipient: authentication and encryption (RFC 4954 section 6). */
    private static final int FIRST_ABOUT_US = 530;

    private static final int LAST_ABOUT_US = 538;
    private static final int DEEPEST = 10;

    private SmtpReplies() {}

    /** The outcome before the message was offered. Every error concerns this service's side and may be temporary. */
    static DeliveryOutcome connecting(MessagingException failure, int lastReply) {
        if (lastReply >= FIRST_FAILURE) {
            return new DeliveryOutcome.Retry("smtp-" + lastReply);
        }
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
            if (cause instanceof SSLException) {
                return new DeliveryOutcome.Retry("tls-failed");
            }
            cause = cause.getCause();
        }
        // only a server that has answered EHLO can lack STARTTLS
        return new DeliveryOutcome.Retry(lastReply > 0 ? "no-starttls" : "no-connection");
    }

    /** The outcome after the message was offered. */
    static DeliveryOutcome sending(MessagingException failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
            if (cause instanceof SMTPAddressFailedException recipient) {
                return refused(recipient.getReturnCode(), recipient.getMessage());
            }
            if (cause instanceof SMTPSendFailedException command) {
                int code = command.getReturnCode();
                return command.getCommand().startsWith("MAIL") && code != TOO_LARGE
                        ? retry(code)
                        : refused(code, command.getMessage());
            }
            cause = cause.getCause();
        }
        return new DeliveryOutcome.Retry("no-connection");
    }

    private static DeliveryOutcome refused(int code, @Nullable String reply) {
        boolean aboutUs = code >= FIRST_ABOUT_US && code <= LAST_ABOUT_US;
        if (code < FIRST_PERMANENT || aboutUs) {
            return retry(code);
        }
        return noSuchMailbox(reply == null ? "" : reply)
                .<DeliveryOutcome>map(enhanced -> new DeliveryOutcome.EndpointGone("smtp-" + code + "-" + enhanced))
                .orElseGet(() -> new DeliveryOutcome.Failed("smtp-" + code));
    }

    private static DeliveryOutcome retry(int code) {
        return new DeliveryOutcome.Retry(code < FIRST_FAILURE ? "no-connection" : "smtp-" + code);
    }

    private static Optional<String> noSuchMailbox(String reply) {
        return ENHANCED.matcher(reply)
                .results()
                .map(found -> found.group(1))
                .filter(MailStatus::saysNoSuchMailbox)
                .findFirst();
    }
}
