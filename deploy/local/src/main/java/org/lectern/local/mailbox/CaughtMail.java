package org.lectern.local.mailbox;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/** One mail as one recipient got it; {@code text} and {@code html} are empty where the mail has no such part. */
record CaughtMail(
        long id,
        Instant caughtAt,
        String from,
        String to,
        String subject,
        List<Header> headers,
        String text,
        String html) {

    record Header(String name, String value) {}

    static CaughtMail of(long id, Instant caughtAt, String from, String to, MimeMessage message)
            throws MessagingException, IOException {
        List<Header> headers = new ArrayList<>();
        for (var header : Collections.list(message.getAllHeaders())) {
            headers.add(new Header(header.getName(), header.getValue()));
        }
        return new CaughtMail(
                id,
                caughtAt,
                from,
                to,
                Objects.requireNonNullElse(message.getSubject(), ""),
                List.copyOf(headers),
                first(message, "text/plain"),
                first(message, "text/html"));
    }

    private static String first(Part part, String type) throws MessagingException, IOException {
        if (part.isMimeType(type)) {
            return String.valueOf(part.getContent());
        }
        if (part.getContent() instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                BodyPart child = parts.getBodyPart(i);
                String found = first(child, type);
                if (!found.isEmpty()) {
                    return found;
                }
            }
        }
        return "";
    }
}
