package org.lectern.notification.delivery;

import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.lectern.notification.directory.Breakers;
import org.lectern.notification.directory.EndpointSwitch;
import org.lectern.notification.link.Links;
import org.lectern.notification.preference.Wishes;
import org.lectern.notification.transaction.Sql;
import org.lectern.notification.transaction.Sql.Row;
import org.lectern.notification.transaction.Transactions;

/**
 * The queue of deliveries. Who claims one holds a lease by the database's clock; a lease that ran out may be claimed
 * again, with a higher epoch, and then what the earlier holder says no longer counts. Attempts are counted at the
 * claim, so that a letter that kills its process is given up in the end.
 */
@ApplicationScoped
class DeliveryQueue {

    /** Leases what is chosen, writes the attempts down, and says what is to be sent. */
    private static final String TAKE = """
            claimed AS (
                UPDATE delivery d
                SET state = 'LEASED', lease_until = now() + ? * interval '1 millisecond',
                    lease_epoch = d.lease_epoch + 1, attempts = d.attempts + 1, waits_for = NULL
                WHERE d.id = ANY (ARRAY(SELECT id FROM chosen))
                RETURNING d.id, d.notice_id, d.endpoint_id, d.subject_id, d.channel, d.attempts, d.attempts_before,
                          d.lease_epoch, d.next_attempt_at, d.traceparent, d.kind, d.title, d.body,
                          d.expires_at),
            logged AS (
                INSERT INTO delivery_attempt (delivery_id, number, started_at)
                SELECT id, attempts, clock_timestamp() FROM claimed)
            SELECT c.id, c.channel, c.attempts, c.attempts_before, c.lease_epoch, c.next_attempt_at,
                   c.traceparent,
                   c.endpoint_id, e.branch_id, e.address, e.secret, c.subject_id,
                   CASE WHEN e.previous_secret_until > now() THEN e.previous_secret END AS previous_secret,
                   n.locale, coalesce(c.title, n.title) AS title, coalesce(c.body, n.body) AS body, n.urgent,
                   n.id AS notice_id, n.sequence, coalesce(c.kind, n.kind) AS kind, n.booking_id, n.request_id,
                   n.version, n.starts_at, n.ends_at, n.created_at, c.expires_at,
                   e.unsubscribed_at IS NOT NULL AS unsubscribed, b.zone, p.quiet_from, p.quiet_until, p.digest_at,
                   c.attempts > 1 AND EXISTS (
                           SELECT 1 FROM delivery_attempt a
                           WHERE a.delivery_id = c.id AND a.number < c.attempts
                             AND (a.outcome IS NULL OR a.outcome = 'DELIVERED'
                                  OR a.answer IN ('timeout', 'no-connection', 'no-code', 'failed'))) AS repeated
            FROM claimed c JOIN endpoint e ON e.id = c.endpoint_id JOIN notice n ON n.id = c.notice_id
            JOIN branch b ON b.id = e.branch_id LEFT JOIN branch_preference p ON p.branch_id = e.branch_id
            ORDER BY n.sequence""";

