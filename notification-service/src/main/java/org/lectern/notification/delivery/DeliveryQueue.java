package org.lectern.notification.delivery;

import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.database.Sql.Row;
import org.lectern.chassis.database.Transactions;
import org.lectern.chassis.time.Zones;
import org.lectern.notification.directory.EndpointSwitch;
import org.lectern.notification.directory.FormerSecrets;
import org.lectern.notification.directory.RecipientKind;
import org.lectern.notification.directory.Troubles;
import org.lectern.notification.directory.breaker.Breakers;
import org.lectern.notification.link.Links;
import org.lectern.notification.preference.DeliveryPreferences;

/**
 * The delivery queue. A claim gives a lease, timed by the database's clock. An expired lease can be claimed again with
 * a higher epoch; then results under the earlier lease are ignored. Attempts are counted at the claim, so a message
 * that crashes its process is given up eventually.
 */
@ApplicationScoped
class DeliveryQueue {

    /** An attempt that succeeded or has no known result. */
    static final String MAY_HAVE_ARRIVED = """
            (a.outcome IS NULL OR a.outcome = 'DELIVERED'
             OR a.answer IN ('timeout', 'no-connection', 'no-code', 'failed'))""";

    /** Leases the selected deliveries, records the attempts, and returns what to send. */
    private static final String TAKE = """
            claimed AS (
                UPDATE delivery d
                SET state = 'LEASED', lease_until = now() + ? * interval '1 millisecond',
                    lease_epoch = d.lease_epoch + 1, attempts = d.attempts + 1, waits_for = NULL
                WHERE d.id = ANY (ARRAY(SELECT id FROM chosen))
                RETURNING d.id, d.notice_id, d.endpoint_id, d.subject_id, d.channel, d.attempts, d.attempts_before,
                          d.lease_epoch, d.next_attempt_at, d.planned_at, d.message, d.traceparent, d.expires_at),
            logged AS (
                INSERT INTO delivery_attempt (delivery_id, number, started_at)
                SELECT id, attempts, clock_timestamp() FROM claimed)
            SELECT c.id, c.channel, c.attempts, c.attempts_before, c.lease_epoch, c.next_attempt_at,
                   c.traceparent, c.message,
                   c.endpoint_id, b.kind AS recipient, e.branch_id, e.address, e.secret, c.subject_id,
                   %2$s AS former_secrets,
                   coalesce(c.planned_at > now(), false) AS early,
                   n.locale, n.title, n.body, n.urgent, n.id AS notice_id, n.sequence, n.kind, n.booking_id, n.request_id,
                   n.version, n.starts_at, n.ends_at, n.created_at, c.expires_at,
                   e.unsubscribed_at IS NOT NULL AND NOT starts_with(n.kind, 'ENDPOINT')
                           AND NOT (n.repeats IS NULL AND EXISTS (
                           SELECT 1 FROM delivery earlier
                           WHERE earlier.subject_id = c.subject_id AND earlier.endpoint_id = c.endpoint_id
                             AND earlier.sequence < n.sequence
                             AND (earlier.state = 'DELIVERED' OR EXISTS (
                                     SELECT 1 FROM delivery_attempt a WHERE a.delivery_id = earlier.id AND %1$s)))) AS unsubscribed,
                   b.zone, p.quiet_from, p.quiet_until, CASE WHEN e.unsubscribed_at IS NULL THEN p.digest_at END AS digest_at,
                   c.attempts > 1 AND EXISTS (
                           SELECT 1 FROM delivery_attempt a
                           WHERE a.delivery_id = c.id AND a.number < c.attempts
                             AND %1$s) AS repeated
            FROM claimed c JOIN endpoint e ON e.id = c.endpoint_id JOIN notice n ON n.id = c.notice_id
            JOIN recipient b ON b.id = e.branch_id LEFT JOIN recipient_preference p ON p.branch_id = e.branch_id
            ORDER BY n.sequence""".formatted(MAY_HAVE_ARRIVED, FormerSecrets.OF_E);

