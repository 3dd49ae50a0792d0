package org.lectern.notification.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.time.Uuid7;

/** Simulates the scheduler: the examples of its contract, sent by a plain producer. */
public final class Scheduler {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final UUID INCARNATION = Uuid7.next();
    private static @Nullable KafkaProducer<byte[], byte[]> producer;

    private Scheduler() {}

    /** A branch event for the directory. */
    public static UUID branch(String code, @Nullable UUID parent, String locale) {
        UUID id = UUID.randomUUID();
        branch(id, code, parent, locale, 1);
        return id;
    }

    public static void branch(UUID id, String code, @Nullable UUID parent, String locale, int version) {
        send(described(id, code, parent, locale, version));
    }

    /** A version of a branch without a parent. */
    public static Message described(UUID id, String code, int version) {
        return described(id, code, null, "en", version);
    }

    private static Message described(UUID id, String code, @Nullable UUID parent, String locale, int version) {
        ObjectNode data = example("branch.changed.v1");
        data.put("branchId", id.toString())
                .put("version", version)
                .put("code", code)
                .put("locale", locale);
        data.remove("parentId");
        if (parent != null) {
            data.put("parentId", parent.toString());
        }
        return new Message("lectern.branch.changed.v1", id, version, data);
    }

    /** A lecturer event for the directory. */
    public static UUID lecturer(String code, String locale) {
        UUID id = UUID.randomUUID();
        send(lecturer(id, code, locale, 1));
        return id;
    }

    /** A version of a lecturer. */
    public static Message lecturer(UUID id, String code, String locale, int version) {
        ObjectNode data = example("lecturer.changed.v1");
        data.put("lecturerId", id.toString())
                .put("version", version)
                .put("code", code)
                .put("locale", locale);
        return new Message("lectern.lecturer.changed.v1", id, version, data);
    }

    /** Version 1 of a new booking at that branch, starting in this number of hours. */
    public static Message confirmed(UUID branch, long hoursAhead) {
        return version("confirmed", UUID.randomUUID(), 1, branch, hoursAhead);
    }

    /**
     * A version of a booking, from the contract's example of that type; an earlier start is a week after the new one.
     *
     * @param kind a type; {@code rescheduled} and {@code reassigned} are the two halves of the example of a change
     */
    public static Message version(String kind, UUID booking, int version, UUID branch, long hoursAhead) {
        boolean half = kind.equals("rescheduled") || kind.equals("reassigned");
        String type = half ? "changed" : kind;
        ObjectNode data = half ? half(kind) : example("booking." + type + ".v1");
        Instant start = Instant.now().truncatedTo(ChronoUnit.HOURS).plus(hoursAhead, ChronoUnit.HOURS);
        data.put("bookingId", booking.toString())
                .put("version", version)
                .put("start", start.toString())
                .put("end", start.plus(2, ChronoUnit.HOURS).toString());
        if (data.path("before").has("start")) {
            Instant before = start.plus(7, ChronoUnit.DAYS);
            ((ObjectNode) data.get("before"))
                    .put("start", before.toString())
                    .put("end", before.plus(2, ChronoUnit.HOURS).toString());
        }
        ((ObjectNode) data.get("branch")).put("id", branch.toString());
        return new Message("lectern.booking." + type + ".v1", booking, version, data);
    }

    /** Only the time changed, or everything else did. */
    public static ObjectNode half(String kind) {
        ObjectNode data = example("booking.changed.v1");
        ObjectNode before = (ObjectNode) data.get("before");
        if (kind.equals("rescheduled")) {
            data.set("lecturer", before.remove("lecturer"));
            data.set("venue", before.remove("venue"));
            data.put("reason", "礼堂检修").putArray("changed").add("time");
        } else {
            data.set("start", before.remove("start"));
            data.set("end", before.remove("end"));
            data.putArray("changed").add("lecturer").add("venue");
        }
        return data;
    }

