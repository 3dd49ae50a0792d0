package org.lectern.notification.channel.email;

import jakarta.activation.DataHandler;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.lectern.notification.calendar.Invitation;
import org.lectern.notification.directory.EmailAddress;

/** Writes mails in wire format (RFC 5322, RFC 2045): CRLF line ends, seven bits, folded headers, no empty headers. */
final class MailWriter {

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, d MMM uuuu HH:mm:ss Z", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final Pattern LINE_END = Pattern.compile("\\r\\n|\\r|\\n");
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}&&[^\\r\\n\\t]]");
    private static final String CALENDAR_FILE = "lecture.ics";

    private final Session session = Session.getInstance(new Properties());
    private final Sender sender;
    private final Optional<EmailAddress> replyTo;
    private final Optional<DkimSigner> signer;
    private final Clock clock;

    MailWriter(Sender sender, Optional<EmailAddress> replyTo, Optional<DkimSigner> signer, Clock clock) {
        this.sender = sender;
        this.replyTo = replyTo;
        this.signer = signer;
        this.clock = clock;
    }

    /** Writes header and body, signed if a key is configured. */
    byte[] write(OutgoingMail mail) {
        try {
            var out = new ByteArrayOutputStream();
            message(mail).writeTo(out);
            byte[] octets = out.toByteArray();
            return signer.map(key -> key.sign(octets)).orElse(octets);
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private MimeMessage message(OutgoingMail mail) throws MessagingException {
        var message = new MimeMessage(session) {
            @Override
            protected void updateMessageID() {
                // keeps the Message-ID that is already set, so that a repeat has the same one
            }
        };
        message.setHeader("Date", DATE.format(clock.instant()));
        message.setHeader(
                "From",
                HeaderText.mailbox("From", sender.name(), sender.address().asText()));
        Optional<EmailAddress> answersTo = Optional.ofNullable(mail.answersTo()).or(() -> replyTo);
        if (answersTo.isPresent()) {
            message.setHeader("Reply-To", answersTo.get().asText());
        }
        message.setHeader("To", mail.to().asText());
        message.setHeader("Message-ID", messageId(mail.id()));
        UUID thread = mail.thread();
        if (thread != null) {
            message.setHeader("References", messageId(thread));
        }
        String subject = HeaderText.unstructured("Subject", mail.subject());
        if (!subject.isEmpty()) {
            message.setHeader("Subject", subject);
        }
        message.setHeader("Content-Language", mail.locale());
        message.setHeader("Auto-Submitted", "auto-generated"); // RFC 3834 section 5
        // suppresses absence notes and receipts from Exchange; NDR is not listed, because bounces are wanted
        message.setHeader("X-Auto-Response-Suppress", "DR, RN, NRN, OOF, AutoReply");
        var unsubscribe = mail.unsubscribe();
        if (unsubscribe != null) {
            // RFC 2369 section 3.2, RFC 8058 section 3.1
            message.setHeader("List-Unsubscribe", "<" + unsubscribe.toASCIIString() + ">");
            message.setHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }
        Invitation invitation = mail.invitation();
        MimeMultipart alternative = alternative(mail, invitation);
        if (invitation == null) {
            message.setContent(alternative);
        } else {
            message.setHeader("Content-Class", "urn:content-classes:calendarmessage");
            MimeBodyPart readable = new MimeBodyPart();
            readable.setContent(alternative);
            message.setContent(new MimeMultipart("mixed", readable, attachment(invitation)));
        }
        message.saveChanges();
        return message;
    }

    private String messageId(UUID id) {
        return "<" + id + "@" + sender.messageIdDomain() + ">";
    }

    /**
     * Puts the calendar last, so that clients that support it prefer it (RFC 6047 section 2.4, RFC 2046 section 5.1.4).
     */
    private static MimeMultipart alternative(OutgoingMail mail, @Nullable Invitation invitation)
            throws MessagingException {
        var parts = new MimeMultipart("alternative", text("plain", mail.text()), text("html", mail.html()));
        if (invitation != null) {
            parts.addBodyPart(part(invitation.mediaType(), "base64", invitation.content()));
        }
        return parts;
    }

    /** Adds the calendar as a file for clients that show calendars only as attachments. */
    private static MimeBodyPart attachment(Invitation invitation) throws MessagingException {
        MimeBodyPart part = part("application/ics; name=" + CALENDAR_FILE, "base64", invitation.content());
        part.setHeader("Content-Disposition", "attachment; filename=" + CALENDAR_FILE);
        return part;
    }

    private static MimeBodyPart text(String subtype, String text) throws MessagingException {
        byte[] octets = canonical(text).getBytes(StandardCharsets.UTF_8);
        return part("text/" + subtype + "; charset=UTF-8", encoding(octets), octets);
    }

    private static MimeBodyPart part(String type, String encoding, byte[] content) throws MessagingException {
        var part = new MimeBodyPart();
        part.setDataHandler(new DataHandler(new ByteArrayDataSource(content, type)));
        part.setHeader("Content-Type", type);
        part.setHeader("Content-Transfer-Encoding", encoding);
        return part;
    }

    /** Converts line ends to CRLF, as both encodings require for text (RFC 2045 sections 6.7 and 6.8). */
    static String canonical(String text) {
        String clean = UNPRINTABLE.matcher(HeaderText.wellFormed(text)).replaceAll("");
        String lines = LINE_END.matcher(clean).replaceAll("\r\n");
        return lines.endsWith("\r\n") ? lines : lines + "\r\n";
    }

    /** Chooses the shorter encoding; mostly-ASCII text stays readable. */
    private static String encoding(byte[] octets) {
        int high = 0;
        for (byte octet : octets) {
            high += octet < 0 ? 1 : 0;
        }
        return high * 6 > octets.length ? "base64" : "quoted-printable";
    }
}
