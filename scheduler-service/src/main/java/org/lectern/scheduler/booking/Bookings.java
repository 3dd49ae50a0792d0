package org.lectern.scheduler.booking;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.FlushModeType;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceException;
import jakarta.persistence.Query;
import jakarta.persistence.Tuple;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.database.Transactions;
import org.lectern.chassis.http.Cursor;
import org.lectern.scheduler.booking.Occupied.Conflict;
import org.lectern.scheduler.booking.Participants.BranchRef;
import org.lectern.scheduler.booking.Participants.GuestRef;
import org.lectern.scheduler.booking.Participants.LecturerRef;
import org.lectern.scheduler.booking.Participants.TopicRef;
import org.lectern.scheduler.booking.Participants.VenueRef;
import org.lectern.scheduler.booking.SoftRule.Guest;
import org.lectern.scheduler.booking.SoftRule.Proposal;
import org.lectern.scheduler.consequence.Consequences.Scope;

/** All bookings, and reads of the parties of a booking. */
@ApplicationScoped
public class Bookings implements PanacheRepositoryBase<Booking, UUID> {

    /** The name of the database's travel check. */
    private static final String TRAVEL_GUARD = "lecturer_travel";

    /** An expired hold is shown as expired, even before the expiry is written. */
    private static final String VIEW = """
            SELECT b.id, CASE WHEN o.overdue THEN b.version + 1 ELSE b.version END AS version,
                   CASE WHEN o.overdue THEN 'EXPIRED' ELSE b.status END AS status, b.hold_expires_at, b.join_link, b.format, b.starts_at, b.ends_at, b.zone,
                   b.occupied_from, b.occupied_until, b.expected_head_count, b.note,
                   CASE WHEN o.overdue THEN NULL ELSE b.reason END AS reason,
                   CASE WHEN o.overdue THEN NULL ELSE b.reason_code END AS reason_code, b.head_count, b.completion_note,
                   b.completion_link, b.recorded_by, b.campaign_id, b.series_id, b.series_detached, b.created_at, CASE WHEN o.overdue THEN b.hold_expires_at ELSE b.updated_at END AS updated_at,
                   l.id AS lecturer_id, l.code AS lecturer_code, l.name AS lecturer_name, l.tier,
                   t.id AS topic_id, t.code AS topic_code, t.title,
                   r.id AS branch_id, r.code AS branch_code, r.name AS branch_name,
                   v.id AS venue_id, v.code AS venue_code, v.name AS venue_name, v.address,
                   (SELECT cast(jsonb_agg(jsonb_build_object('id', g.id, 'code', g.code, 'name', g.name,
                                          'expectedHeadCount', p.expected_head_count) ORDER BY g.code) AS text)
                    FROM booking_branch p JOIN branch g ON g.id = p.branch_id
                    WHERE p.booking_id = b.id AND p.guest) AS guests,
                   answer_state(la.state, la.policy, la.due_at) AS answer_state, la.booking_version AS answer_version,
                   la.due_at AS answer_due_at, la.at AS answered_at, la.by_lecturer, la.reason AS answer_reason,
                   la.reason_code AS answer_reason_code
            FROM booking b
            CROSS JOIN LATERAL (SELECT is_overdue(b.status, b.hold_expires_at) AS overdue) o
            JOIN lecturer l ON l.id = b.lecturer_id
            JOIN topic t ON t.id = b.topic_id
            JOIN branch r ON r.id = b.branch_id
            LEFT JOIN venue v ON v.id = b.venue_id
            LEFT JOIN lecturer_answer la ON la.booking_id = b.id AND la.state <> 'CLOSED'
            """;

