package org.lectern.notification.support;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.dom.Entity;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.Multipart;
import org.apache.james.mime4j.dom.SingleBody;
import org.apache.james.mime4j.dom.address.Mailbox;
import org.apache.james.mime4j.dom.field.ContentTypeField;
import org.apache.james.mime4j.field.LenientFieldParser;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;

/** A mail parsed by another library than the one that wrote it; malformed mails are refused. */
public final class ParsedMail {

    private final Message message;

    public ParsedMail(byte[] octets) {
        try {
            var builder = new DefaultMessageBuilder();
            builder.setMimeEntityConfig(MimeConfig.custom()
                    .setStrictParsing(true)
                    .setMaxLineLen(998 + 2)
                    .setMaxHeaderLen(-1)
                    .build());
            builder.setFieldParser(LenientFieldParser.getParser());
            builder.setDecodeMonitor(DecodeMonitor.STRICT);
            message = builder.parseMessage(new ByteArrayInputStream(octets));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String subject() {
        return Objects.requireNonNull(message.getSubject());
    }

    public Mailbox from() {
        return message.getFrom().get(0);
    }

    public List<String> to() {
        return message.getTo().flatten().stream().map(Mailbox::getAddress).toList();
    }

    /** The names of all header fields, in their order. */
    public List<String> headers() {
        return message.getHeader().getFields().stream().map(Field::getName).toList();
    }

    /** The value of a header field. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(message.getHeader().getField(name))
                .map(field -> field.getBody().strip());
    }

    public String text() {
        return text("text/plain");
    }

    public String html() {
        return text("text/html");
    }

    /** A part without sub-parts. */
    public record Part(String type, Map<String, String> parameters, String disposition, byte[] content) {

        public String text() {
            return new String(content, StandardCharsets.UTF_8);
        }
    }

    /** The media types, a multipart before its parts in parentheses. */
    public String structure() {
        return structure(message);
    }

    public List<Part> parts(String type) {
        List<Part> found = new ArrayList<>();
        collect(message, found);
        return found.stream().filter(part -> part.type().equals(type)).toList();
    }

    private String text(String type) {
        return parts(type).getFirst().text();
    }

    private static String structure(Entity entity) {
        return entity.getBody() instanceof Multipart several
                ? several.getSubType() + "("
                        + String.join(
                                " ",
                                several.getBodyParts().stream()
                                        .map(ParsedMail::structure)
                                        .toList())
                        + ")"
                : entity.getMimeType();
    }

    private static void collect(Entity entity, List<Part> found) {
        if (entity.getBody() instanceof Multipart several) {
            several.getBodyParts().forEach(part -> collect(part, found));
        } else if (entity.getBody() instanceof SingleBody single) {
            var out = new ByteArrayOutputStream();
            try {
                single.writeTo(out);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            var type = (ContentTypeField) entity.getHeader().getField("Content-Type");
            found.add(new Part(
                    entity.getMimeType(),
                    type.getParameters(),
                    Objects.requireNonNullElse(entity.getDispositionType(), ""),
                    out.toByteArray()));
        }
    }
}
