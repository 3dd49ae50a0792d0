package org.lectern.scheduler.schedule.travel;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.FlushModeType;
import jakarta.persistence.Query;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.database.Transactions;
import org.lectern.scheduler.schedule.travel.TravelTimes.Known;

/**
 * Travel times of lecturers. The database decides whether a lecture leaves enough time for travel, by the functions
 * that its trigger uses too.
 */
@ApplicationScoped
public class Travel {

    private static final Duration SNAPSHOT_KEPT = Duration.ofSeconds(5);

    private final EntityManager database;
    private final Sql sql;
    private final TravelConfig config;
    private final Instance<TravelProvider> provider;
    private final Clock clock;
    private volatile @Nullable Snapshot snapshot;

    @Inject
    Travel(EntityManager database, Sql sql, TravelConfig config, Instance<TravelProvider> provider, Clock clock) {
        this.database = database;
        this.sql = sql;
        this.config = config;
        this.provider = provider;
        this.clock = clock;
        if (!(config.kilometresPerHour() > 0) || !(config.detourFactor() >= 1)) {
            throw new IllegalStateException(
                    "lectern.travel: kilometres-per-hour must be above 0, and detour must not be below 1");
        }
    }

    private record Snapshot(Instant refreshedAt, TravelTimes times) {}

    /** A lecture with its place and time, existing or proposed; a broadcast has no venue. */
    public record Placed(
            @Nullable UUID bookingId,
            UUID lecturerId,
            @Nullable UUID venueId,
            UUID hostId,
            Instant from,
            Instant until) {}

    /**
     * A journey that takes longer than the time between two lectures.
     *
     * @param neighbourComesBefore whether the journey starts at the adjacent lecture rather than ends there
     */
    public record Shortfall(
            UUID neighbour,
            boolean neighbourComesBefore,
            Instant neighbourStart,
            Instant neighbourEnd,
            int minutesNeeded,
            int minutesAvailable) {}

    void tellDatabase(@Observes StartupEvent started) {
        Transactions.inNew(() -> database.createNativeQuery("""
                        UPDATE travel_rule SET kilometres_per_hour = :speed, detour = :detour
                        WHERE (kilometres_per_hour, detour) IS DISTINCT FROM (:speed, :detour)""")
                .setParameter("speed", config.kilometresPerHour())
                .setParameter("detour", config.detourFactor())
                .executeUpdate());
    }

    /** The known travel times, at most a few seconds old. */
    public TravelTimes times() {
        Snapshot recent = snapshot;
        return recent == null || recent.refreshedAt().plus(SNAPSHOT_KEPT).isBefore(clock.instant())
                ? timesNow()
                : recent.times();
    }

    /** The known travel times as they are now. */
    public TravelTimes timesNow() {
        Snapshot now = new Snapshot(clock.instant(), read());
        snapshot = now;
        return now.times();
    }

    private TravelTimes read() {
        Map<Set<UUID>, Known> known = new HashMap<>();
        for (Tuple row : rows(database.createNativeQuery(
                "SELECT one_place, other_place, minutes, provided FROM travel_time", Tuple.class))) {
            known.put(
                    Set.of(row.get("one_place", UUID.class), row.get("other_place", UUID.class)),
                    new Known(row.get("minutes", Integer.class), row.get("provided", Boolean.class)));
        }
        return new TravelTimes(config.kilometresPerHour(), config.detourFactor(), known);
    }