    private static final String FIND = """
            WITH t AS MATERIALIZED (SELECT * FROM topic WHERE id = ? FOR SHARE)
            SELECT l.id AS lecturer_id, l.code AS lecturer_code, l.name AS lecturer_name, l.tier,
                   l.archived AS lecturer_archived,
                   EXISTS (SELECT 1 FROM lecturer_topic o
                           WHERE o.lecturer_id = l.id AND o.topic_id = t.id) AS on_topic,
                   v.id AS venue_id, v.code AS venue_code, v.name AS venue_name, v.address,
                   v.archived AS venue_archived,
                   r.id AS branch_id, r.code AS branch_code, r.name AS branch_name, r.zone,
                   r.archived AS branch_archived, r.parallel,
                   t.id AS topic_id, t.code AS topic_code, t.title, t.duration_minutes,
                   t.archived AS topic_archived
            FROM (SELECT 1) AS one
            LEFT JOIN lecturer l ON l.id = ?
            LEFT JOIN venue v ON v.id = ?
            LEFT JOIN branch r ON r.id = ?
            LEFT JOIN t ON true""";

    /**
     * Booking statements are always the same and look rows up by key. PostgreSQL would otherwise replan some of them at
     * each call, because it overestimates the gain of a custom plan.
     */
    private static final String PLAN_ONCE = "SET LOCAL plan_cache_mode = force_generic_plan; ";

    private final EntityManager database;
    private final Sql sql;
    private final ObjectMapper json;

    @Inject
    Bookings(EntityManager database, Sql sql, ObjectMapper json) {
        this.database = database;
        this.sql = sql;
        this.json = json;
    }

    /** What a caller looks for; absent criteria do not filter. */
    public record Criteria(
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable UUID lecturerId,
            @Nullable UUID branchId,
            @Nullable UUID venueId,
            @Nullable UUID topicId,
            @Nullable UUID seriesId,
            @Nullable UUID campaignId,
            @Nullable BookingStatus status,
            @Nullable String reasonCode,
            @Nullable Boolean acknowledged,
            @Nullable Boolean outdated,
            LecturerAnswer.@Nullable State lecturerAnswer,
            @Nullable Boolean announced,
            Optional<Set<UUID>> branches) {

        /** The same, within a range. */
        public Criteria within(Instant begin, Instant end) {
            return new Criteria(
                    begin,
                    end,
                    lecturerId,
                    branchId,
                    venueId,
                    topicId,
                    seriesId,
                    campaignId,
                    status,
                    reasonCode,
                    acknowledged,
                    outdated,
                    lecturerAnswer,
                    announced,
                    branches);
        }

        static Criteria of(Optional<Set<UUID>> branches) {
            return new Criteria(
                    null, null, null, null, null, null, null, null, null, null, null, null, null, null, branches);
        }
    }

    /** Upcoming bookings announced with another title, lecturer or place than now, the next first. */
    public List<BookingView> toldOtherwise(
            @Nullable UUID lecturerId, @Nullable UUID topicId, @Nullable UUID venueId, int most) {
        return list(
                new Criteria(
                        now(),
                        null,
                        lecturerId,
                        null,
                        venueId,
                        topicId,
                        null,
                        null,
                        null,
                        null,
                        null,
                        true,
                        null,
                        null,
                        Optional.empty()),
                null,
                most);
    }

    /** The parties of a booking as found; missing ones are null. */
    record Found(
            @Nullable LecturerRef lecturer,
            boolean lecturerArchived,
            boolean lecturesOnTopic,
            @Nullable TopicRef topic,
            boolean topicArchived,
            int topicMinutes,
            @Nullable BranchRef branch,
            boolean branchArchived,
            boolean branchParallel,
            @Nullable String branchZone,
            @Nullable VenueRef venue,
            boolean venueArchived) {}

    /** Locks rows in the fixed order: lecturers, venues, branches, bookings, each by id. */
    void lock(Locks locks) {
        Map<String, Set<UUID>> rows = rows(locks);
        if (!rows.isEmpty()) {
            sql.run(locking(rows), rows.values().toArray());
        }
    }