    /**
     * Turn by turn: from the index the endpoints that have anything waiting, one after the other; of each that is in
     * use and not left alone by its breaker, the few that are due longest. So an endpoint costs the same whether one
     * delivery waits for it or ten thousand, and none gets more than its places, those under way included.
     *
     * <p>Only the first unfinished delivery of each booking (or request) and endpoint is a candidate, so that a branch
     * never hears of a cancellation before the lecture. An open breaker whose time is over lets one through, as a
     * probe, and is locked with it: no other process sends a second. The state is asked for again under the row lock:
     * between the two another process may have claimed it.
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
                                 WHERE earlier.endpoint_id = d.endpoint_id
                                   AND earlier.subject_id = d.subject_id
                                   AND earlier.sequence < d.sequence
                                   AND earlier.state IN ('READY', 'LEASED', 'PARKED')
                                 LIMIT 1) IS NULL
                          ORDER BY d.next_attempt_at, d.sequence
                          LIMIT %1$d) due) d
                WHERE d.rank <= CASE WHEN e.probes THEN 1
                                     WHEN e.channel = ANY (?) THEN %1$d
                                     ELSE %2$d - (SELECT count(*) FROM delivery u
                                                  WHERE u.endpoint_id = e.id AND u.state = 'LEASED') END),
            """;

    /**
     * The same from those that are due longest, whoever they are for: what it finds is what the turn through all endpoints
     * would find first, as long as it finds enough or there are no more. So when ten thousand endpoints have something
     * waiting, a claim looks at the few that come next and not at each of them.
     */
    private static final String BY_AGE = """
            WITH due AS MATERIALIZED (
                SELECT d.id, d.endpoint_id, d.subject_id, d.sequence, d.next_attempt_at
                FROM delivery d
                WHERE d.state = 'READY' AND d.next_attempt_at <= now()
                ORDER BY d.next_attempt_at, d.sequence
                LIMIT %3$d),
            heads AS MATERIALIZED (
                SELECT d.id, d.endpoint_id, d.sequence, d.next_attempt_at, e.channel, e.probes
                FROM due d
                CROSS JOIN LATERAL (
                    SELECT e.channel, b.open_until IS NOT NULL AS probes
                    FROM endpoint e LEFT JOIN endpoint_breaker b ON b.endpoint_id = e.id
                    WHERE e.id = d.endpoint_id AND e.usable AND (b.open_until IS NULL OR b.open_until <= now())
                    OFFSET 0) e -- for each by its key: never the other way round
                WHERE (SELECT earlier.id FROM delivery earlier
                       WHERE earlier.endpoint_id = d.endpoint_id
                         AND earlier.subject_id = d.subject_id
                         AND earlier.sequence < d.sequence
                         AND earlier.state IN ('READY', 'LEASED', 'PARKED')
                       LIMIT 1) IS NULL
                ORDER BY d.next_attempt_at, d.sequence
                LIMIT ?),
            turn AS (
                SELECT d.id, d.next_attempt_at AS since, d.sequence, d.probes
                FROM (SELECT h.*, row_number() OVER (PARTITION BY h.endpoint_id
                                                     ORDER BY h.next_attempt_at, h.sequence) AS rank
                      FROM heads h) d
                WHERE d.rank <= CASE WHEN d.probes THEN 1
                                     WHEN d.channel = ANY (?) THEN %1$d
                                     ELSE %2$d - (SELECT count(*) FROM delivery u
                                                  WHERE u.endpoint_id = d.endpoint_id AND u.state = 'LEASED') END),
            """;

    /** Since when a delivery waits to be claimed, be it for the first time or because its lease ran out. */
    private static final String SINCE =
            "CASE d.state WHEN 'READY' THEN d.next_attempt_at WHEN 'LEASED' THEN d.lease_until END";

    /**
     * Of those whose turn it may be, and those whose lease ran out, the ones that are due longest.
     *
     * <p>While the table or one of its partial indexes is empty, reading it from end to end costs PostgreSQL as little as
     * one row by its key, and a plan that does so is kept for the ten thousand that come later. So rows are asked for by
     * a list of keys, which leaves no join to plan, and their state with CASE, from which it cannot tell that an index of
     * the unfinished would do.
     */
    private static final String CHOOSE = """
            candidate AS (
                SELECT id, since, sequence, probes FROM turn
                UNION ALL
                SELECT d.id, d.lease_until, d.sequence, b.open_until IS NOT NULL
                FROM delivery d
                JOIN endpoint e ON e.id = d.endpoint_id AND e.usable
                LEFT JOIN endpoint_breaker b ON b.endpoint_id = e.id
                WHERE d.state = 'LEASED' AND d.lease_until < now() AND (b.open_until IS NULL OR b.open_until <= now())),
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
            """.formatted(SINCE) + TAKE;

    /**
     * Lets a claim read its few from the index in their order, whatever the statistics say. Left to itself PostgreSQL
     * now and then reads all that waits for an endpoint, to sort it and keep eight: of ten thousand that costs each claim
     * a thousand times as much. And with the plan there is, for to make one took twice as long as to carry it out.
     */
    private static final String[] FEW_FROM_THE_INDEX = {"enable_bitmapscan", "enable_sort"};