    /** A version of a lecture request of that branch, from the contract's example. */
    public static Message request(String change, UUID request, int version, UUID branch) {
        ObjectNode data = example("request.changed.v1");
        Instant start = Instant.now().truncatedTo(ChronoUnit.HOURS).plus(10, ChronoUnit.DAYS);
        data.put("requestId", request.toString()).put("version", version).put("change", change);
        ((ObjectNode) data.get("branch")).put("id", branch.toString());
        if (change.equals("offered")) {
            ((ObjectNode) data.get("offer"))
                    .put("start", start.toString())
                    .put("end", start.plus(2, ChronoUnit.HOURS).toString())
                    .put("expiresAt", start.minus(8, ChronoUnit.DAYS).toString());
        } else {
            data.remove("offer");
            data.put("status", "WAITING");
        }
        return new Message("lectern.request.changed.v1", request, version, data);
    }

    /**
     * A version of the answer of a lecturer.
     *
     * @param lecture the version of the booking that it answers
     */
    public static Message answer(UUID answer, int version, String state, Message lecture, UUID lecturer) {
        ObjectNode data = example("lecturer-answer.changed.v1");
        data.put("answerId", answer.toString())
                .put("version", version)
                .put("bookingId", lecture.subject().toString())
                .put("bookingVersion", lecture.version())
                .put("state", state)
                .put("dueAt", Instant.now().plus(2, ChronoUnit.DAYS).toString());
        data.set("start", lecture.data().get("start"));
        data.set("end", lecture.data().get("end"));
        return new Message("lectern.lecturer-answer.changed.v1", answer, version, data).by(lecturer);
    }

    public static ObjectNode example(String name) {
        try (InputStream in = Scheduler.class.getResourceAsStream("/contract/example/" + name + ".json")) {
            return (ObjectNode) JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static RecordMetadata send(Message message) {
        return send(message.topic(), message.key(), message.bytes(), message.headers());
    }

    public static RecordMetadata send(
            String topic, byte @Nullable [] key, byte @Nullable [] value, Map<String, byte[]> headers) {
        var message = new ProducerRecord<>(topic, key, value);
        headers.forEach((name, content) -> message.headers().add(name, content));
        try {
            return kafka().send(message).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private static synchronized KafkaProducer<byte[], byte[]> kafka() {
        if (producer == null) {
            producer = new KafkaProducer<>(
                    Map.of(
                            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                            ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class)),
                    new ByteArraySerializer(),
                    new ByteArraySerializer());
        }
        return producer;
    }

    /** An event to be sent; repeated sends keep its id. */
    public record Message(
            UUID id, String type, UUID subject, int version, ObjectNode data, Map<String, byte[]> headers) {

        Message(String type, UUID subject, int version, ObjectNode data) {
            this(UUID.randomUUID(), type, subject, version, data, new LinkedHashMap<>());
            header("ce_specversion", "1.0");
            header("ce_id", id.toString());
            header("ce_source", "/lectern/scheduler");
            header("ce_type", type);
            header("ce_subject", subject.toString());
            header("ce_time", Instant.now().toString());
            header("ce_sequence", Integer.toString(version));
            header("ce_incarnation", INCARNATION.toString());
            header("content-type", "application/json");
        }

        public Message header(String name, @Nullable String value) {
            if (value == null) {
                headers.remove(name);
            } else {
                headers.put(name, value.getBytes(StandardCharsets.UTF_8));
            }
            return this;
        }

        public Message with(String member, JsonNode value) {
            data.set(member, value);
            return this;
        }

        /** Names the lecturer who gives the lecture. */
        public Message by(UUID lecturer) {
            ((ObjectNode) data.get("lecturer")).put("id", lecturer.toString());
            return this;
        }

        /** Names the lecturer before a change. */
        public Message before(UUID lecturer) {
            ((ObjectNode) data.path("before").path("lecturer")).put("id", lecturer.toString());
            return this;
        }

        public String topic() {
            return switch (type.split("\\.")[1]) {
                case "branch" -> "lectern.branches";
                case "lecturer" -> "lectern.lecturers";
                case "lecturer-answer" -> "lectern.answers";
                case "request" -> "lectern.requests";
                default -> "lectern.bookings";
            };
        }

        public byte[] key() {
            return subject.toString().getBytes(StandardCharsets.UTF_8);
        }

        public byte[] bytes() {
            return data.toString().getBytes(StandardCharsets.UTF_8);
        }
    }
}