    private static Map<String, Set<UUID>> rows(Locks locks) {
        Map<String, Set<UUID>> rows = new LinkedHashMap<>();
        rows.put("lecturer", locks.lecturers());
        rows.put("venue", locks.venues());
        rows.put("branch", locks.branches());
        rows.put("booking", locks.bookings());
        rows.values().removeIf(Set::isEmpty);
        return rows;
    }

    private static String locking(Map<String, Set<UUID>> rows) {
        return rows.keySet().stream()
                .map(table -> "SELECT FROM " + table + " WHERE id = ANY (?) ORDER BY id FOR NO KEY UPDATE")
                .collect(Collectors.joining("; ", PLAN_ONCE, ""));
    }

    /** Locks and reads the parties of a booking, in one round trip. */
    Found lockAndFind(Locks locks, UUID lecturerId, UUID topicId, UUID branchId, @Nullable UUID venueId) {
        Map<String, Set<UUID>> rows = rows(locks);
        List<@Nullable Object> parameters = new ArrayList<>(rows.values());
        parameters.addAll(Arrays.asList(topicId, lecturerId, venueId, branchId));
        return sql.runAndRead(locking(rows) + "; " + FIND, Bookings::found, parameters.toArray())
                .orElseThrow();
    }

    /**
     * Reads the lecturer, venue and branch of a booking; the caller has locked them. A lock prevents archiving of the
     * topic.
     */
    Found find(UUID lecturerId, UUID topicId, UUID branchId, @Nullable UUID venueId) {
        return sql.one(FIND, Bookings::found, topicId, lecturerId, venueId, branchId)
                .orElseThrow();
    }

    private static Found found(Sql.Row row) throws SQLException {
        UUID lecturer = row.idOrNull("lecturer_id");
        UUID topic = row.idOrNull("topic_id");
        UUID branch = row.idOrNull("branch_id");
        UUID venue = row.idOrNull("venue_id");
        return new Found(
                lecturer == null
                        ? null
                        : new LecturerRef(
                                lecturer, row.text("lecturer_code"), row.text("lecturer_name"), row.text("tier")),
                row.flag("lecturer_archived"),
                row.flag("on_topic"),
                topic == null ? null : new TopicRef(topic, row.text("topic_code"), row.text("title")),
                row.flag("topic_archived"),
                row.number("duration_minutes"),
                branch == null ? null : new BranchRef(branch, row.text("branch_code"), row.text("branch_name")),
                row.flag("branch_archived"),
                row.flag("parallel"),
                row.textOrNull("zone"),
                venue == null
                        ? null
                        : new VenueRef(
                                venue, row.text("venue_code"), row.text("venue_name"), row.textOrNull("address")),
                row.flag("venue_archived"));
    }

    /** Locks and reads the booking; the transaction must not have read it before. */
    Booking locked(UUID id) {
        return database.find(Booking.class, id, LockModeType.PESSIMISTIC_WRITE);
    }

    /** A prospective guest branch as found; missing ones are absent. */
    record FoundGuest(BranchRef branch, boolean archived, boolean parallel) {}

    /** The existing ones of these branches, by id. The caller has locked them. */
    @SuppressWarnings("unchecked")
    Map<UUID, FoundGuest> findGuests(Set<UUID> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        List<Tuple> rows = database.createNativeQuery("""
                        SELECT id AS branch_id, code AS branch_code, name AS branch_name, archived, parallel
                        FROM branch WHERE id = ANY (:ids)""", Tuple.class)
                .setFlushMode(FlushModeType.COMMIT)
                .setParameter("ids", ids.toArray(UUID[]::new))
                .getResultList();
        Map<UUID, FoundGuest> found = new HashMap<>();
        rows.forEach(row -> found.put(
                row.get("branch_id", UUID.class),
                new FoundGuest(branch(row), is(row, "archived"), is(row, "parallel"))));
        return found;
    }

    /** The known capacities of these venues. */
    Map<UUID, Integer> capacities(Set<UUID> venues) {
        Map<UUID, Integer> capacities = new HashMap<>();
        if (!venues.isEmpty()) {
            sql.list(
                    "SELECT id, capacity FROM venue WHERE id = ANY (?) AND capacity IS NOT NULL",
                    row -> capacities.put(row.id("id"), row.number("capacity")),
                    venues);
        }
        return capacities;
    }