    /**
     * An earlier delivery of the same booking blocks a later one. A delivery that waits for its retry does not block: a
     * newer notice supersedes it, and urgent notices do not wait.
     */
    private static final String BLOCKS = """
            earlier.endpoint_id = d.endpoint_id AND earlier.subject_id = d.subject_id
            AND earlier.sequence < d.sequence AND earlier.state IN ('READY', 'LEASED', 'PARKED')
            AND (earlier.state <> 'READY' OR earlier.next_attempt_at <= now()
                 OR earlier.waits_for IN ('further-changes', 'budget'))""";

    /** Claims only the first delivery of a retried message; {@link #CLAIM_MESSAGE} claims the others. */
    private static final String LEADS = """
            (d.message IS NULL OR NOT EXISTS (
                SELECT 1 FROM delivery before
                WHERE before.message = d.message AND before.sequence < d.sequence AND before.state IN ('READY', 'LEASED')))""";

    /**
     * Round robin: takes the endpoints with waiting deliveries from the index. For each enabled endpoint with a
     * permitting breaker, it selects the few longest due. So the cost per endpoint does not depend on its backlog, and
     * no endpoint exceeds its concurrency limit.
     *
     * <p>Per booking (or request) and endpoint, a delivery waits for an earlier one that is due or under way. So a
     * cancellation never arrives before the lecture's notice; see {@link #BLOCKS}. An open breaker after its pause lets
     * one delivery pass as a probe. The breaker is locked with it, so no other process sends a second probe. The state
     * is checked again under the row lock, because another process may have claimed the delivery.
     */
    private static final String BY_ENDPOINT = """
            WITH RECURSIVE line AS (
                (SELECT d.endpoint_id FROM delivery d WHERE d.state = 'READY' ORDER BY d.endpoint_id LIMIT 1)
                UNION ALL
                SELECT (SELECT d.endpoint_id FROM delivery d
                        WHERE d.state = 'READY' AND d.endpoint_id > line.endpoint_id
                        ORDER BY d.endpoint_id LIMIT 1)
                FROM line WHERE line.endpoint_id IS NOT NULL),
            open_line AS MATERIALIZED (
                SELECT e.id, e.channel, b.open_until IS NOT NULL AS probes
                FROM line
                JOIN endpoint e ON e.id = line.endpoint_id AND e.usable
                LEFT JOIN endpoint_breaker b ON b.endpoint_id = e.id
                WHERE b.open_until IS NULL OR b.open_until <= now()),
            turn AS (
                SELECT d.id, d.since, d.sequence, e.probes
                FROM open_line e
                CROSS JOIN LATERAL (
                    SELECT due.id, due.next_attempt_at AS since, due.sequence,
                           row_number() OVER (ORDER BY due.next_attempt_at, due.sequence) AS rank
                    FROM (SELECT d.id, d.next_attempt_at, d.sequence
                          FROM delivery d
                          WHERE d.endpoint_id = e.id AND d.state = 'READY' AND d.next_attempt_at <= now()
                            AND (SELECT earlier.id FROM delivery earlier
                                 WHERE %2$s LIMIT 1) IS NULL
                            AND %3$s
                          ORDER BY d.next_attempt_at, d.sequence
                          LIMIT %1$d) due) d
                WHERE d.rank <= CASE WHEN e.probes THEN 1
                                     ELSE CASE WHEN e.channel = ANY (?) THEN 1 ELSE %1$d END
                                          - (SELECT count(*) FROM delivery u
                                             WHERE u.endpoint_id = e.id AND u.state = 'LEASED') END),
            """;

