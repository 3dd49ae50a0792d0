package org.lectern.local.mailbox;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.dom.Body;
import org.apache.james.mime4j.dom.Entity;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.Multipart;
import org.apache.james.mime4j.dom.SingleBody;
import org.apache.james.mime4j.dom.TextBody;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;
import org.jspecify.annotations.Nullable;

/**
 * One mail as one recipient received it. {@code text}, {@code html} and {@code calendar} are empty if the mail lacks
 * that part.
 *
 * @param language from Content-Language; empty if the mail does not state it
 * @param failureReason the violated wire rules; a mail with a violation was refused
 * @param source the octets as received
 */
record CaughtMail(
        long id,
        Instant caughtAt,
        String from,
        String to,
        String subject,
        String language,
        List<Header> headers,
        String text,
        String html,
        String calendar,
        List<Attachment> attachments,
        List<String> failureReason,
        Octets source) {

    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*");

    /** A header field, unfolded but not decoded. */
    record Header(String name, String value) {}

    /** A part that can be saved as a file. */
    record Attachment(String name, String type, Octets content) {}

    /** Immutable octets. */
    static final class Octets {

        private final byte[] octets;

        Octets(byte[] octets) {
            this.octets = octets.clone();
        }

        byte[] get() {
            return octets.clone();
        }

        int size() {
            return octets.length;
        }
    }

    boolean refused() {
        return !failureReason.isEmpty();
    }

    static CaughtMail of(long id, Instant caughtAt, String from, String to, byte[] source, List<String> failureReason) {
        Message message = parsed(source);
        List<Header> headers = new ArrayList<>();
        for (Field field : message.getHeader().getFields()) {
            headers.add(new Header(field.getName(), field.getBody().strip()));
        }
        var parts = new Parts();
        parts.visit(message);
        Field language = message.getHeader().getField("Content-Language");
        String tag = language == null ? "" : language.getBody().strip();
        return new CaughtMail(
                id,
                caughtAt,
                from,
                to,
                Objects.requireNonNullElse(message.getSubject(), ""),
                LANGUAGE.matcher(tag).matches() ? tag : "",
                List.copyOf(headers),
                Objects.requireNonNullElse(parts.text, ""),
                Objects.requireNonNullElse(parts.html, ""),
                Objects.requireNonNullElse(parts.calendar, ""),
                List.copyOf(parts.attachments),
                List.copyOf(failureReason),
                new Octets(source));
    }

    private static Message parsed(byte[] source) {
        try {
            var builder = new DefaultMessageBuilder();
            builder.setMimeEntityConfig(MimeConfig.PERMISSIVE);
            builder.setDecodeMonitor(DecodeMonitor.SILENT);
            return builder.parseMessage(new ByteArrayInputStream(source));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Parts {

        private @Nullable String text;
        private @Nullable String html;
        private @Nullable String calendar;
        private final List<Attachment> attachments = new ArrayList<>();

        void visit(Entity entity) {
            Body body = entity.getBody();
            if (body instanceof Multipart several) {
                several.getBodyParts().forEach(this::visit);
            } else if (body instanceof SingleBody single) {
                leaf(entity, single);
            }
        }

        private void leaf(Entity entity, SingleBody body) {
            String type = entity.getMimeType();
            if ("attachment".equalsIgnoreCase(entity.getDispositionType()) || entity.getFilename() != null) {
                attach(entity, body);
            } else if (type.equals("text/plain") && text == null) {
                text = words(body);
            } else if (type.equals("text/html") && html == null) {
                html = words(body);
            } else if (type.equals("text/calendar") && calendar == null) {
                calendar = words(body);
            } else {
                attach(entity, body);
            }
        }

        private void attach(Entity entity, SingleBody body) {
            String name = entity.getFilename();
            attachments.add(new Attachment(
                    name == null ? "part-" + (attachments.size() + 1) : name, entity.getMimeType(), octets(body)));
        }

        private static String words(SingleBody body) {
            Charset charset = body instanceof TextBody text && text.getMimeCharset() != null
                    ? charset(text.getMimeCharset())
                    : StandardCharsets.UTF_8;
            return new String(octets(body).get(), charset);
        }

        private static Charset charset(String name) {
            return Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.UTF_8;
        }

        private static Octets octets(SingleBody body) {
            var out = new ByteArrayOutputStream();
            try {
                body.writeTo(out);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return new Octets(out.toByteArray());
        }
    }
}