    /** Changes to the branches other than the host. */
    record GuestList(List<Guest> joining, Set<UUID> parallel, Set<UUID> leaving) {

        static final GuestList UNCHANGED = new GuestList(List.of(), Set.of(), Set.of());
    }

    /**
     * Removes guests. Comes before any write: one that becomes the host is among them, and a flush writes all bookings.
     */
    void remove(Booking booking, GuestList guests) {
        guests.leaving()
                .forEach(branch -> sql.update(
                        "DELETE FROM booking_branch WHERE booking_id = ? AND branch_id = ? AND guest",
                        booking.id(),
                        branch));
    }

    /**
     * Writes the changes; the caller has removed the guests that leave.
     *
     * @throws ConflictDetected when the slot is taken; the transaction must then roll back
     */
    void write(Booking booking, GuestList guests, Proposal wanted, @Nullable String pointer) {
        try {
            database.flush();
            guests.joining()
                    .forEach(guest -> database.createNativeQuery("""
                                    INSERT INTO booking_branch (booking_id, branch_id, guest, expected_head_count,
                                                                occupied_from, occupied_until, active, exclusive,
                                                                campaign_id, topic_id, lecturer_id, status, starts_at,
                                                                ends_at, hold_expires_at, head_count)
                                    SELECT host.booking_id, :branch, true, cast(:heads AS integer),
                                           host.occupied_from, host.occupied_until, host.active, :exclusive,
                                           host.campaign_id, host.topic_id, host.lecturer_id, host.status, host.starts_at,
                                           host.ends_at, host.hold_expires_at, host.head_count
                                    FROM booking_branch host WHERE host.booking_id = :id AND NOT host.guest""")
                            .setParameter("id", booking.id())
                            .setParameter("branch", guest.branchId())
                            .setParameter("heads", guest.expectedHeadCount())
                            .setParameter("exclusive", !guests.parallel().contains(guest.branchId()))
                            .executeUpdate());
        } catch (PersistenceException e) {
            String constraint = Transactions.violatedConstraint(e);
            if (Occupied.Resource.guardedBy(constraint) || TRAVEL_GUARD.equals(constraint)) {
                throw new ConflictDetected(wanted, pointer);
            }
            throw e;
        }
    }

    /** The active bookings that conflict with a lecture, without expired holds. */
    List<Conflict> conflicts(Proposal wanted) {
        return conflicts(wanted, inTheWayOf(wanted));
    }

    private static List<Conflict> conflicts(Proposal wanted, List<Tuple> inTheWay) {
        ZoneId zone = wanted.zone();
        return inTheWay.stream()
                .filter(row -> !is(row, "overdue"))
                .map(row -> new Conflict(
                        row.get("resource", String.class),
                        row.get("id", UUID.class),
                        row.get("taken_branch", UUID.class),
                        at(row, "starts_at", zone),
                        at(row, "ends_at", zone),
                        row.get("hold_expires_at") == null ? null : at(row, "hold_expires_at", zone)))
                .toList();
    }

    /**
     * The same conflicts, described for people.
     *
     * @throws ConflictDetected when an expired hold occupies the slot: {@link ConflictResolution} ends it and retries
     */
    List<ConflictingBooking> describedConflicts(Proposal wanted) {
        List<Tuple> inTheWay = inTheWayOf(wanted);
        if (inTheWay.stream().anyMatch(row -> is(row, "overdue"))) {
            throw new ConflictDetected(wanted, null);
        }
        List<Conflict> conflicts = conflicts(wanted, inTheWay);
        Map<UUID, BookingView> named = new LinkedHashMap<>();
        views(conflicts.stream().map(Conflict::bookingId).distinct().toList())
                .forEach(view -> named.put(view.id(), view));
        List<ConflictingBooking> describedConflicts = new ArrayList<>();
        for (Conflict conflict : conflicts) {
            BookingView other = named.get(conflict.bookingId());
            if (other != null) {
                describedConflicts.add(new ConflictingBooking(
                        conflict.resource(),
                        conflict.bookingId(),
                        conflict.start(),
                        conflict.end(),
                        conflict.heldUntil(),
                        other.lecturer(),
                        other.topic(),
                        other.branch(),
                        other.venue()));
            }
        }
        return describedConflicts;
    }