    /**
     * The same selection, starting with the longest due deliveries of any endpoint. The result equals the round robin
     * as long as it finds enough, or there are no more. So a claim reads only the next few, even when ten thousand
     * endpoints have waiting deliveries.
     */
    private static final String BY_AGE = """
            WITH due AS MATERIALIZED (
                SELECT d.id, d.endpoint_id, d.subject_id, d.sequence, d.next_attempt_at, d.message
                FROM delivery d
                WHERE d.state = 'READY' AND d.next_attempt_at <= now()
                ORDER BY d.next_attempt_at, d.sequence
                LIMIT %4$d),
            heads AS MATERIALIZED (
                SELECT d.id, d.endpoint_id, d.sequence, d.next_attempt_at, e.channel, e.probes
                FROM due d
                CROSS JOIN LATERAL (
                    SELECT e.channel, b.open_until IS NOT NULL AS probes
                    FROM endpoint e LEFT JOIN endpoint_breaker b ON b.endpoint_id = e.id
                    WHERE e.id = d.endpoint_id AND e.usable AND (b.open_until IS NULL OR b.open_until <= now())
                    OFFSET 0) e -- OFFSET 0 forces a look-up of each by key
                WHERE (SELECT earlier.id FROM delivery earlier
                       WHERE %2$s LIMIT 1) IS NULL
                  AND %3$s
                ORDER BY d.next_attempt_at, d.sequence
                LIMIT ?),
            turn AS (
                SELECT d.id, d.next_attempt_at AS since, d.sequence, d.probes
                FROM (SELECT h.*, row_number() OVER (PARTITION BY h.endpoint_id
                                                     ORDER BY h.next_attempt_at, h.sequence) AS rank
                      FROM heads h) d
                WHERE d.rank <= CASE WHEN d.probes THEN 1
                                     ELSE CASE WHEN d.channel = ANY (?) THEN 1 ELSE %1$d END
                                          - (SELECT count(*) FROM delivery u
                                             WHERE u.endpoint_id = d.endpoint_id AND u.state = 'LEASED') END),
            """;

    /** The time since which a delivery waits for a claim: its due time, or the expiry of its lease. */
    private static final String SINCE =
            "CASE d.state WHEN 'READY' THEN d.next_attempt_at WHEN 'LEASED' THEN d.lease_until END";

    /**
     * Selects the longest due deliveries among candidates and expired leases.
     *
     * <p>For an empty table or partial index, PostgreSQL prefers a scan, and it keeps that plan when the table has
     * grown. So rows are looked up by key lists, which leave no join to plan. The state is read with CASE, so the
     * planner cannot choose a partial index.
     */
    private static final String CHOOSE = """
            candidate AS (
                SELECT id, since, sequence, probes FROM turn
                UNION ALL
                SELECT d.id, d.lease_until, d.sequence, b.open_until IS NOT NULL
                FROM delivery d
                JOIN endpoint e ON e.id = d.endpoint_id AND e.usable
                LEFT JOIN endpoint_breaker b ON b.endpoint_id = e.id
                WHERE d.state = 'LEASED' AND d.lease_until < now() AND (b.open_until IS NULL OR b.open_until <= now())
                  AND %2$s),
            ordinary AS (
                SELECT d.id, %1$s AS since, d.sequence
                FROM delivery d
                WHERE d.id = ANY (ARRAY(SELECT c.id FROM candidate c WHERE NOT c.probes))
                  AND %1$s <= now()
                ORDER BY since, d.sequence, d.id
                LIMIT ?
                FOR UPDATE OF d SKIP LOCKED),
            probe AS (
                SELECT d.id, %1$s AS since, d.sequence,
                       b.endpoint_id
                FROM delivery d
                JOIN endpoint_breaker b ON b.endpoint_id = d.endpoint_id
                WHERE d.id = ANY (ARRAY(SELECT c.id FROM candidate c WHERE c.probes)) AND b.open_until <= now()
                  AND %1$s <= now()
                ORDER BY since, d.sequence, d.id
                LIMIT ?
                FOR UPDATE OF d, b SKIP LOCKED),
            one_probe AS (
                SELECT DISTINCT ON (endpoint_id) id, since, sequence, endpoint_id
                FROM probe ORDER BY endpoint_id, since, sequence, id),
            chosen AS (
                SELECT id FROM (SELECT id, since, sequence FROM ordinary
                                UNION ALL SELECT id, since, sequence FROM one_probe) both_kinds
                ORDER BY since, sequence, id LIMIT ?),
            probing AS (
                UPDATE endpoint_breaker b
                SET open_until = now() + ? * interval '1 millisecond',
                    probe = (SELECT p.id FROM one_probe p WHERE p.endpoint_id = b.endpoint_id)
                WHERE b.endpoint_id = ANY (
                    ARRAY(SELECT p.endpoint_id FROM one_probe p JOIN chosen ON chosen.id = p.id))),
            """.formatted(SINCE, LEADS) + TAKE;