    /** The journeys to and from the lecture that take too long. The caller has locked the lecturer. */
    @Transactional(Transactional.TxType.MANDATORY)
    public List<Shortfall> shortfalls(Placed lecture) {
        if (!provider.isUnsatisfied()) {
            askProvider(lecture);
        }
        // plain SQL: a Hibernate query would flush the lecture to the trigger before this check
        return sql.list(
                """
                SELECT s.neighbour, s.comes_before, s.minutes_needed, s.minutes_available, b.starts_at, b.ends_at
                FROM travel_shortfalls(?, ?, ?, ?, cast(? AS timestamptz), cast(? AS timestamptz)) s
                JOIN booking b ON b.id = s.neighbour
                ORDER BY s.comes_before DESC""",
                row -> new Shortfall(
                        row.id("neighbour"),
                        row.flag("comes_before"),
                        row.time("starts_at"),
                        row.time("ends_at"),
                        row.number("minutes_needed"),
                        row.number("minutes_available")),
                lecture.bookingId(),
                lecture.lecturerId(),
                lecture.venueId(),
                lecture.hostId(),
                lecture.from(),
                lecture.until());
    }

    /** Stores the provider's travel times for this lecture, where none are stored. */
    private void askProvider(Placed lecture) {
        for (Tuple row : rows(bound(lecture, """
                        SELECT f.place AS from_place, f.at_venue AS from_venue, f.at_branch AS from_branch,
                               f.latitude AS from_latitude, f.longitude AS from_longitude,
                               t.place AS to_place, t.at_venue AS to_venue, t.at_branch AS to_branch,
                               t.latitude AS to_latitude, t.longitude AS to_longitude
                        FROM travel_legs(%s) l
                        CROSS JOIN LATERAL (
                            SELECT CASE WHEN v.latitude IS NULL THEN p.at_branch ELSE v.id END AS place, p.*
                            FROM lecture_place(l.from_venue, l.from_host) p JOIN venue v ON v.id = p.at_venue) f
                        CROSS JOIN LATERAL (
                            SELECT CASE WHEN v.latitude IS NULL THEN p.at_branch ELSE v.id END AS place, p.*
                            FROM lecture_place(l.to_venue, l.to_host) p JOIN venue v ON v.id = p.at_venue) t
                        WHERE f.latitude IS NOT NULL AND t.latitude IS NOT NULL AND f.place <> t.place
                          AND NOT EXISTS (SELECT FROM travel_time
                                          WHERE one_place = least(f.place, t.place)
                                            AND other_place = greatest(f.place, t.place))"""))) {
            OptionalInt minutes = provider.get().minutes(spot(row, "from"), spot(row, "to"));
            if (minutes.isPresent()) {
                database.createNativeQuery("""
                                INSERT INTO travel_time (one_place, other_place, version, minutes, provided, updated_at,
                                                         updated_by)
                                VALUES (least(:one, :other), greatest(:one, :other), 1, :minutes, true, :now, 'provider')
                                ON CONFLICT DO NOTHING""")
                        .setFlushMode(FlushModeType.COMMIT)
                        .setParameter("one", row.get("from_place", UUID.class))
                        .setParameter("other", row.get("to_place", UUID.class))
                        .setParameter("minutes", Math.clamp(minutes.getAsInt(), 0, TravelTimes.MOST_MINUTES))
                        .setParameter("now", clock.instant())
                        .executeUpdate();
            }
        }
    }

    private static Location spot(Tuple row, String end) {
        return new Location(
                row.get(end + "_venue", UUID.class),
                row.get(end + "_branch", UUID.class),
                row.get(end + "_latitude", Double.class),
                row.get(end + "_longitude", Double.class));
    }

    /** Prevents an automatic flush: the trigger must see the lecture only after this check. */
    private Query bound(Placed lecture, String sql) {
        String arguments = "cast(:itself AS uuid), :lecturer, cast(:venue AS uuid), :host,"
                + " cast(:from AS timestamptz), cast(:until AS timestamptz)";
        return database.createNativeQuery(sql.formatted(arguments), Tuple.class)
                .setFlushMode(FlushModeType.COMMIT)
                .setParameter("itself", lecture.bookingId())
                .setParameter("lecturer", lecture.lecturerId())
                .setParameter("venue", lecture.venueId())
                .setParameter("host", lecture.hostId())
                .setParameter("from", lecture.from())
                .setParameter("until", lecture.until());
    }

    @SuppressWarnings("unchecked")
    private static List<Tuple> rows(Query query) {
        return query.getResultList();
    }
}