    /** The expired holds that occupy the slot. */
    List<UUID> overdueInTheWayOf(Proposal wanted) {
        return inTheWayOf(wanted).stream()
                .filter(row -> is(row, "overdue"))
                .map(row -> row.get("id", UUID.class))
                .distinct()
                .toList();
    }

    @SuppressWarnings("unchecked")
    private List<Tuple> inTheWayOf(Proposal wanted) {
        return database.createNativeQuery("""
                        SELECT is_overdue(b.status, b.hold_expires_at) AS overdue, w.resource, w.taken_branch, b.id, b.starts_at, b.ends_at, b.hold_expires_at
                        FROM booking b
                        CROSS JOIN LATERAL (
                            SELECT 'lecturer' AS resource, cast(NULL AS uuid) AS taken_branch, 1 AS rank
                            WHERE b.lecturer_id = :lecturer
                            UNION ALL
                            SELECT 'venue', NULL, 2 WHERE b.venue_id = :venue
                            UNION ALL
                            SELECT CASE WHEN p.branch_id = :branch THEN 'branch' ELSE 'guest' END, p.branch_id, 3
                            FROM booking_branch p JOIN branch r ON r.id = p.branch_id
                            WHERE p.booking_id = b.id AND p.branch_id = ANY (:branches) AND p.exclusive AND NOT r.parallel
                        ) AS w
                        WHERE occupies(b.status)
                          AND tstzrange(b.occupied_from, b.occupied_until)
                              && tstzrange(cast(:from AS timestamptz), cast(:until AS timestamptz))
                          -- a lecture lasts at most a day, a buffer at most half a day: the index on starts_at serves
                          AND b.starts_at > cast(:from AS timestamptz) - interval '36 hours'
                          AND b.starts_at < cast(:until AS timestamptz) + interval '12 hours'
                          AND b.id IS DISTINCT FROM cast(:itself AS uuid)
                        ORDER BY overdue DESC, w.rank, b.starts_at
                        LIMIT 40""", Tuple.class)
                .setParameter("lecturer", wanted.lecturerId())
                .setParameter("venue", wanted.venueId())
                .setParameter("branch", wanted.branchId())
                .setParameter("branches", wanted.branchIds().toArray(UUID[]::new))
                .setParameter("from", wanted.occupancy().from())
                .setParameter("until", wanted.occupancy().until())
                .setParameter("itself", wanted.bookingId())
                .getResultList();
    }

    /** Expired holds, the longest expired first. */
    List<UUID> overdue(int most) {
        return sql.list("""
                SELECT id FROM booking WHERE is_overdue(status, hold_expires_at)
                ORDER BY hold_expires_at LIMIT ?""", row -> row.id("id"), most);
    }

    /** The current time by the database's clock, which decides on holds for all processes. */
    Instant now() {
        return sql.one("SELECT clock_timestamp() AS now", row -> row.time("now"))
                .orElseThrow();
    }

    /** The number of holds of an organizer. Prevents concurrent additions until the transaction ends. */
    long heldBy(String organizer) {
        database.createNativeQuery("SELECT cast(pg_advisory_xact_lock(hashtextextended(:who, 17)) AS text)")
                .setParameter("who", "hold:" + organizer)
                .getSingleResult();
        return sql.one("""
                        SELECT count(*) AS n FROM booking WHERE created_by = ? AND status = 'HELD'
                        AND NOT is_overdue(status, hold_expires_at)""", row -> row.bigNumber("n"), organizer).orElseThrow();
    }