    /**
     * Makes a claim read its few rows from the index in order, whatever the statistics say. Otherwise PostgreSQL
     * sometimes sorts all waiting deliveries of an endpoint to keep eight. With ten thousand waiting, that costs a
     * thousand times as much. The plan is made once, because planning took twice as long as execution.
     */
    private static final String[] FEW_FROM_THE_INDEX = {"enable_bitmapscan", "enable_sort"};

    /** Other due deliveries for the same endpoint, from a digest or not; the first of each booking. */
    private static final String CLAIM_TOGETHER = """
            WITH chosen AS (
                SELECT d.id FROM delivery d
                WHERE d.endpoint_id = ? AND d.state = 'READY' AND d.next_attempt_at <= now()
                  AND (coalesce(d.waits_for, '') = 'digest') = ? AND d.message IS NULL
                  AND NOT EXISTS (SELECT 1 FROM endpoint_breaker b WHERE b.endpoint_id = d.endpoint_id)
                  AND NOT EXISTS (SELECT 1 FROM delivery earlier WHERE %s AND earlier.id <> ALL (?))
                ORDER BY d.sequence LIMIT ?
                FOR UPDATE SKIP LOCKED),
            """.formatted(BLOCKS) + TAKE;

    /** The other deliveries of a retried message, under any lease. The holder of the first holds all. */
    private static final String CLAIM_MESSAGE = """
            WITH chosen AS (
                SELECT d.id FROM delivery d
                WHERE d.endpoint_id = ? AND d.message = ? AND d.id <> ALL (?) AND d.state IN ('READY', 'LEASED')
                ORDER BY d.sequence FOR UPDATE),
            """ + TAKE;

    private static final String BIND = "UPDATE delivery SET message = ? WHERE id = ANY (?) AND state = 'LEASED'";

    /** The number of longest due deliveries that are read before all endpoints are. */
    private static final int WINDOW = 128;

    /** Candidates read per wanted delivery, because some have no free slot or another process takes them. */
    private static final int HEADS_PER_PLACE = 2;

    private static final String STILL_DUE = """
            SELECT count(*) AS due FROM (
                SELECT 1 FROM delivery d WHERE d.state = 'READY' AND d.next_attempt_at <= now() LIMIT %d) waiting""".formatted(WINDOW);

    private static final String LOG = """
            UPDATE delivery_attempt SET ended_at = clock_timestamp(), outcome = ?, answer = ?
            WHERE delivery_id = ? AND number = ?""";

    private static final String FINISH = """
            UPDATE delivery SET state = 'DEAD', reason = ?, lease_until = NULL, finished_at = clock_timestamp()
            WHERE id = ? AND lease_epoch = ? AND state = 'LEASED'""";

    /**
     * Serialises with a concurrent writer of the same booking. Either this attempt sees the new notices, or the writer
     * sees this attempt's result.
     */
    private static final String LOCK_SUBJECT = "SELECT 1 AS one FROM subject_view WHERE subject_id = ? FOR SHARE";

    /** Ends deliveries that a later notice for the same endpoint supersedes. */
    private static final String SUPERSEDE = """
            UPDATE delivery d
            SET state = 'SUPERSEDED', reason = 'superseded', superseded_by = news.id, lease_until = NULL,
                finished_at = clock_timestamp(), attempts = d.attempts - ?
            FROM (SELECT later.id FROM delivery own
                  JOIN delivery later ON later.endpoint_id = own.endpoint_id AND later.subject_id = own.subject_id
                                     AND later.sequence > own.sequence
                  JOIN notice n ON n.id = later.notice_id
                  WHERE own.id = ? AND later.state IN ('READY', 'PARKED', 'LEASED') AND n.repeats IS NULL
                  ORDER BY later.sequence DESC LIMIT 1) news
            WHERE d.id = ? AND d.lease_epoch = ? AND d.state = 'LEASED'""";

