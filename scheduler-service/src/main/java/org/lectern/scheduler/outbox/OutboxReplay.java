package org.lectern.scheduler.outbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.database.Transactions;
import org.lectern.chassis.problem.InvalidRequest;
import org.lectern.chassis.problem.Violation;
import org.lectern.chassis.time.Uuid7;
import org.lectern.scheduler.event.EventCatalog;

/**
 * Replays events to Kafka under the same ids, so that consumers recognize them, and in version order. It sends every
 * event of an aggregate from the first selected one to the latest. The last record of a key stays the latest, as
 * compacted topics need.
 */
@ApplicationScoped
class OutboxReplay {

    private static final int MOST_LISTED = 100;

    /** The first selected version of each aggregate. */
    private static final String FIRST = """
            WITH first AS (
                SELECT aggregate_id, min(version) AS version FROM outbox
                WHERE (cast(? AS uuid) IS NULL OR aggregate_id = cast(? AS uuid))
                  AND version >= ?
                  AND written_at >= cast(? AS timestamptz) AND written_at < cast(? AS timestamptz)
                  AND (cast(? AS text) IS NULL OR topic = cast(? AS text))
                GROUP BY aggregate_id)
            """;

    /** Events already in the queue move to its end, behind their earlier versions. */
    private static final String REQUEUE = FIRST + """
            , again AS (
                UPDATE outbox o
                SET requeued_at = ?
                FROM first
                WHERE o.aggregate_id = first.aggregate_id AND o.version >= first.version
                  AND (o.requeued_at IS NULL OR o.requeued_at < ?)
                  AND (? OR o.version > (SELECT max(v.version) FROM outbox v
                                         WHERE v.aggregate_id = o.aggregate_id AND v.requeued_at = ?))
                RETURNING o.id, o.aggregate_id, o.version, o.topic, o.requeued_at),
            moved AS (
                DELETE FROM outbox_queue USING again WHERE outbox_queue.id = again.id)
            INSERT INTO outbox_queue (id, aggregate_id, version, topic, queued_at)
            SELECT id, aggregate_id, version, topic, requeued_at FROM again ORDER BY version, id
            """;

    private final Sql sql;
    private final OutboxConfig config;
    private final OutboxRelay relay;
    private final ObjectMapper json;

    @Inject
    OutboxReplay(Sql sql, OutboxConfig config, OutboxRelay relay, ObjectMapper json) {
        this.sql = sql;
        this.config = config;
        this.relay = relay;
        this.json = json;
    }

    /** Counts the events that a replay would send. */
    ReplayView rehearse(ReplayRequest request) {
        return count(request, selection(request));
    }

    /**
     * Puts the events back into the queue.
     *
     * @throws InvalidRequest when there are too many for one replay
     */
    ReplayView replay(ReplayRequest request, String actor) {
        List<@Nullable Object> selection = selection(request);
        UUID id = Uuid7.next();
        // the database's clock, common to all processes, distinguishes this replay from others
        Instant at =
                sql.one("SELECT clock_timestamp() AS at", row -> row.time("at")).orElseThrow();
        String asked = write(request);
        ReplayView replay = Transactions.inNew(() -> {
            ReplayView counted = count(request, selection);
            requeue(selection, at, true);
            sql.update(
                    "INSERT INTO outbox_replay (id, at, actor, reason, selection, events, aggregates)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                    id,
                    at,
                    actor,
                    request.reason(),
                    asked,
                    counted.events(),
                    counted.aggregates());
            return new ReplayView(id, at, actor, request.reason(), asked, counted.events(), counted.aggregates());
        });
        // a concurrently written event may have been sent before the replayed ones; it must follow them once more
        while (Transactions.inNew(() -> requeue(selection, at, false)) > 0) {
            relay.wake();
        }
        relay.wake();
        return replay;
    }

