package org.lectern.scheduler.acknowledgement;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * An event of the notification service about a notice, reduced to the members used here.
 *
 * @param eventId the event that it concerns: itself or, if UNDELIVERED, the withdrawn one
 */
record NoticeEvent(Kind kind, UUID eventId, UUID bookingId, UUID branchId, int version, Instant at, String channel) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The stage that the notice has reached. */
    enum Kind {
        /** {@code lectern.notice.delivered.v1}: the first delivery of the notice reached the branch. */
        DELIVERED,
        /** {@code lectern.notice.undelivered.v1}: that delivery bounced, and no other one reached the branch. */
        UNDELIVERED,
        /** {@code lectern.notice.acknowledged.v1}: the branch has acknowledged the notice. */
        ACKNOWLEDGED;

        private static @Nullable Kind of(@Nullable String type) {
            return switch (type) {
                case "lectern.notice.delivered.v1" -> DELIVERED;
                case "lectern.notice.undelivered.v1" -> UNDELIVERED;
                case "lectern.notice.acknowledged.v1" -> ACKNOWLEDGED;
                case null, default -> null;
            };
        }
    }

    /** The record cannot be parsed; the reason is a code for operators. */
    static final class Unreadable extends Exception {
        Unreadable(String reason) {
            super(reason);
        }
    }

    /**
     * Parses a record; unknown members are ignored.
     *
     * @throws Unreadable when it has another type or lacks a required member
     */
    static NoticeEvent of(ConsumerRecord<byte[], byte[]> message) throws Unreadable {
        Kind kind = Kind.of(header(message, "ce_type"));
        if (kind == null) {
            throw new Unreadable("type-unknown");
        }
        if (message.value() == null) {
            throw new Unreadable("no-data");
        }
        try {
            JsonNode data = JSON.readTree(message.value());
            int version = data.path("version").asInt();
            String channel = data.path("channel").asText();
            if (version < 1 || channel.isEmpty()) {
                throw new Unreadable("data-does-not-fit");
            }
            return new NoticeEvent(
                    kind,
                    UUID.fromString(
                            kind == Kind.UNDELIVERED
                                    ? data.path("delivered").asText()
                                    : String.valueOf(header(message, "ce_id"))),
                    UUID.fromString(data.path("bookingId").asText()),
                    UUID.fromString(data.path("branchId").asText()),
                    version,
                    Instant.parse(data.path("at").asText()),
                    channel);
        } catch (IOException e) {
            throw new Unreadable("data-is-not-json");
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new Unreadable("data-does-not-fit");
        }
    }

    private static @Nullable String header(ConsumerRecord<byte[], byte[]> message, String name) {
        Header header = message.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