    /**
     * The next state depends on the endpoint's state now and on the expiry. An attempt that was brought forward does
     * not use up a retry: the next one keeps its planned time.
     */
    private static final String RETRY = """
            UPDATE delivery d
            SET (state, reason, finished_at) = (
                    SELECT CASE WHEN e.removed_at IS NOT NULL OR later.at > d.expires_at THEN 'DEAD'
                                WHEN e.usable THEN 'READY' ELSE 'PARKED' END,
                           CASE WHEN e.removed_at IS NOT NULL THEN 'endpoint-removed'
                                WHEN later.at > d.expires_at THEN 'expired' END,
                           CASE WHEN e.removed_at IS NOT NULL OR later.at > d.expires_at THEN clock_timestamp() END
                    FROM endpoint e WHERE e.id = d.endpoint_id),
                next_attempt_at = later.at,
                waits_for = CASE WHEN later.named THEN 'receiver' END,
                planned_at = CASE WHEN later.early THEN d.planned_at END,
                attempts_before = d.attempts_before + CASE WHEN later.early THEN 1 ELSE 0 END,
                lease_until = NULL
            FROM (SELECT own.id, own.early, greatest(own.at, named.at) AS at, coalesce(named.at > own.at, false) AS named
                  FROM (SELECT o.id, coalesce(o.planned_at > now(), false) AS early,
                               CASE WHEN o.planned_at > now() THEN o.planned_at
                                    ELSE now() + ? * interval '1 millisecond' END AS at
                        FROM delivery o WHERE o.id = ?) own,
                       (SELECT cast(? AS timestamptz) AS at) named) later
            WHERE d.id = later.id AND d.lease_epoch = ? AND d.state = 'LEASED'""";

    private static final String PARK = """
            UPDATE delivery SET state = 'PARKED', next_attempt_at = clock_timestamp(), lease_until = NULL
            WHERE id = ? AND lease_epoch = ? AND state = 'LEASED'""";

    private static final String DEFER = """
            UPDATE delivery d
            SET state = CASE WHEN e.usable THEN 'READY' ELSE 'PARKED' END, next_attempt_at = ?, waits_for = ?,
                lease_until = NULL, attempts = d.attempts - 1,
                message = CASE WHEN d.attempts - 1 > d.attempts_before THEN d.message END
            FROM endpoint e
            WHERE e.id = d.endpoint_id AND d.id = ? AND d.lease_epoch = ? AND d.state = 'LEASED'""";

    private static final String EXPIRE = """
            UPDATE delivery
            SET state = 'DEAD', reason = 'expired', lease_until = NULL, finished_at = clock_timestamp()
            WHERE expires_at < now() AND (state IN ('READY', 'PARKED') OR state = 'LEASED' AND lease_until < now())""";

    private final Sql sql;
    private final DeliveryConfig config;
    private final Breakers breakers;
    private final EndpointSwitch endpoints;
    private final Troubles troubles;
    private final DeliveryConfirmations arrivals;
    private final Links links;
    private final List<String> together;
    private final RetrySchedule schedule;
    private final String claim;
    private final String claimByAge;

    @Inject
    DeliveryQueue(
            Sql sql,
            DeliveryConfig config,
            Breakers breakers,
            EndpointSwitch endpoints,
            Troubles troubles,
            DeliveryConfirmations arrivals,
            Links links,
            @All List<Channel> channels) {
        this.sql = sql;
        this.config = config;
        this.breakers = breakers;
        this.endpoints = endpoints;
        this.troubles = troubles;
        this.arrivals = arrivals;
        this.links = links;
        this.together = channels.stream()
                .filter(channel -> channel.together() > 1)
                .map(Channel::name)
                .toList();
        this.schedule = new RetrySchedule(config.retrySchedule());
        // a literal, because with a parameter PostgreSQL plans for a tenth of all rows
        this.claim = (BY_ENDPOINT + CHOOSE).formatted(config.concurrencyPerEndpoint(), BLOCKS, LEADS);
        this.claimByAge = (BY_AGE + CHOOSE).formatted(config.concurrencyPerEndpoint(), BLOCKS, LEADS, WINDOW);
    }

    /**
     * The result of a claim.
     *
     * @param more whether another due delivery can be claimed after an attempt has ended
     */
    record Claimed(List<Lease> leases, boolean more) {}

    /** Claims up to that number of due deliveries. */
    Claimed claim(int most) {
        return Transactions.inNew(() -> claimWithin(most));
    }

