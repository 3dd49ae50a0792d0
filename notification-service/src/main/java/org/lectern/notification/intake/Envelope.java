package org.lectern.notification.intake;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Iterator;
import java.util.Locale;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Text;
import org.lectern.notification.event.EventType;
import org.lectern.notification.event.Unreadable;

/** The headers of a record: a CloudEvent 1.0 in binary mode (Kafka protocol binding, section 3.2). */
record Envelope(UUID id, EventType type, UUID subject, int version, UUID incarnation, Instant time) {

    private static final int LONGEST = 256;

    /**
     * Reads the headers. The record's key must equal its subject; otherwise Kafka would not order records by subject.
     */
    static Envelope of(ConsumerRecord<byte[], byte[]> message) throws Unreadable {
        if (!"1.0".equals(required(message, "ce_specversion"))) {
            throw new Unreadable("specversion-unknown");
        }
        if (!EventType.SOURCE.equals(required(message, "ce_source"))) {
            throw new Unreadable("source-unknown");
        }
        String type = required(message, "ce_type");
        var known = EventType.find(message.topic(), type).orElseThrow(() -> new Unreadable("type-unknown"));
        String content = required(message, "content-type").toLowerCase(Locale.ROOT);
        if (!content.equals("application/json") && !content.startsWith("application/json;")) {
            throw new Unreadable("content-type-unknown");
        }
        UUID subject = id(message, "ce_subject");
        byte[] key = message.key();
        if (key == null || !subject.toString().equals(decoded(key, "key-malformed"))) {
            throw new Unreadable("key-is-not-subject");
        }
        return new Envelope(
                id(message, "ce_id"),
                known,
                subject,
                version(required(message, "ce_sequence")),
                id(message, "ce_incarnation"),
                time(required(message, "ce_time")));
    }

    private static String required(ConsumerRecord<byte[], byte[]> message, String name) throws Unreadable {
        String value = optional(message, name);
        if (value == null) {
            throw new Unreadable("header-missing:" + name);
        }
        return value;
    }

    private static @Nullable String optional(ConsumerRecord<byte[], byte[]> message, String name) throws Unreadable {
        Iterator<Header> headers = message.headers().headers(name).iterator();
        if (!headers.hasNext()) {
            return null;
        }
        byte[] value = headers.next().value();
        if (value == null || value.length > LONGEST || headers.hasNext()) {
            throw new Unreadable("header-malformed:" + name);
        }
        return decoded(value, "header-malformed:" + name);
    }

    private static String decoded(byte[] bytes, String reason) throws Unreadable {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (Text.isStorable(text)) {
                return text;
            }
        } catch (CharacterCodingException e) {
            // falls through
        }
        throw new Unreadable(reason);
    }

    private static UUID id(ConsumerRecord<byte[], byte[]> message, String name) throws Unreadable {
        String text = required(message, name);
        try {
            UUID id = UUID.fromString(text);
            if (id.toString().equals(text)) {
                return id;
            }
        } catch (IllegalArgumentException e) {
            // falls through
        }
        throw new Unreadable("header-malformed:" + name);
    }

    private static int version(String text) throws Unreadable {
        try {
            int version = Integer.parseInt(text);
            if (version >= 1) {
                return version;
            }
        } catch (NumberFormatException e) {
            // falls through
        }
        throw new Unreadable("header-malformed:ce_sequence");
    }

    private static Instant time(String text) throws Unreadable {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new Unreadable("header-malformed:ce_time");
        }
    }
}