    private int requeue(List<@Nullable Object> selection, Instant at, boolean first) {
        // a relay with claimed events would delete them from the queue right after this re-adds them
        sql.list("SELECT set_config('lock_timeout', '30s', true) AS set", row -> row.text("set"));
        sql.list(OutboxRelay.CLOSE_LANES, row -> true);
        List<@Nullable Object> parameters = new ArrayList<>(selection);
        parameters.addAll(List.of(at, at, first, at));
        return sql.update(REQUEUE, parameters.toArray());
    }

    private ReplayView count(ReplayRequest request, List<@Nullable Object> selection) {
        ReplayView counted = sql.one(
                        FIRST
                                + "SELECT count(*) AS events, count(DISTINCT o.aggregate_id) AS aggregates FROM outbox o"
                                + " JOIN first ON o.aggregate_id = first.aggregate_id AND o.version >= first.version",
                        row -> new ReplayView(
                                null, null, null, null, null, row.number("events"), row.number("aggregates")),
                        selection.toArray())
                .orElseThrow();
        if (counted.events() > config.maxReplayedEvents()) {
            throw new InvalidRequest(
                    request.aggregateId() == null ? "/from" : "/aggregateId",
                    "replay.too-many",
                    counted.events(),
                    config.maxReplayedEvents());
        }
        return counted;
    }

    /** The parameters of {@link #FIRST}. */
    private static List<@Nullable Object> selection(ReplayRequest request) {
        List<Violation> violations = new ArrayList<>();
        if (request.aggregateId() == null && request.from() == null) {
            violations.add(new Violation("", "replay.of-what"));
        }
        if (request.fromVersion() != null && request.aggregateId() == null) {
            violations.add(new Violation("/fromVersion", "replay.version-of-what"));
        }
        if (request.from() != null && request.to() != null && !request.to().isAfter(request.from())) {
            violations.add(new Violation("/to", "window.until-after-from"));
        }
        Set<String> topics = Arrays.stream(EventCatalog.values())
                .map(EventCatalog::topic)
                .collect(Collectors.toCollection(TreeSet::new));
        if (request.topic() != null && !topics.contains(request.topic())) {
            violations.add(new Violation("/topic", "one-of", String.join(", ", topics)));
        }
        InvalidRequest.unlessEmpty(violations);
        OffsetDateTime from = request.from();
        OffsetDateTime to = request.to();
        return Arrays.asList(
                request.aggregateId(),
                request.aggregateId(),
                request.fromVersion() == null ? 1 : request.fromVersion(),
                from == null ? OffsetDateTime.MIN : from.toInstant(),
                to == null ? OffsetDateTime.MAX : to.toInstant(),
                request.topic(),
                request.topic());
    }

    /** The replays, the latest first. */
    List<ReplayView> list() {
        return sql.list(
                "SELECT id, at, actor, reason, selection, events, aggregates FROM outbox_replay ORDER BY at DESC LIMIT ?",
                row -> new ReplayView(
                        row.id("id"),
                        row.time("at"),
                        row.text("actor"),
                        row.text("reason"),
                        row.text("selection"),
                        row.number("events"),
                        row.number("aggregates")),
                MOST_LISTED);
    }

    /** The events that Kafka refused, the oldest first. */
    List<OutboxView.Rejected> rejected() {
        return sql.list(
                """
                SELECT o.id, o.aggregate_id, o.version, o.topic, o.type, o.written_at,
                       q.failures, q.last_failure, q.next_attempt_at
                FROM outbox_queue q JOIN outbox o ON o.id = q.id
                WHERE q.failures > 0 ORDER BY o.written_at, o.id LIMIT ?""",
                row -> new OutboxView.Rejected(
                        row.id("id"),
                        row.id("aggregate_id"),
                        row.number("version"),
                        row.text("topic"),
                        row.text("type"),
                        row.time("written_at"),
                        row.number("failures"),
                        row.textOrNull("last_failure"),
                        row.timeOrNull("next_attempt_at")),
                MOST_LISTED);
    }

    private String write(ReplayRequest request) {
        try {
            return json.writeValueAsString(request);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a replay cannot be written as JSON", e);
        }
    }
}