    /** Claims within the running transaction. */
    Claimed claimWithin(int most) {
        fewFromTheIndex();
        List<Lease> claimed = new ArrayList<>();
        int first = Math.min(most * HEADS_PER_PLACE, WINDOW);
        // then the whole window, because blocked deliveries may have hidden others in the first read
        for (int heads : IntStream.of(first, WINDOW).distinct().toArray()) {
            claimed.addAll(claimByAge(most - claimed.size(), heads));
            if (claimed.size() >= most) {
                return new Claimed(claimed, true);
            }
            int left = sql.one(STILL_DUE, row -> row.number("due")).orElseThrow();
            if (left + claimed.size() < heads) {
                return new Claimed(claimed, left > 0); // all due deliveries were read
            }
        }
        claimed.addAll(sql.list(claim, this::lease, parametersOfClaim(most - claimed.size())));
        return new Claimed(claimed, true);
    }

    private List<Lease> claimByAge(int most, int heads) {
        List<@Nullable Object> parameters = new ArrayList<>(List.of(heads));
        parameters.addAll(Arrays.asList(parametersOfClaim(most)));
        return sql.list(claimByAge, this::lease, parameters.toArray());
    }

    private void fewFromTheIndex() {
        sql.planOnce(FEW_FROM_THE_INDEX);
    }

    /** Claims other due deliveries for the endpoint of the given ones, from a digest or not. */
    List<Lease> claimTogether(List<Lease> taken, boolean digest, int most) {
        UUID endpoint = taken.getFirst().letter().to().endpointId();
        return Transactions.inNew(() -> sql.list(
                CLAIM_TOGETHER,
                this::lease,
                endpoint,
                digest,
                ids(taken),
                most,
                config.lease().toMillis()));
    }

    /** Claims the other deliveries of an earlier message. */
    List<Lease> claimMessage(List<Lease> taken) {
        Lease first = taken.getFirst();
        return Transactions.inNew(() -> sql.list(
                CLAIM_MESSAGE,
                this::lease,
                first.letter().to().endpointId(),
                first.message(),
                ids(taken),
                config.lease().toMillis()));
    }

    /** Binds deliveries to one message: every process will retry them together, also after an unknown result. */
    void bind(List<Lease> message) {
        UUID id = OutgoingMessage.messageId(message.stream().map(Lease::letter).toList());
        if (!message.stream().allMatch(lease -> id.equals(lease.message()))) {
            Transactions.inNew(() -> sql.update(BIND, id, ids(message)));
        }
    }

    private static List<UUID> ids(List<Lease> leases) {
        return leases.stream().map(lease -> lease.letter().deliveryId()).toList();
    }

    /** The query plan of a claim. A test uses it to check that a claim reads few rows. */
    String planOfClaim(int most) {
        fewFromTheIndex();
        return String.join(
                "\n",
                sql.list(
                        "EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, FORMAT JSON) " + claim,
                        row -> row.text("QUERY PLAN"),
                        parametersOfClaim(most)));
    }

    private @Nullable Object[] parametersOfClaim(int most) {
        long lease = config.lease().toMillis();
        return new @Nullable Object[] {together, most, most, most, lease, lease};
    }

    private Lease lease(Row row) throws SQLException {
        return new Lease(
                new OutgoingMessage(
                        row.id("id"),
                        row.number("attempts"),
                        row.flag("repeated"),
                        new OutgoingMessage.Addressee(
                                row.id("endpoint_id"),
                                RecipientKind.valueOf(row.text("recipient")),
                                row.id("branch_id"),
                                row.text("address"),
                                row.textOrNull("secret"),
                                FormerSecrets.read(row.textOrNull("former_secrets"))),
                        row.id("subject_id"),
                        row.text("locale"),
                        row.text("title"),
                        row.text("body"),
                        row.flag("urgent"),
                        new OutgoingMessage.About(
                                row.id("notice_id"),
                                row.bigNumber("sequence"),
                                row.text("kind"),
                                row.idOrNull("booking_id"),
                                row.idOrNull("request_id"),
                                row.number("version"),
                                row.timeOrNull("starts_at"),
                                row.timeOrNull("ends_at"),
                                row.time("created_at")),
                        answerPage(row)),
                row.text("channel"),
                row.bigNumber("lease_epoch"),
                row.time("next_attempt_at"),
                row.number("attempts") - row.number("attempts_before") - (row.flag("early") ? 1 : 0),
                new DeliveryPreferences(
                        Zones.of(row.text("zone")),
                        time(row.textOrNull("quiet_from")),
                        time(row.textOrNull("quiet_until")),
                        time(row.textOrNull("digest_at"))),
                row.flag("unsubscribed"),
                row.time("expires_at"),
                row.textOrNull("traceparent"),
                row.idOrNull("message"));
    }