    /** What has come due of the same digest: for one endpoint, the first of each booking. */
    private static final String CLAIM_DIGEST = """
            WITH chosen AS (
                SELECT d.id FROM delivery d
                WHERE d.endpoint_id = ? AND d.state = 'READY' AND d.next_attempt_at <= now() AND d.waits_for = 'digest'
                  AND NOT EXISTS (SELECT 1 FROM endpoint_breaker b WHERE b.endpoint_id = d.endpoint_id)
                  AND NOT EXISTS (SELECT 1 FROM delivery earlier
                                  WHERE earlier.endpoint_id = d.endpoint_id AND earlier.subject_id = d.subject_id
                                    AND earlier.sequence < d.sequence AND earlier.id <> ALL (?)
                                    AND earlier.state IN ('READY', 'LEASED', 'PARKED'))
                ORDER BY d.sequence LIMIT ?
                FOR UPDATE SKIP LOCKED),
            """ + TAKE;

    /** How many of those due longest are looked at before all endpoints are. */
    private static final int WINDOW = 128;

    /** How many are looked at for each that is wanted: some have no place, or another process takes them. */
    private static final int HEADS_PER_PLACE = 2;

    private static final String STILL_DUE = """
            SELECT count(*) AS due FROM (
                SELECT 1 FROM delivery d WHERE d.state = 'READY' AND d.next_attempt_at <= now() LIMIT %d) waiting""".formatted(WINDOW);

    private static final String LOG = """
            UPDATE delivery_attempt SET ended_at = clock_timestamp(), outcome = ?, answer = ?
            WHERE delivery_id = ? AND number = ?""";

    private static final String FINISH = """
            UPDATE delivery SET state = ?, reason = ?, lease_until = NULL, finished_at = clock_timestamp()
            WHERE id = ? AND lease_epoch = ? AND state = 'LEASED'""";

    /** Where it goes on depends on what became of the endpoint meanwhile, and on whether it is still worth it then. */
    private static final String TRY_AGAIN = """
            UPDATE delivery d
            SET (state, reason, finished_at) = (
                    SELECT CASE WHEN e.removed_at IS NOT NULL OR later.at > d.expires_at THEN 'DEAD'
                                WHEN e.usable THEN 'READY' ELSE 'PARKED' END,
                           CASE WHEN e.removed_at IS NOT NULL THEN 'endpoint-removed'
                                WHEN later.at > d.expires_at THEN 'expired' END,
                           CASE WHEN e.removed_at IS NOT NULL OR later.at > d.expires_at THEN clock_timestamp() END
                    FROM endpoint e WHERE e.id = d.endpoint_id),
                next_attempt_at = later.at,
                lease_until = NULL
            FROM (SELECT greatest(clock_timestamp() + ? * interval '1 millisecond', cast(? AS timestamptz)) AS at) later
            WHERE d.id = ? AND d.lease_epoch = ? AND d.state = 'LEASED'""";

    /** What must wait for it anyway is not looked at before; it would be read, and left, at every claim. */
    private static final String NOT_BEFORE_IT = """
            UPDATE delivery later SET next_attempt_at = head.next_attempt_at
            FROM delivery head
            WHERE head.id = ? AND head.state = 'READY'
              AND later.endpoint_id = head.endpoint_id AND later.subject_id = head.subject_id
              AND later.sequence > head.sequence AND later.state = 'READY'
              AND later.next_attempt_at < head.next_attempt_at""";

    private static final String PARK = """
            UPDATE delivery SET state = 'PARKED', next_attempt_at = clock_timestamp(), lease_until = NULL
            WHERE id = ? AND lease_epoch = ? AND state = 'LEASED'""";