    /** The bookings that meet the criteria, by start: those that touch {@code [from, to)}, not only begin in it. */
    public List<BookingView> list(Criteria criteria, @Nullable Cursor after, int limit) {
        var where = new ArrayList<String>();
        Map<String, Object> values = new LinkedHashMap<>();
        filter(criteria, where, values);
        return page(where, values, after, limit);
    }

    private List<BookingView> page(List<String> where, Map<String, Object> values, @Nullable Cursor after, int limit) {
        if (after != null) {
            where.add("(b.starts_at, b.id) > (cast(:afterStart AS timestamptz), :afterId)");
            values.put("afterStart", after.key());
            values.put("afterId", after.id());
        }
        String sql = VIEW + (where.isEmpty() ? "" : " WHERE " + String.join(" AND ", where))
                + " ORDER BY b.starts_at, b.id LIMIT :limit";
        values.put("limit", limit);
        return views(sql, values);
    }

    private static void filter(Criteria criteria, List<String> where, Map<String, Object> values) {
        if (criteria.from() != null) {
            // a lecture lasts at most a day: the index on starts_at can skip bookings that began earlier
            where.add("b.ends_at > :from AND b.starts_at > cast(:from AS timestamptz) - interval '24 hours'");
            values.put("from", criteria.from());
        }
        if (criteria.to() != null) {
            where.add("b.starts_at < :to");
            values.put("to", criteria.to());
        }
        equal("lecturer_id", criteria.lecturerId(), where, values);
        if (criteria.branchId() != null) {
            where.add("b.id IN (SELECT booking_id FROM booking_branch WHERE branch_id = :branchId)");
            values.put("branchId", criteria.branchId());
        }
        equal("venue_id", criteria.venueId(), where, values);
        equal("topic_id", criteria.topicId(), where, values);
        equal("series_id", criteria.seriesId(), where, values);
        equal("campaign_id", criteria.campaignId(), where, values);
        if (criteria.status() != null) {
            where.add("CASE WHEN o.overdue THEN 'EXPIRED' ELSE b.status END = :status");
            values.put("status", criteria.status().name());
        }
        if (criteria.reasonCode() != null) {
            where.add("CASE WHEN o.overdue THEN NULL ELSE b.reason_code END = :reasonCode");
            values.put("reasonCode", criteria.reasonCode());
        }
        if (criteria.acknowledged() != null) {
            // branches are not notified of holds, so they cannot acknowledge them
            where.add((criteria.acknowledged() ? "NOT " : "") + """
                    EXISTS (SELECT FROM booking_branch p
                            WHERE p.booking_id = b.id
                              AND NOT EXISTS (SELECT FROM acknowledgement a
                                              WHERE a.booking_id = p.booking_id AND a.branch_id = p.branch_id
                                                AND a.version >= announced_version(b.id)))
                    AND is_announced(b.status)""");
        }
        if (criteria.lecturerAnswer() != null) {
            where.add("answer_state(la.state, la.policy, la.due_at) = :lecturerAnswer");
            values.put("lecturerAnswer", criteria.lecturerAnswer().name());
        }
        if (criteria.announced() != null) {
            where.add((criteria.announced() ? "" : "NOT ") + "is_announced(b.status)");
        }
        if (criteria.outdated() != null) {
            where.add((criteria.outdated() ? "" : "NOT ") + "is_announced_otherwise(b.id)");
        }
        criteria.branches().ifPresent(branches -> {
            where.add(
                    "EXISTS (SELECT FROM booking_branch p WHERE p.booking_id = b.id AND p.branch_id = ANY (:branches))"
                            + " AND is_announced(b.status)");
            values.put("branches", branches.toArray(UUID[]::new));
        });
    }

    private static void any(String party, Set<UUID> ids, List<String> where, Map<String, Object> values) {
        if (!ids.isEmpty()) {
            where.add("b." + party + "_id = ANY (:" + party + "s)");
            values.put(party + "s", ids.toArray(UUID[]::new));
        }
    }

