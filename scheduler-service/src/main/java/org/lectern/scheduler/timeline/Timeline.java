package org.lectern.scheduler.timeline;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.problem.InvalidRequest;
import org.lectern.scheduler.audit.Horizon;
import org.lectern.scheduler.audit.Kind;
import org.lectern.scheduler.booking.BookingStatus;
import org.lectern.scheduler.timeline.TimelineView.BranchName;
import org.lectern.scheduler.timeline.TimelineView.Item;
import org.lectern.scheduler.timeline.TimelineView.LecturerName;
import org.lectern.scheduler.timeline.TimelineView.TopicName;
import org.lectern.scheduler.timeline.TimelineView.VenueName;

/** Reads the bookings of a range, whole or what changed after a horizon. */
@ApplicationScoped
class Timeline {

    /** One answer is held in memory: about 300 bytes an item. */
    static final int MOST_ITEMS = 20_000;

    /** More changes than this are answered by the whole range. */
    private static final int MOST_CHANGES = 2_000;

    private static final String ITEMS = """
            SELECT b.id, CASE WHEN o.overdue THEN b.version + 1 ELSE b.version END AS version,
                   CASE WHEN o.overdue THEN 'EXPIRED' ELSE b.status END AS status, b.lecturer_id, b.topic_id, b.branch_id,
                   b.venue_id, b.format, b.starts_at, b.ends_at, b.zone, b.occupied_from, b.occupied_until,
                   b.hold_expires_at, b.expected_head_count, b.series_id, b.campaign_id, announced.version AS announced_version,
                   p.branches, p.guests, p.reached, p.acknowledged,
                   (SELECT array_agg(DISTINCT overridden.rule) FROM audit_entry e CROSS JOIN unnest(e.overridden) overridden (rule)
                    WHERE e.kind = 'BOOKING' AND e.subject = cast(b.id AS text) AND e.overridden <> '{}') AS overridden
            FROM booking b
            CROSS JOIN LATERAL (SELECT is_overdue(b.status, b.hold_expires_at) AS overdue) o
            CROSS JOIN LATERAL (SELECT CASE WHEN is_announced(b.status) THEN announced_version(b.id) END AS version) announced
            CROSS JOIN LATERAL (
                SELECT count(*) AS branches,
                       array_agg(cast(p.branch_id AS text) ORDER BY p.branch_id) FILTER (WHERE p.guest) AS guests,
                       count(*) FILTER (WHERE EXISTS (
                           SELECT FROM notice_delivered d WHERE d.booking_id = b.id AND d.branch_id = p.branch_id
                                                            AND d.withdrawn_at IS NULL
                                                            AND d.version >= announced.version)) AS reached,
                       count(*) FILTER (WHERE EXISTS (
                           SELECT FROM acknowledgement a WHERE a.booking_id = b.id AND a.branch_id = p.branch_id
                                                           AND a.version >= announced.version)) AS acknowledged
                FROM booking_branch p WHERE p.booking_id = b.id) p
            """;

    private static final String CHANGED = """
            SELECT cast(e.subject AS uuid) AS id FROM audit_entry e WHERE e.kind = 'BOOKING' AND %s
            UNION SELECT a.booking_id FROM acknowledgement a WHERE %s
            UNION SELECT d.booking_id FROM notice_delivered d WHERE %s
            LIMIT %d""".formatted(
                    Horizon.after("e.written_in"),
                    Horizon.after("a.written_in"),
                    Horizon.after("d.written_in"),
                    MOST_CHANGES + 1);

    private final Sql sql;

    @Inject
    Timeline(Sql sql) {
        this.sql = sql;
    }

    /**
     * What a caller looks at; empty sets do not filter.
     *
     * @param branches hosts or guests; the caller has added all below them
     * @param cancelled also bookings that no longer occupy their slot
     */
    record Criteria(
            Instant from, Instant to, Set<UUID> lecturers, Set<UUID> venues, Set<UUID> branches, boolean cancelled) {}

    /** @param since from {@link Position}, or null to read the whole range */
    TimelineView read(Criteria criteria, Position position, @Nullable Horizon since) {
        // before everything else: what commits while this reads is found by the next call, at worst a second time
        Horizon now = Horizon.now(sql);
        Instant asOf = sql.one("SELECT statement_timestamp() AS now", row -> row.time("now"))
                .orElseThrow();
        List<UUID> changed = since == null ? List.of() : changed(since);
        boolean complete = since == null || changed.size() > MOST_CHANGES;
        List<Item> items = complete || !changed.isEmpty() ? items(criteria, complete ? null : changed) : List.of();
        if (items.size() > MOST_ITEMS) {
            throw new InvalidRequest("?to", "timeline.too-many", MOST_ITEMS);
        }
        return new TimelineView(
                asOf,
                position.at(now).encoded(),
                complete,
                items,
                complete ? List.of() : without(changed, items),
                since == null ? List.of() : alsoChanged(since),
                lecturers(items),
                topics(items),
                branches(items),
                venues(items));
    }

    private List<UUID> changed(Horizon since) {
        String snapshot = since.snapshot();
        return sql.list(CHANGED, row -> row.id("id"), snapshot, snapshot, snapshot, snapshot, snapshot, snapshot);
    }

    private List<Kind> alsoChanged(Horizon since) {
        return sql.list(
                "SELECT DISTINCT e.kind FROM audit_entry e WHERE e.kind <> 'BOOKING' AND "
                        + Horizon.after("e.written_in") + " ORDER BY e.kind",
                row -> Kind.valueOf(row.text("kind")),
                since.snapshot(),
                since.snapshot());
    }

