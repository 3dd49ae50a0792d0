package org.lectern.notification.inbound.message;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RawField;
import org.apache.james.mime4j.stream.RawFieldParser;
import org.apache.james.mime4j.stream.RecursionMode;

/**
 * The header and the leaf parts of a message (RFC 2045, RFC 2046), read in a single pass. Nested messages are skipped,
 * because they were meant for others. Parts, nesting and octets are bounded.
 */
final class MimeParts {

    private static final int MOST_PARTS = 100;
    private static final int DEEPEST = 12;
    private static final int LARGEST_PART = 256 * 1024;
    private static final int LONGEST_NAME = 1000;
    private static final Pattern CALENDAR_FILE =
            Pattern.compile("name\\*?(\\d\\*?)?=.*\\.ics", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final MimeConfig LENIENT = MimeConfig.custom()
            .setMaxHeaderCount(1000)
            .setMaxHeaderLen(64 * 1024)
            .setMaxLineLen(-1)
            .setMaxContentLen(-1)
            .build();

    private final Map<String, List<String>> header = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final List<Part> parts = new ArrayList<>();

    /**
     * A leaf part.
     *
     * @param type its media type in lower case
     * @param parameters those of the media type, keyed by lower-case name
     */
    record Part(String type, Map<String, String> parameters, boolean calendarFile, byte[] content) {

        String text() {
            return Charsets.text(content, parameters.get("charset"));
        }
    }

    /** The message exceeds a limit; the reason is a code. */
    static final class BeyondLimit extends Exception {
        BeyondLimit(String reason) {
            super(reason);
        }
    }

    private MimeParts() {}

    /** @throws BeyondLimit also with "malformed", if the rest cannot be read */
    static MimeParts of(byte[] message) throws BeyondLimit {
        var read = new MimeParts();
        var stream = new MimeTokenStream(LENIENT, DecodeMonitor.SILENT, null);
        stream.setRecursionMode(RecursionMode.M_NO_RECURSE);
        stream.parse(new ByteArrayInputStream(message));
        try {
            read.all(stream);
        } catch (MimeException | IOException e) {
            throw new BeyondLimit("malformed");
        }
        return read;
    }

    private void all(MimeTokenStream stream) throws MimeException, IOException, BeyondLimit {
        int depth = 0;
        int count = 0;
        Map<String, List<String>> own = header;
        for (EntityState state = stream.getState(); state != EntityState.T_END_OF_STREAM; state = stream.next()) {
            switch (state) {
                case T_START_BODYPART -> {
                    own = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
                    if (++count > MOST_PARTS) {
                        throw new BeyondLimit("too-many-parts");
                    }
                }
                case T_FIELD -> {
                    Field field = stream.getField();
                    String body = field.getBody();
                    own.computeIfAbsent(field.getName().strip(), name -> new ArrayList<>())
                            .add(body == null ? "" : body.strip());
                }
                case T_START_MULTIPART -> {
                    if (++depth > DEEPEST) {
                        throw new BeyondLimit("nested-too-deeply");
                    }
                }
                case T_END_MULTIPART -> depth--;
                case T_BODY -> parts.add(part(stream, own));
                default -> {
                    // boundaries, and text around parts that no program shows
                }
            }
        }
    }

    private static Part part(MimeTokenStream stream, Map<String, List<String>> own) throws IOException {
        String typeField = first(own, "Content-Type").orElse("text/plain");
        String type = typeField.split("[;\\s]", 2)[0].toLowerCase(Locale.ROOT);
        String disposition = first(own, "Content-Disposition").orElse("");
        boolean calendarFile = isCalendarFile(typeField) || isCalendarFile(disposition);
        try (InputStream content = stream.getDecodedInputStream()) {
            return new Part(type, parameters(typeField), calendarFile, content.readNBytes(LARGEST_PART));
        }
    }

    private static boolean isCalendarFile(String field) {
        return CALENDAR_FILE
                .matcher(field.substring(0, Math.min(field.length(), LONGEST_NAME)))
                .find();
    }

    private static Map<String, String> parameters(String typeField) {
        Map<String, String> parameters = new TreeMap<>();
        RawFieldParser.DEFAULT
                .parseRawBody(new RawField("Content-Type", typeField))
                .getParams()
                .forEach(each -> {
                    if (each.getName() != null && each.getValue() != null) {
                        parameters.putIfAbsent(each.getName().toLowerCase(Locale.ROOT), each.getValue());
                    }
                });
        return parameters;
    }

    /** The values of a header field of the message, in order. */
    List<String> fields(String name) {
        return header.getOrDefault(name, List.of());
    }

    Optional<String> field(String name) {
        return first(header, name);
    }

    private static Optional<String> first(Map<String, List<String>> fields, String name) {
        return fields.getOrDefault(name, List.of()).stream().findFirst();
    }

    List<Part> parts() {
        return parts;
    }
}