    private static final String NOT_YET = """
            UPDATE delivery d
            SET state = CASE WHEN e.usable THEN 'READY' ELSE 'PARKED' END, next_attempt_at = ?, waits_for = ?,
                lease_until = NULL, attempts = d.attempts - 1
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
    private final Arrivals arrivals;
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
            Arrivals arrivals,
            Links links,
            @All List<Channel> channels) {
        this.sql = sql;
        this.config = config;
        this.breakers = breakers;
        this.endpoints = endpoints;
        this.arrivals = arrivals;
        this.links = links;
        this.together = channels.stream()
                .filter(channel -> channel.together() > 1)
                .map(Channel::name)
                .toList();
        this.schedule = new RetrySchedule(config.retrySchedule());
        // as numbers in the text: with parameters in their place PostgreSQL plans as if a tenth of all rows were wanted
        int mostOfOne = channels.stream().mapToInt(Channel::together).reduce(config.perEndpoint(), Math::max);
        this.claim = (BY_ENDPOINT + CHOOSE).formatted(mostOfOne, config.perEndpoint());
        this.claimByAge = (BY_AGE + CHOOSE).formatted(mostOfOne, config.perEndpoint(), WINDOW);
    }

    /**
     * What was taken.
     *
     * @param more whether something else is due that may be taken once an attempt has ended
     */
    record Claimed(List<Lease> leases, boolean more) {}

    /** Takes up to so many due deliveries. */
    Claimed claim(int most) {
        return Transactions.inNew(() -> claimWithin(most));
    }

    /** The same within the running transaction. */
    Claimed claimWithin(int most) {
        fewFromTheIndex();
        List<Lease> claimed = new ArrayList<>();
        int first = Math.min(most * HEADS_PER_PLACE, WINDOW);
        // the whole window after it, for others may have hidden what is due in the first
        for (int heads : IntStream.of(first, WINDOW).distinct().toArray()) {
            claimed.addAll(claimByAge(most - claimed.size(), heads));
            if (claimed.size() >= most) {
                return new Claimed(claimed, true);
            }
            int left = sql.one(STILL_DUE, row -> row.number("due")).orElseThrow();
            if (left + claimed.size() < heads) {
                return new Claimed(claimed, left > 0); // all that is due was looked at
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

    /** Takes what is due of a digest besides what was taken already. */
    List<Lease> claimDigest(UUID endpoint, List<Lease> taken, int most) {
        List<UUID> ids =
                taken.stream().map(lease -> lease.letter().deliveryId()).toList();
        return Transactions.inNew(() -> sql.list(
                CLAIM_DIGEST, this::lease, endpoint, ids, most, config.lease().toMillis()));
    }

    /** How PostgreSQL goes about a claim: for the test that it reads little. */
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
        UUID booking = row.idOrNull("booking_id");
        return new Lease(
                new Letter(
                        row.id("id"),
                        row.number("attempts"),
                        row.flag("repeated"),
                        new Letter.Addressee(
                                row.id("endpoint_id"),
                                row.id("branch_id"),
                                row.text("address"),
                                row.textOrNull("secret"),
                                row.textOrNull("previous_secret")),
                        row.id("subject_id"),
                        row.text("locale"),
                        row.text("title"),
                        row.text("body"),
                        row.flag("urgent"),
                        new Letter.About(
                                row.id("notice_id"),
                                row.bigNumber("sequence"),
                                row.text("kind"),
                                booking,
                                row.idOrNull("request_id"),
                                row.number("version"),
                                row.timeOrNull("starts_at"),
                                row.timeOrNull("ends_at"),
                                row.time("created_at")),
                        booking == null
                                ? null
                                : links.of(row.id("notice_id"), row.id("endpoint_id"))
                                        .orElse(null)),
                row.text("channel"),
                row.bigNumber("lease_epoch"),
                row.time("next_attempt_at"),
                row.number("attempts") - row.number("attempts_before"),
                new Wishes(
                        ZoneId.of(row.text("zone")),
                        time(row.textOrNull("quiet_from")),
                        time(row.textOrNull("quiet_until")),
                        time(row.textOrNull("digest_at"))),
                row.flag("unsubscribed"),
                row.time("expires_at"),
                row.textOrNull("traceparent"));
    }

    private static @Nullable LocalTime time(@Nullable String time) {
        return time == null ? null : LocalTime.parse(time);
    }

    /** Whether there were more attempts than there should be: earlier ones ended without a word. */
    boolean exhausted(Lease lease) {
        return lease.attemptOfSeries() > schedule.attempts();
    }

    /**
     * Says how an attempt ended. Whether it counts is decided first, under the row lock; what follows for the endpoint
     * only follows from what counts.
     *
     * @return false if the lease has passed to somebody else: then only the attempt is logged
     */
    boolean complete(Lease lease, DeliveryOutcome outcome) {
        UUID delivery = lease.letter().deliveryId();
        UUID endpoint = lease.letter().to().endpointId();
        return switch (outcome) {
            case DeliveryOutcome.Delivered delivered -> arrivals.note(lease, delivered.answer());
            case DeliveryOutcome.GiveUp gaveUp ->
                Transactions.inNew(() -> {
                    log(lease, "GIVE_UP", gaveUp.reason());
                    boolean counts = finish(lease, "DEAD", gaveUp.reason());
                    if (counts && exhausted(lease)) {
                        breakers.toldNothing(endpoint, delivery);
                    } else if (counts) {
                        breakers.answered(endpoint);
                    }
                    return counts;
                });
            case DeliveryOutcome.EndpointGone gone ->
                Transactions.inNew(() -> {
                    log(lease, "TRY_AGAIN", gone.reason());
                    boolean counts = sql.update(PARK, delivery, lease.epoch()) == 1;
                    if (counts) {
                        breakers.answered(endpoint);
                        endpoints.off(endpoint, gone.reason());
                    }
                    return counts;
                });
            case DeliveryOutcome.NotYet notYet ->
                Transactions.inNew(() -> notAttempted(lease, notYet.notBefore(), notYet.waitsFor()));
            case DeliveryOutcome.TryAgain again ->
                Transactions.inNew(() -> {
                    log(lease, "TRY_AGAIN", again.reason());
                    var pause = schedule.pauseAfter(
                            lease.attemptOfSeries(), ThreadLocalRandom.current().nextDouble());
                    boolean counts = pause.isPresent()
                            ? tryAgain(lease, pause.get().toMillis(), again.notBefore())
                            : finish(lease, "DEAD", "exhausted");
                    if (counts && again.receiverFails()) {
                        breakers.failed(endpoint, delivery);
                    } else if (counts) {
                        breakers.toldNothing(endpoint, delivery);
                    }
                    return counts;
                });
        };
    }

    /** Ends a lease of which no use was made. */
    void giveBack(Lease lease, @Nullable String waitsFor) {
        Transactions.inNew(() -> notAttempted(lease, lease.dueAt(), waitsFor));
    }

    private boolean notAttempted(Lease lease, Instant notBefore, @Nullable String waitsFor) {
        UUID delivery = lease.letter().deliveryId();
        boolean counts = sql.update(NOT_YET, notBefore, waitsFor, delivery, lease.epoch()) == 1;
        if (counts) {
            sql.update(
                    "DELETE FROM delivery_attempt WHERE delivery_id = ? AND number = ?",
                    delivery,
                    lease.letter().attempt());
            sql.update(NOT_BEFORE_IT, delivery);
            breakers.toldNothing(lease.letter().to().endpointId(), delivery);
        } else {
            log(lease, "TRY_AGAIN", "not-yet");
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

    private boolean finish(Lease lease, String state, @Nullable String reason) {
        return sql.update(FINISH, state, reason, lease.letter().deliveryId(), lease.epoch()) == 1;
    }

    private boolean tryAgain(Lease lease, long pauseMillis, @Nullable Instant notBefore) {
        UUID delivery = lease.letter().deliveryId();
        boolean counts = sql.update(TRY_AGAIN, pauseMillis, notBefore, delivery, lease.epoch()) == 1;
        if (counts) {
            sql.update(NOT_BEFORE_IT, delivery);
        }
        return counts;
    }

    /** Ends what is no longer worth delivering. */
    int expire() {
        return Transactions.inNew(() -> sql.update(EXPIRE));
    }

    /** For how long the oldest delivery has been due that could go out: those an open breaker holds do not count. */
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
