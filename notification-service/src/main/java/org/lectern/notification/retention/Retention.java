package org.lectern.notification.retention;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Sql;

/**
 * One round walks over everything that is older than its retention, oldest first, and removes what can go. What must
 * stay, such as an old notice of a lecture that was moved to next year, is passed over and keeps nothing behind it.
 * Several replicas may walk at once: each skips what another has locked.
 */
@ApplicationScoped
class Retention {

    /** Old notices by the end of their lecture; an index holds them in this order. */
    private static final String OF_BOOKINGS = """
            SELECT id, booking_id, cast(NULL AS uuid) AS request_id, ends_at AS moment FROM notice
            WHERE repeats IS NULL AND booking_id IS NOT NULL AND (ends_at, id) > (?, ?) AND ends_at < ?
            ORDER BY ends_at, id LIMIT ?""";

    private static final String OF_OTHERS = """
            SELECT id, booking_id, request_id, created_at AS moment FROM notice
            WHERE booking_id IS NULL AND (created_at, id) > (?, ?) AND created_at < ?
            ORDER BY created_at, id LIMIT ?""";

    private static final String OLDEST = """
            SELECT min(ends_at) AS oldest FROM notice WHERE repeats IS NULL AND booking_id IS NOT NULL""";

    private static final UUID FIRST = new UUID(0, 0);

    private final OldSubjects subjects;
    private final OldNotices notices;
    private final OldRecords records;
    private final RetentionConfig config;
    private final Sql sql;
    private final Clock clock;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile Instant caughtUp;
    private volatile double oldest;

    @Inject
    Retention(
            OldSubjects subjects,
            OldNotices notices,
            OldRecords records,
            RetentionConfig config,
            Sql sql,
            Clock clock,
            MeterRegistry metrics) {
        this.subjects = subjects;
        this.notices = notices;
        this.records = records;
        this.config = config;
        this.sql = sql;
        this.clock = clock;
        this.caughtUp = clock.instant();
        Gauge.builder("lectern.retention.behind", this, Retention::secondsBehind)
                .baseUnit("seconds")
                .description("Since when no round of removal has ended")
                .register(metrics);
        Gauge.builder("lectern.retention.oldest", this, retention -> retention.oldest)
                .baseUnit("seconds")
                .description("The age of the lecture of the oldest notice")
                .register(metrics);
    }

    /** Walks to the end, or until the process stops. */
    void round() {
        Instant begin = clock.instant();
        Instant cutoff = begin.minus(config.afterLecture());
        if (walk(OF_BOOKINGS, cutoff) && walk(OF_OTHERS, cutoff) && removeRecords(begin.minus(config.records()))) {
            caughtUp = begin;
        }
        oldest = sql.one(OLDEST, row -> age(row.timeOrNull("oldest"))).orElse(0.0);
    }

    void stop() {
        stopping.countDown();
    }

    private record Old(
            UUID notice, @Nullable UUID booking, @Nullable UUID request, Instant moment) {}

    private boolean walk(String query, Instant cutoff) {
        Instant moment = Instant.EPOCH;
        UUID id = FIRST;
        while (true) {
            List<Old> page = sql.listPlannedOnce(
                    query,
                    row -> new Old(
                            row.id("id"), row.idOrNull("booking_id"), row.idOrNull("request_id"), row.time("moment")),
                    moment,
                    id,
                    cutoff,
                    config.batchSize());
            if (!page.isEmpty() && !remove(page, cutoff)) {
                return false;
            }
            if (page.size() < config.batchSize()) {
                return true;
            }
            moment = page.getLast().moment();
            id = page.getLast().notice();
        }
    }

    /** False when the process stops. */
    private boolean remove(List<Old> page, Instant cutoff) {
        List<UUID> bookings = some(page.stream().map(Old::booking));
        List<UUID> requests = some(page.stream().map(Old::request));
        List<UUID> others = page.stream()
                .filter(old -> old.booking() == null && old.request() == null)
                .map(Old::notice)
                .toList();
        if (!remove(OldSubjects.Kind.BOOKING, bookings, cutoff)
                || !remove(OldSubjects.Kind.REQUEST, requests, cutoff)) {
            return false;
        }
        if (!others.isEmpty()) {
            notices.removeAboutEndpoints(others, cutoff);
            return goesOn();
        }
        return true;
    }

    private static List<UUID> some(Stream<@Nullable UUID> ids) {
        return ids.filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .distinct()
                .toList();
    }

    private boolean remove(OldSubjects.Kind kind, List<UUID> ids, Instant cutoff) {
        boolean left = !ids.isEmpty();
        while (left) {
            left = subjects.remove(kind, ids, cutoff, config.batchSize());
            if (!goesOn()) {
                return false;
            }
        }
        return true;
    }

    private boolean removeRecords(Instant cutoff) {
        while (records.remove(cutoff, config.batchSize())) {
            if (!goesOn()) {
                return false;
            }
        }
        return true;
    }

    /** Pauses between two steps; false when the process stops. */
    private boolean goesOn() {
        try {
            return !stopping.await(config.pause().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private double secondsBehind() {
        return Math.max(0, Duration.between(caughtUp, clock.instant()).toSeconds());
    }

    private double age(@Nullable Instant moment) {
        return moment == null
                ? 0
                : Math.max(0, Duration.between(moment, clock.instant()).toSeconds());
    }
}