    private static List<UUID> without(List<UUID> changed, List<Item> items) {
        Set<UUID> removed = new LinkedHashSet<>(changed);
        items.forEach(item -> removed.remove(item.id()));
        return List.copyOf(removed);
    }

    private List<Item> items(Criteria criteria, @Nullable Collection<UUID> ids) {
        List<String> where = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        // a lecture lasts at most a day: the index on starts_at can skip bookings that began earlier
        where.add("b.ends_at > ? AND b.starts_at > cast(? AS timestamptz) - interval '24 hours' AND b.starts_at < ?");
        values.addAll(List.of(criteria.from(), criteria.from(), criteria.to()));
        if (!criteria.cancelled()) {
            where.add("occupies(b.status) AND NOT o.overdue");
        }
        among("b.lecturer_id = ANY (?)", criteria.lecturers(), where, values);
        among("b.venue_id = ANY (?)", criteria.venues(), where, values);
        among(
                "EXISTS (SELECT FROM booking_branch f WHERE f.booking_id = b.id AND f.branch_id = ANY (?))",
                criteria.branches(),
                where,
                values);
        if (ids != null) {
            among("b.id = ANY (?)", ids, where, values);
        }
        return sql.list(
                ITEMS + "WHERE " + String.join(" AND ", where) + " ORDER BY b.starts_at, b.id LIMIT "
                        + (MOST_ITEMS + 1),
                Timeline::item,
                values.toArray());
    }

    private static void among(String condition, Collection<UUID> ids, List<String> where, List<Object> values) {
        if (!ids.isEmpty()) {
            where.add(condition);
            values.add(ids);
        }
    }

    private static Item item(Sql.Row row) throws SQLException {
        ZoneId zone = ZoneId.of(row.text("zone"));
        Instant start = row.time("starts_at");
        Instant end = row.time("ends_at");
        Instant occupiedFrom = row.time("occupied_from");
        Instant occupiedUntil = row.time("occupied_until");
        boolean buffered = !occupiedFrom.equals(start) || !occupiedUntil.equals(end);
        boolean announced = row.numberOrNull("announced_version") != null;
        Instant expiry = row.timeOrNull("hold_expires_at");
        return new Item(
                row.id("id"),
                row.number("version"),
                BookingStatus.valueOf(row.text("status")),
                row.id("lecturer_id"),
                row.id("topic_id"),
                row.id("branch_id"),
                row.idOrNull("venue_id"),
                row.texts("guests").stream().map(UUID::fromString).toList(),
                row.text("format"),
                at(start, zone),
                at(end, zone),
                zone.getId(),
                buffered ? at(occupiedFrom, zone) : null,
                buffered ? at(occupiedUntil, zone) : null,
                expiry == null ? null : at(expiry, zone),
                row.numberOrNull("expected_head_count"),
                row.idOrNull("series_id"),
                row.idOrNull("campaign_id"),
                row.number("branches"),
                announced ? row.numberOrNull("reached") : null,
                announced ? row.numberOrNull("acknowledged") : null,
                row.texts("overridden"));
    }

    private static OffsetDateTime at(Instant time, ZoneId zone) {
        return time.atZone(zone).toOffsetDateTime();
    }

    private Map<UUID, LecturerName> lecturers(List<Item> items) {
        Set<UUID> ids = new HashSet<>();
        items.forEach(item -> ids.add(item.lecturerId()));
        return named(
                "SELECT id, code, name, tier FROM lecturer",
                ids,
                row -> new LecturerName(row.text("code"), row.text("name"), row.text("tier")));
    }

    private Map<UUID, TopicName> topics(List<Item> items) {
        Set<UUID> ids = new HashSet<>();
        items.forEach(item -> ids.add(item.topicId()));
        return named(
                "SELECT id, code, title FROM topic", ids, row -> new TopicName(row.text("code"), row.text("title")));
    }

    private Map<UUID, BranchName> branches(List<Item> items) {
        Set<UUID> ids = new HashSet<>();
        items.forEach(item -> {
            ids.add(item.branchId());
            ids.addAll(item.guestIds());
        });
        return named(
                "SELECT id, code, name, latitude, longitude FROM branch",
                ids,
                row -> new BranchName(
                        row.text("code"),
                        row.text("name"),
                        row.decimalOrNull("latitude"),
                        row.decimalOrNull("longitude")));
    }

    private Map<UUID, VenueName> venues(List<Item> items) {
        Set<UUID> ids = new HashSet<>();
        items.forEach(item -> {
            UUID venue = item.venueId();
            if (venue != null) {
                ids.add(venue);
            }
        });
        return named(
                "SELECT id, code, name, capacity, latitude, longitude FROM venue",
                ids,
                row -> new VenueName(
                        row.text("code"),
                        row.text("name"),
                        row.numberOrNull("capacity"),
                        row.decimalOrNull("latitude"),
                        row.decimalOrNull("longitude")));
    }

    private <T> Map<UUID, T> named(String select, Set<UUID> ids, Sql.Mapper<T> mapper) {
        Map<UUID, T> names = new HashMap<>();
        if (!ids.isEmpty()) {
            sql.list(select + " WHERE id = ANY (?)", row -> names.put(row.id("id"), mapper.map(row)), ids);
        }
        return names;
    }
}