    private OutgoingMessage.@Nullable AnswerPage answerPage(Row row) throws SQLException {
        UUID notice = row.id("notice_id");
        UUID endpoint = row.id("endpoint_id");
        if (row.idOrNull("booking_id") != null) {
            return links.of(notice, endpoint)
                    .map(url -> new OutgoingMessage.AnswerPage(OutgoingMessage.Asks.ACKNOWLEDGEMENT, url))
                    .orElse(null);
        }
        if (row.text("kind").equals("REQUEST_OFFERED")) {
            return links.ofOffer(notice, endpoint)
                    .map(url -> new OutgoingMessage.AnswerPage(OutgoingMessage.Asks.OFFER, url))
                    .orElse(null);
        }
        return null;
    }

    private static @Nullable LocalTime time(@Nullable String time) {
        return time == null ? null : LocalTime.parse(time);
    }

    /** Whether there were more attempts than allowed, because earlier ones ended without a result. */
    boolean exhausted(List<Lease> message) {
        return message.stream().allMatch(lease -> lease.attemptOfSeries() > schedule.attempts());
    }

    /**
     * Records the outcome of a message for all its deliveries, with a common retry time. The row lock decides first
     * whether the outcome counts; only outcomes that count affect the endpoint.
     *
     * @return the leases that count; for the others the lease has passed on, and the attempt is only logged
     */
    List<Lease> complete(List<Lease> message, DeliveryOutcome outcome) {
        UUID endpoint = message.getFirst().letter().to().endpointId();
        return switch (outcome) {
            case DeliveryOutcome.Delivered delivered -> arrivals.note(message, delivered.answer());
            case DeliveryOutcome.Failed failed ->
                Transactions.inNew(() -> {
                    List<Lease> counts =
                            ended(message, "FAILED", failed.reason(), lease -> finish(lease, failed.reason()));
                    if (exhausted(message)) {
                        counts.forEach(lease -> toldNothing(endpoint, lease));
                    } else if (!counts.isEmpty()) {
                        breakers.answered(endpoint);
                    }
                    return counts;
                });
            case DeliveryOutcome.EndpointGone gone ->
                Transactions.inNew(() -> {
                    List<Lease> counts = ended(message, "RETRY", gone.reason(), this::park);
                    if (!counts.isEmpty()) {
                        breakers.answered(endpoint);
                        endpoints.off(endpoint, gone.reason());
                    }
                    return counts;
                });
            case DeliveryOutcome.Deferred deferred -> notAttempted(message, deferred.notBefore(), deferred.waitsFor());
            case DeliveryOutcome.Retry again ->
                Transactions.inNew(() -> {
                    int attempts = message.stream()
                            .mapToInt(Lease::attemptOfSeries)
                            .min()
                            .orElseThrow();
                    var pause = schedule.pauseAfter(
                            attempts, ThreadLocalRandom.current().nextDouble());
                    List<Lease> counts = ended(
                            message,
                            "RETRY",
                            again.reason(),
                            lease -> superseded(lease, true)
                                    || (pause.isPresent()
                                            ? retry(lease, pause.get().toMillis(), again.notBefore())
                                            : finish(lease, "exhausted")));
                    if (!counts.isEmpty() && pause.isEmpty() && isReceivers(again)) {
                        troubles.failing(endpoint, again.reason());
                    }
                    if (!counts.isEmpty() && again.receiverFails()) {
                        breakers.failed(endpoint, counts.getFirst().letter().deliveryId());
                    } else {
                        counts.forEach(lease -> toldNothing(endpoint, lease));
                    }
                    return counts;
                });
        };
    }

    /** Whether the receiver failed, not the service's own mail server or gateway. */
    private static boolean isReceivers(DeliveryOutcome.Retry again) {
        return again.receiverFails() || again.reason().startsWith("smtp-4");
    }