    private static void equal(String column, @Nullable Object value, List<String> where, Map<String, Object> values) {
        if (value != null) {
            where.add("b." + column + " = :" + column);
            values.put(column, value);
        }
    }

    /** One booking, if it exists and its branch is among those given. */
    public Optional<BookingView> view(UUID id, Optional<Set<UUID>> branches) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("id", id);
        return views(VIEW + " WHERE b.id = :id", values).stream()
                .filter(found -> branches.isEmpty()
                        || found.wasAnnounced() && found.branchIds().stream().anyMatch(branches.get()::contains))
                .findFirst();
    }

    /** The existing ones of these bookings. */
    List<BookingView> views(Collection<UUID> ids) {
        return switch (ids.size()) {
            case 0 -> List.of();
            case 1 ->
                views(VIEW + " WHERE b.id = :id", Map.of("id", ids.iterator().next()));
            default ->
                views(
                        VIEW + " WHERE b.id = ANY (:ids) ORDER BY b.starts_at, b.id",
                        Map.of("ids", ids.toArray(UUID[]::new)));
        };
    }

    /** All occurrences of a series, by start. */
    List<BookingView> ofSeries(UUID series) {
        return views(VIEW + " WHERE b.series_id = :series ORDER BY b.starts_at, b.id", Map.of("series", series));
    }

    /** The selected bookings, by start. */
    List<BookingView> select(Selection selection, int most) {
        List<String> where = new ArrayList<>(List.of("is_active(b.status)", "NOT o.overdue"));
        Map<String, Object> values = new LinkedHashMap<>();
        filter(
                new Criteria(
                        selection.from(),
                        selection.to(),
                        selection.lecturerId(),
                        selection.branchId(),
                        selection.venueId(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        Optional.empty()),
                where,
                values);
        values.put("most", most);
        return views(
                VIEW + " WHERE " + String.join(" AND ", where) + " ORDER BY b.starts_at, b.id LIMIT :most", values);
    }

    /**
     * The bookings to come, holds included, by start.
     *
     * @param scope the same as the criteria, for several entries
     */
    List<BookingView> upcoming(Criteria criteria, Scope scope, @Nullable Cursor after, int limit) {
        List<String> where =
                new ArrayList<>(List.of("is_active(b.status)", "NOT o.overdue", "b.ends_at > statement_timestamp()"));
        Map<String, Object> values = new LinkedHashMap<>();
        filter(criteria, where, values);
        if (!scope.dates().isEmpty()) {
            where.add("cast(b.starts_at AT TIME ZONE b.zone AS date) = ANY (:dates)");
            values.put("dates", scope.dates().toArray(LocalDate[]::new));
        }
        any("lecturer", scope.lecturers(), where, values);
        any("venue", scope.venues(), where, values);
        any("topic", scope.topics(), where, values);
        // a lecture lasts at most a day: the index on starts_at can skip the past
        where.add("b.starts_at > statement_timestamp() - interval '24 hours'");
        return page(where, values, after, limit);
    }

    /** Defers the conflict checks until {@link #check}, so that bookings may exchange slots. */
    void postponeChecks() {
        database.createNativeQuery("SET CONSTRAINTS ALL DEFERRED").executeUpdate();
    }

    /**
     * Runs the conflict checks now.
     *
     * @throws ConflictDetected on a conflict
     */
    void check(Proposal wanted) {
        try {
            database.flush();
            database.createNativeQuery("SET CONSTRAINTS ALL IMMEDIATE").executeUpdate();
        } catch (PersistenceException e) {
            String constraint = Transactions.violatedConstraint(e);
            if (Occupied.Resource.guardedBy(constraint) || TRAVEL_GUARD.equals(constraint)) {
                throw new ConflictDetected(wanted, null);
            }
            throw e;
        }
    }

    private List<BookingView> views(String sql, Map<String, Object> values) {
        Query query = database.createNativeQuery(sql, Tuple.class);
        values.forEach(query::setParameter);
        @SuppressWarnings("unchecked")
        List<Tuple> rows = query.getResultList();
        return rows.stream().map(this::view).toList();
    }

    private BookingView view(Tuple row) {
        ZoneId zone = ZoneId.of(row.get("zone", String.class));
        Integer heads = row.get("head_count", Integer.class);
        return new BookingView(
                row.get("id", UUID.class),
                row.get("version", Integer.class),
                BookingStatus.valueOf(row.get("status", String.class)),
                lecturer(row),
                topic(row),
                branch(row),
                row.get("venue_id") == null ? null : venue(row),
                guests(row.get("guests", String.class)),
                row.get("join_link", String.class),
                BookingView.Hold.until(row.get("hold_expires_at", Instant.class), zone),
                row.get("format", String.class),
                at(row, "starts_at", zone),
                at(row, "ends_at", zone),
                zone.getId(),
                at(row, "occupied_from", zone),
                at(row, "occupied_until", zone),
                row.get("expected_head_count", Integer.class),
                row.get("note", String.class),
                row.get("reason", String.class),
                row.get("reason_code", String.class),
                heads == null
                        ? null
                        : new BookingView.Completion(
                                heads,
                                row.get("completion_note", String.class),
                                row.get("completion_link", String.class),
                                recorder(row.get("recorded_by", String.class))),
                row.get("series_id", UUID.class),
                row.get("series_id") == null ? null : is(row, "series_detached"),
                row.get("campaign_id", UUID.class),
                answer(row),
                row.get("created_at", Instant.class),
                row.get("updated_at", Instant.class),
                null);
    }

    private static BookingView.@Nullable Recorder recorder(@Nullable String name) {
        return name == null ? null : BookingView.Recorder.valueOf(name);
    }

    private List<GuestRef> guests(@Nullable String array) {
        if (array == null) {
            return List.of();
        }
        try {
            return List.of(json.readValue(array, GuestRef[].class));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The database's list of guests cannot be read", e);
        }
    }

    private static @Nullable LecturerAnswer answer(Tuple row) {
        String state = row.get("answer_state", String.class);
        Boolean byLecturer = row.get("by_lecturer", Boolean.class);
        return state == null
                ? null
                : new LecturerAnswer(
                        LecturerAnswer.State.valueOf(state),
                        row.get("answer_version", Integer.class),
                        row.get("answer_due_at", Instant.class),
                        row.get("answered_at", Instant.class),
                        byLecturer == null
                                ? null
                                : byLecturer ? LecturerAnswer.By.LECTURER : LecturerAnswer.By.ORGANIZER,
                        row.get("answer_reason", String.class),
                        row.get("answer_reason_code", String.class));
    }

    private static LecturerRef lecturer(Tuple row) {
        return new LecturerRef(
                row.get("lecturer_id", UUID.class),
                row.get("lecturer_code", String.class),
                row.get("lecturer_name", String.class),
                row.get("tier", String.class));
    }

    private static TopicRef topic(Tuple row) {
        return new TopicRef(
                row.get("topic_id", UUID.class), row.get("topic_code", String.class), row.get("title", String.class));
    }

    private static BranchRef branch(Tuple row) {
        return new BranchRef(
                row.get("branch_id", UUID.class),
                row.get("branch_code", String.class),
                row.get("branch_name", String.class));
    }

    private static VenueRef venue(Tuple row) {
        return new VenueRef(
                row.get("venue_id", UUID.class),
                row.get("venue_code", String.class),
                row.get("venue_name", String.class),
                row.get("address", String.class));
    }

    private static OffsetDateTime at(Tuple row, String column, ZoneId zone) {
        return row.get(column, Instant.class).atZone(zone).toOffsetDateTime();
    }

    private static boolean is(Tuple row, String column) {
        return Boolean.TRUE.equals(row.get(column, Boolean.class));
    }
}
