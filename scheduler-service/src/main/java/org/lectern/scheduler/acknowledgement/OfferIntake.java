package org.lectern.scheduler.acknowledgement;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.problem.Refusal;
import org.lectern.scheduler.request.OfferAnswers;
import org.lectern.scheduler.request.OfferAnswers.OfferAnswer;

/**
 * Processes answers to offers, each in its own transactions, before the offsets of the batch are stored. After a crash
 * in between, an answer is processed again without effect. An answer that fails three times goes to quarantine.
 */
@ApplicationScoped
class OfferIntake {

    /** The event type of answers to offers. */
    static final String TYPE = "lectern.offer.answered.v1";

    private static final Logger LOG = Logger.getLogger(OfferIntake.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_FAILURES = 3;

    private final OfferAnswers offers;
    private final Acknowledgements acknowledgements;
    private final Sql sql;
    private final MeterRegistry metrics;
    /** Failures by position; used only by the intake thread. */
    private final Map<String, Integer> failures = new HashMap<>();

    @Inject
    OfferIntake(OfferAnswers offers, Acknowledgements acknowledgements, Sql sql, MeterRegistry metrics) {
        this.offers = offers;
        this.acknowledgements = acknowledgements;
        this.sql = sql;
        this.metrics = metrics;
    }

    /** Processes the records that answer offers. */
    void take(List<ConsumerRecord<byte[], byte[]>> records) {
        for (ConsumerRecord<byte[], byte[]> message : records) {
            if (isOne(message)) {
                take(message);
            }
        }
    }

    static boolean isOne(ConsumerRecord<byte[], byte[]> message) {
        return TYPE.equals(header(message, "ce_type"));
    }

    private void take(ConsumerRecord<byte[], byte[]> message) {
        Optional<OfferAnswer> answer = answer(message);
        if (answer.isEmpty()) {
            acknowledgements.setAside(message, "data-does-not-fit");
            return;
        }
        String position = message.topic() + "-" + message.partition() + "@" + message.offset();
        try {
            Optional<String> refused = offers.take(answer.get());
            refused.ifPresent(code -> LOG.infof(
                    "An answer to the offer of request %s is too late: %s",
                    answer.get().request(), code));
            count(refused.isPresent() ? "refused" : answer.get().taken() ? "taken" : "declined");
        } catch (RuntimeException e) {
            sql.one("SELECT 1 AS one", row -> row.number("one")); // throws if the cause is an unavailable database
            if (e instanceof Refusal || failures.merge(position, 1, Integer::sum) < MOST_FAILURES) {
                throw e; // a refusal here means that another transaction interfered
            }
            LOG.errorf(
                    e,
                    "An answer to the offer of request %s cannot be applied",
                    answer.get().request());
            acknowledgements.setAside(message, "failed");
            count("failed");
        }
        failures.remove(position);
    }

    private void count(String outcome) {
        metrics.counter("lectern.offers.answered", "outcome", outcome).increment();
    }

    private static Optional<OfferAnswer> answer(ConsumerRecord<byte[], byte[]> message) {
        if (message.value() == null) {
            return Optional.empty();
        }
        try {
            JsonNode data = JSON.readTree(message.value());
            int version = data.path("version").asInt();
            String answer = data.path("answer").asText();
            if (version < 1 || !(answer.equals("taken") || answer.equals("declined"))) {
                return Optional.empty();
            }
            return Optional.of(new OfferAnswer(
                    UUID.fromString(String.valueOf(header(message, "ce_id"))),
                    UUID.fromString(data.path("requestId").asText()),
                    UUID.fromString(data.path("branchId").asText()),
                    version,
                    answer.equals("taken")));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static @Nullable String header(ConsumerRecord<byte[], byte[]> message, String name) {
        Header header = message.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
