package org.lectern.scheduler.acknowledgement;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.problem.Refusal;
import org.lectern.scheduler.acceptance.LinkAnswers;
import org.lectern.scheduler.acceptance.LinkAnswers.LinkAnswer;
import org.lectern.scheduler.acceptance.LinkAnswers.Why;
import org.lectern.scheduler.request.OfferAnswers;
import org.lectern.scheduler.request.OfferAnswers.OfferAnswer;

/**
 * Processes answers through links: of branches to offers, and of lecturers to lectures. Each has its own transactions,
 * before the offsets of the batch are stored. After a crash in between, an answer is processed again without effect. An
 * answer that fails three times goes to quarantine.
 */
@ApplicationScoped
class LinkIntake {

    private static final String OFFER = "lectern.offer.answered.v1";
    private static final String LECTURE = "lectern.lecture.answered.v1";

    private static final Logger LOG = Logger.getLogger(LinkIntake.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_FAILURES = 3;

    /** Temporary refusals: another transaction interfered. */
    private static final Set<String> TRANSIENT = Set.of("slot-contended", "request-in-progress");

    private final OfferAnswers offers;
    private final LinkAnswers lectures;
    private final Acknowledgements acknowledgements;
    private final Sql sql;
    private final MeterRegistry metrics;
    /** Failures by position; used only by the intake thread. */
    private final Map<String, Integer> failures = new HashMap<>();

    @Inject
    LinkIntake(
            OfferAnswers offers,
            LinkAnswers lectures,
            Acknowledgements acknowledgements,
            Sql sql,
            MeterRegistry metrics) {
        this.offers = offers;
        this.lectures = lectures;
        this.acknowledgements = acknowledgements;
        this.sql = sql;
        this.metrics = metrics;
    }

    /** An answer that can be applied. */
    private record Answer(String counter, UUID subject, String outcome, Runnable apply) {}

    /** Processes the records that are answers through links. */
    void take(List<ConsumerRecord<byte[], byte[]>> records) {
        for (ConsumerRecord<byte[], byte[]> message : records) {
            if (isOne(message)) {
                take(message);
            }
        }
    }

    static boolean isOne(ConsumerRecord<byte[], byte[]> message) {
        String type = header(message, "ce_type");
        return OFFER.equals(type) || LECTURE.equals(type);
    }

    private void take(ConsumerRecord<byte[], byte[]> message) {
        Optional<Answer> found = answer(message);
        if (found.isEmpty()) {
            acknowledgements.setAside(message, "data-does-not-fit");
            return;
        }
        Answer answer = found.get();
        String position = message.topic() + "-" + message.partition() + "@" + message.offset();
        try {
            count(answer.counter(), applied(answer) ? answer.outcome() : "refused");
        } catch (RuntimeException e) {
            sql.one("SELECT 1 AS one", row -> row.number("one")); // throws if the cause is an unavailable database
            if (e instanceof Refusal || failures.merge(position, 1, Integer::sum) < MOST_FAILURES) {
                throw e; // a refusal here means that another transaction interfered
            }
            LOG.errorf(e, "An answer by link about %s cannot be applied", answer.subject());
            acknowledgements.setAside(message, "failed");
            count(answer.counter(), "failed");
        }
        failures.remove(position);
    }

    /** Whether it took effect; false if it came too late. */
    private static boolean applied(Answer answer) {
        try {
            answer.apply().run();
            return true;
        } catch (Refusal refused) {
            if (TRANSIENT.contains(refused.code()) || refused.status() >= 500) {
                throw refused;
            }
            LOG.infof("An answer by link about %s is too late: %s", answer.subject(), refused.code());
            return false;
        }
    }

    private void count(String counter, String outcome) {
        metrics.counter(counter, "outcome", outcome).increment();
    }

    private Optional<Answer> answer(ConsumerRecord<byte[], byte[]> message) {
        if (message.value() == null) {
            return Optional.empty();
        }
        try {
            JsonNode data = JSON.readTree(message.value());
            if (data.path("version").asInt() < 1) {
                return Optional.empty();
            }
            return OFFER.equals(header(message, "ce_type")) ? offer(message, data) : lecture(data);
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private Optional<Answer> offer(ConsumerRecord<byte[], byte[]> message, JsonNode data) {
        String answer = data.path("answer").asText();
        if (!answer.equals("taken") && !answer.equals("declined")) {
            return Optional.empty();
        }
        var given = new OfferAnswer(
                UUID.fromString(String.valueOf(header(message, "ce_id"))),
                id(data, "requestId"),
                id(data, "branchId"),
                data.path("version").asInt(),
                answer.equals("taken"));
        return Optional.of(new Answer("lectern.offers.answered", given.request(), answer, () -> offers.take(given)));
    }

    private Optional<Answer> lecture(JsonNode data) {
        String answer = data.path("answer").asText();
        boolean accepted = answer.equals("accepted");
        if (!accepted && !answer.equals("declined")) {
            return Optional.empty();
        }
        var given = new LinkAnswer(
                id(data, "bookingId"),
                id(data, "lecturerId"),
                data.path("version").asInt(),
                accepted
                        ? Optional.empty()
                        : Optional.of(Why.of(data.path("reason").asText())),
                Instant.parse(data.path("at").asText()));
        return Optional.of(
                new Answer("lectern.lectures.answered", given.booking(), answer, () -> lectures.take(given)));
    }

    private static UUID id(JsonNode data, String member) {
        return UUID.fromString(data.path(member).asText());
    }

    private static @Nullable String header(ConsumerRecord<byte[], byte[]> message, String name) {
        Header header = message.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