    private List<Lease> ended(List<Lease> message, String outcome, String answer, Predicate<Lease> end) {
        message.forEach(lease -> log(lease, outcome, answer));
        return message.stream().filter(end).toList();
    }

    private boolean park(Lease lease) {
        return sql.update(PARK, lease.letter().deliveryId(), lease.epoch()) == 1;
    }

    private void toldNothing(UUID endpoint, Lease lease) {
        breakers.toldNothing(endpoint, lease.letter().deliveryId());
    }

    /** Returns unused leases. */
    void giveBack(List<Lease> unused, Function<Lease, @Nullable String> waitsFor) {
        if (!unused.isEmpty()) {
            Transactions.inNew(() -> unused.stream()
                    .filter(lease -> notAttempted(lease, lease.dueAt(), waitsFor.apply(lease)))
                    .toList());
        }
    }

    private List<Lease> notAttempted(List<Lease> message, Instant notBefore, @Nullable String waitsFor) {
        return Transactions.inNew(() -> message.stream()
                .filter(lease -> notAttempted(lease, notBefore, waitsFor))
                .toList());
    }

    private boolean notAttempted(Lease lease, Instant notBefore, @Nullable String waitsFor) {
        UUID delivery = lease.letter().deliveryId();
        // a delivery that waits for its robot's budget, or is given back, keeps its due time
        boolean waits = "quiet-hours".equals(waitsFor) || "digest".equals(waitsFor);
        boolean counts = waits && superseded(lease, false)
                || sql.update(DEFER, notBefore, waitsFor, delivery, lease.epoch()) == 1;
        if (counts) {
            sql.update(
                    "DELETE FROM delivery_attempt WHERE delivery_id = ? AND number = ?",
                    delivery,
                    lease.letter().attempt());
            breakers.toldNothing(lease.letter().to().endpointId(), delivery);
        } else {
            log(lease, "RETRY", "deferred");
        }
        return counts;
    }

    private void log(Lease lease, String outcome, String answer) {
        sql.update(
                LOG,
                outcome,
                answer,
                lease.letter().deliveryId(),
                lease.letter().attempt());
    }

    private boolean finish(Lease lease, String reason) {
        return sql.update(FINISH, reason, lease.letter().deliveryId(), lease.epoch()) == 1;
    }

    private boolean retry(Lease lease, long pauseMillis, @Nullable Instant notBefore) {
        return sql.update(RETRY, pauseMillis, lease.letter().deliveryId(), notBefore, lease.epoch()) == 1;
    }

    /** Ends the delivery if a later notice supersedes it. */
    private boolean superseded(Lease lease, boolean attempted) {
        UUID delivery = lease.letter().deliveryId();
        sql.one(LOCK_SUBJECT, row -> row.number("one"), lease.letter().subjectId());
        return sql.update(SUPERSEDE, attempted ? 0 : 1, delivery, delivery, lease.epoch()) == 1;
    }

    /** Ends expired deliveries. */
    int expire() {
        return Transactions.inNew(() -> sql.update(EXPIRE));
    }

    /** The age in seconds of the oldest due delivery. Deliveries behind an open breaker do not count. */
    double oldestDueSeconds() {
        return sql.one("""
                        WITH RECURSIVE line AS (
                            (SELECT d.endpoint_id FROM delivery d WHERE d.state = 'READY' ORDER BY d.endpoint_id LIMIT 1)
                            UNION ALL
                            SELECT (SELECT d.endpoint_id FROM delivery d
                                    WHERE d.state = 'READY' AND d.endpoint_id > line.endpoint_id
                                    ORDER BY d.endpoint_id LIMIT 1)
                            FROM line WHERE line.endpoint_id IS NOT NULL)
                        SELECT coalesce(extract(epoch FROM now() - min(oldest.since)), 0)::float8 AS seconds
                        FROM line
                        CROSS JOIN LATERAL (
                            SELECT min(d.next_attempt_at) AS since FROM delivery d
                            WHERE d.endpoint_id = line.endpoint_id AND d.state = 'READY') oldest
                        WHERE oldest.since <= now()
                          AND NOT EXISTS (SELECT 1 FROM endpoint_breaker b
                                          WHERE b.endpoint_id = line.endpoint_id AND b.open_until > now())""", row -> row.decimal("seconds")).orElse(0.0);
    }
}
