package org.lectern.scheduler.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.http.Cursor;
import org.lectern.chassis.problem.NotFound;
import org.lectern.scheduler.audit.Audit;
import org.lectern.scheduler.audit.Kind;
import org.lectern.scheduler.booking.Participants.BranchRef;
import org.lectern.scheduler.booking.Participants.LecturerRef;
import org.lectern.scheduler.booking.Participants.TopicRef;
import org.lectern.scheduler.booking.Participants.VenueRef;
import org.lectern.scheduler.outbox.Outbox;
import org.lectern.scheduler.request.LectureRequest.Range;
import org.lectern.scheduler.request.RequestEvent.Offered;

/** All lecture requests, with every version. */
@ApplicationScoped
class LectureRequests {

    /** {@link RequestView#need} as SQL. */
    private static final String NEED = """
            (least(60, floor(extract(epoch FROM statement_timestamp() - r.requested_at) / 86400))
             + least(30, coalesce(floor(extract(epoch FROM statement_timestamp() - (
                   SELECT max(v.starts_at) FROM booking_branch p JOIN booking v ON v.id = p.booking_id
                   WHERE p.branch_id = r.branch_id AND occupies(v.status) AND is_announced(v.status)
                     AND v.starts_at < statement_timestamp())) / 518400), 30))
             + least(10, coalesce(r.expected_head_count, 0) / 50))::integer""";

    /** Whether a request's offer has expired; its hold expires at the same time. */
    static final String OVERDUE = "r.status = 'OFFERED' AND r.offer_expires_at <= statement_timestamp()";

    /** Shows an expired offer as ended, even before the expiry is written. */
    private static final String SELECT = select(OVERDUE);

    /** Shows an expired offer as stored. */
    private static final String SELECT_STORED = select("false");

    private final Sql sql;
    private final Outbox outbox;
    private final Audit audit;
    private final ObjectMapper json;

    @Inject
    LectureRequests(Sql sql, Outbox outbox, Audit audit, ObjectMapper json) {
        this.sql = sql;
        this.outbox = outbox;
        this.audit = audit;
        this.json = json;
    }

    private static String select(String overdue) {
        return """
                SELECT q.* FROM (
                    SELECT r.id, CASE WHEN o.overdue THEN r.version + 1 ELSE r.version END AS version,
                           CASE WHEN o.overdue THEN 'WAITING' ELSE r.status END AS status,
                           ARRAY(SELECT cast(cast(extract(epoch FROM lower(w)) AS bigint) AS text) || ' '
                                     || cast(cast(extract(epoch FROM upper(w)) AS bigint) AS text)
                                 FROM unnest(r.windows) w) AS windows,
                           r.format, r.expected_head_count, r.note,
                           CASE WHEN o.overdue THEN NULL ELSE r.booking_id END AS booking_id,
                           CASE WHEN o.overdue THEN NULL ELSE r.offer_expires_at END AS offer_expires_at,
                           CASE WHEN o.overdue THEN NULL ELSE r.reason END AS reason,
                           CASE WHEN o.overdue THEN NULL ELSE r.reason_code END AS reason_code,
                           r.requested_at, CASE WHEN o.overdue THEN r.offer_expires_at ELSE r.updated_at END AS updated_at,
                           %s AS need,
                           t.id AS topic_id, t.code AS topic_code, t.title,
                           b.id AS branch_id, b.code AS branch_code, b.name AS branch_name, b.zone,
                           h.format AS hold_format, h.join_link, h.starts_at, h.ends_at,
                           l.id AS lecturer_id, l.code AS lecturer_code, l.name AS lecturer_name, l.tier,
                           v.id AS venue_id, v.code AS venue_code, v.name AS venue_name, v.address
                    FROM lecture_request r
                    CROSS JOIN LATERAL (SELECT %s AS overdue) o
                    JOIN topic t ON t.id = r.topic_id
                    JOIN branch b ON b.id = r.branch_id
                    LEFT JOIN booking h ON h.id = r.booking_id AND r.status = 'OFFERED' AND NOT o.overdue
                    LEFT JOIN lecturer l ON l.id = h.lecturer_id
                    LEFT JOIN venue v ON v.id = h.venue_id) q
                """.formatted(NEED, overdue);
    }

    /** The filter of a caller; absent criteria do not filter. */
    record Criteria(
            @Nullable RequestStatus status,
            @Nullable UUID topicId,
            @Nullable UUID branchId,
            @Nullable String reasonCode,
            Optional<Set<UUID>> branches) {}

    /** The order of a list. */
    enum Order {
        AGE,
        NEED
    }

    Optional<LectureRequest> find(UUID id, Optional<Set<UUID>> branches) {
        return sql.one(SELECT + "WHERE q.id = ?", LectureRequests::read, id)
                .filter(found -> branches.isEmpty()
                        || branches.get().contains(found.branch().id()));
    }

    /** Refuses a request that does not exist, or belongs to a branch outside the caller's scope. */
    void demandVisible(UUID id, Optional<Set<UUID>> branches) {
        if (find(id, branches).isEmpty()) {
            throw new NotFound();
        }
    }

    /** Requests, the oldest or the greatest need first. */
    List<LectureRequest> list(Criteria criteria, Order order, @Nullable Cursor after, int limit) {
        List<String> where = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        if (criteria.status() != null) {
            where.add("q.status = ?");
            values.add(criteria.status().name());
        }
        if (criteria.topicId() != null) {
            where.add("q.topic_id = ?");
            values.add(criteria.topicId());
        }
        if (criteria.branchId() != null) {
            where.add("q.branch_id = ?");
            values.add(criteria.branchId());
        }
        if (criteria.reasonCode() != null) {
            where.add("q.reason_code = ?");
            values.add(criteria.reasonCode());
        }
        criteria.branches().ifPresent(branches -> {
            where.add("q.branch_id = ANY (cast(? AS uuid[]))");
            values.add(branches);
        });
        if (after != null) {
            where.add(
                    switch (order) {
                        case AGE -> "(q.requested_at, q.id) > (cast(? AS timestamptz), ?)";
                        case NEED -> "(-q.need, q.id) > (-cast(? AS integer), ?)";
                    });
            values.add(after.key());
            values.add(after.id());
        }
        values.add(limit);
        String ordered = switch (order) {
            case AGE -> " ORDER BY q.requested_at, q.id";
            case NEED -> " ORDER BY -q.need, q.id";
        };
        return sql.list(
                SELECT + (where.isEmpty() ? "" : "WHERE " + String.join(" AND ", where)) + ordered + " LIMIT ?",
                LectureRequests::read,
                values.toArray());
    }

    /** The request under lock. */
    LectureRequest locked(UUID id) {
        sql.list("SELECT id FROM lecture_request WHERE id = ? FOR UPDATE", row -> row.id("id"), id);
        return find(id, Optional.empty()).orElseThrow(NotFound::new);
    }

    /** The request that a booking answers or is offered for, under lock. */
    Optional<LectureRequest> lockedByBooking(UUID booking) {
        return sql.one("SELECT id FROM lecture_request WHERE booking_id = ? FOR UPDATE", row -> row.id("id"), booking)
                .flatMap(id -> sql.one(SELECT_STORED + "WHERE q.id = ?", LectureRequests::read, id));
    }

    /** The open request of a branch for a topic. */
    Optional<UUID> open(UUID branch, UUID topic) {
        return sql.one(
                "SELECT id FROM lecture_request WHERE branch_id = ? AND topic_id = ? AND status IN ('WAITING', 'OFFERED')",
                row -> row.id("id"),
                branch,
                topic);
    }

    int countOpen(UUID branch) {
        return sql.one(
                        "SELECT count(*) AS open FROM lecture_request WHERE branch_id = ? AND status IN ('WAITING', 'OFFERED')",
                        row -> row.number("open"),
                        branch)
                .orElse(0);
    }

    /**
     * Topic and branch of a new request, locked against archiving. The lock on the branch also serializes its requests.
     */
    record Asked(
            @Nullable TopicRef topic,
            boolean topicArchived,
            @Nullable BranchRef branch,
            boolean branchArchived,
            String zone,
            Duration length) {}

    Asked asked(UUID topic, UUID branch) {
        sql.list("SELECT id FROM branch WHERE id = ? FOR NO KEY UPDATE", row -> row.id("id"), branch);
        sql.list("SELECT id FROM topic WHERE id = ? FOR SHARE", row -> row.id("id"), topic);
        return sql.one(
                        """
                        SELECT t.id AS topic_id, t.code AS topic_code, t.title, t.archived AS topic_archived,
                               coalesce(t.duration_minutes, 0) AS minutes,
                               b.id AS branch_id, b.code AS branch_code, b.name AS branch_name, b.zone,
                               b.archived AS branch_archived
                        FROM (SELECT 1) one LEFT JOIN topic t ON t.id = ? LEFT JOIN branch b ON b.id = ?""",
                        row -> new Asked(
                                row.idOrNull("topic_id") == null ? null : topic(row),
                                row.flag("topic_archived"),
                                row.idOrNull("branch_id") == null ? null : branch(row),
                                row.flag("branch_archived"),
                                row.idOrNull("branch_id") == null ? "UTC" : row.text("zone"),
                                Duration.ofMinutes(row.number("minutes"))),
                        topic,
                        branch)
                .orElseThrow();
    }

    /** Stores the first version. */
    @Transactional(Transactional.TxType.MANDATORY)
    LectureRequest add(LectureRequest request, String actor) {
        sql.update(
                """
                INSERT INTO lecture_request (id, version, status, topic_id, branch_id, windows, format,
                                             expected_head_count, note, requested_at, created_by, updated_at)
                VALUES (?, 1, 'WAITING', ?, ?, cast(? AS tstzmultirange), ?, ?, ?, ?, ?, ?)""",
                request.id(),
                request.topic().id(),
                request.branch().id(),
                request.windows().stream()
                        .map(window -> "[" + window.from() + "," + window.until() + ")")
                        .collect(Collectors.joining(",", "{", "}")),
                request.format(),
                request.expectedHeadCount(),
                request.note(),
                request.requestedAt(),
                actor,
                request.updatedAt());
        // overlapping or adjacent windows were merged
        LectureRequest stored = find(request.id(), Optional.empty()).orElseThrow();
        note(Change.REQUESTED, stored, actor);
        return stored;
    }

    /** Stores the next version of a locked request, with its history and its event. */
    @Transactional(Transactional.TxType.MANDATORY)
    LectureRequest put(Change change, LectureRequest request, String actor) {
        Offered offer = request.offer();
        sql.update(
                """
                UPDATE lecture_request SET branch_id = ?, version = ?, status = ?, booking_id = ?, offer_expires_at = ?,
                                           reason = ?, reason_code = ?, updated_at = ? WHERE id = ?""",
                request.branch().id(),
                request.version(),
                request.status().name(),
                request.bookingId(),
                offer == null ? null : offer.expiresAt(),
                request.reason(),
                request.reasonCode(),
                request.updatedAt(),
                request.id());
        if (change == Change.OFFERED && offer != null) {
            sql.update(
                    "INSERT INTO request_offer (request_id, lecturer_id, starts_at, offered_at) VALUES (?, ?, ?, ?)"
                            + " ON CONFLICT DO NOTHING",
                    request.id(),
                    offer.lecturer().id(),
                    offer.start(),
                    request.updatedAt());
        }
        note(change, request, actor);
        return request;
    }

    private void note(Change change, LectureRequest request, String actor) {
        audit.append(
                Kind.LECTURE_REQUEST,
                request.id(),
                request.version(),
                change.name(),
                request.updatedAt(),
                actor,
                request.reason(),
                request.view());
        outbox.append(request.event(change));
    }

    /** The history of a request, oldest first. */
    List<RequestVersions.Version> history(UUID id) {
        return audit.versions(Kind.LECTURE_REQUEST, id).stream()
                .map(entry -> new RequestVersions.Version(
                        entry.version(),
                        Change.valueOf(entry.action()),
                        entry.at(),
                        entry.actor(),
                        entry.reason(),
                        state(entry.state())))
                .toList();
    }

    /**
     * Open requests of a branch, and those that one of these bookings answers; under lock, in the order of their ids.
     */
    List<LectureRequest> lockedOf(UUID branch, Set<UUID> bookings) {
        return sql.list("""
                        SELECT id FROM lecture_request
                        WHERE branch_id = ? AND (status IN ('WAITING', 'OFFERED')
                                                 OR status = 'ACCEPTED' AND booking_id = ANY (cast(? AS uuid[])))
                        ORDER BY id FOR UPDATE""", row -> row.id("id"), branch, bookings).stream()
                .map(id -> sql.one(SELECT_STORED + "WHERE q.id = ?", LectureRequests::read, id)
                        .orElseThrow(NotFound::new))
                .toList();
    }

    /** When the last offer expired, if that is the last thing that happened to the request. */
    Optional<Instant> expiryOfLastOffer(UUID id) {
        return audit.versions(Kind.LECTURE_REQUEST, id).reversed().stream()
                .findFirst()
                .filter(entry -> Change.valueOf(entry.action()) == Change.OFFER_EXPIRED)
                .map(entry -> entry.at());
    }

    /** Waiting requests with only past windows. */
    List<UUID> past(int most) {
        return sql.list("""
                SELECT id FROM lecture_request WHERE status = 'WAITING' AND upper(windows) <= statement_timestamp()
                ORDER BY upper(windows) LIMIT ?""", row -> row.id("id"), most);
    }

    /** The latest end of a window of a waiting request. */
    Optional<Instant> waitingUntil() {
        return sql.one(
                        "SELECT max(upper(windows)) AS until FROM lecture_request WHERE status = 'WAITING'",
                        row -> Optional.ofNullable(row.timeOrNull("until")))
                .flatMap(until -> until);
    }

    /** Waiting requests that freed time may serve, the greatest need first. */
    List<LectureRequest> waitingFor(FreedTime freed, int most) {
        return sql.list(
                SELECT + """
                        WHERE q.id IN (
                            SELECT w.id FROM lecture_request w
                            WHERE w.status = 'WAITING' AND w.windows && tstzrange(?, ?)
                              AND (cast(? AS uuid) IS NULL OR w.branch_id = ?)
                              -- a branch's room is for its own lectures, a hall for everyone's
                              AND (cast(? AS uuid) IS NULL
                                   OR EXISTS (SELECT FROM venue v
                                              WHERE v.id = ? AND (v.kind = 'lecture-hall' OR v.branch_id = w.branch_id)))
                              AND (cardinality(cast(? AS uuid[])) = 0 OR w.topic_id = ANY (cast(? AS uuid[])))
                              AND (cast(? AS uuid) IS NULL
                                   OR EXISTS (SELECT FROM lecturer_topic lt
                                              WHERE lt.topic_id = w.topic_id AND lt.lecturer_id = ?)))
                        ORDER BY q.need DESC, q.requested_at, q.id LIMIT ?""",
                LectureRequests::read,
                freed.from(),
                freed.until(),
                freed.branchId(),
                freed.branchId(),
                freed.venueId(),
                freed.venueId(),
                freed.topics(),
                freed.topics(),
                freed.lecturerId(),
                freed.lecturerId(),
                most);
    }

    /** The usual length of a lecture on a topic. */
    Duration length(UUID topic) {
        return sql.one(
                        "SELECT duration_minutes FROM topic WHERE id = ?",
                        row -> Duration.ofMinutes(row.number("duration_minutes")),
                        topic)
                .orElse(Duration.ZERO);
    }

    /** The starts of what a request was offered before, by lecturer. */
    Map<UUID, List<Instant>> offeredBefore(UUID request) {
        Map<UUID, List<Instant>> starts = new HashMap<>();
        sql.list(
                "SELECT lecturer_id, starts_at FROM request_offer WHERE request_id = ?",
                row -> starts.computeIfAbsent(row.id("lecturer_id"), id -> new ArrayList<>())
                        .add(row.time("starts_at")),
                request);
        return starts;
    }

    private RequestView state(String text) {
        try {
            return json.readValue(text, RequestView.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A stored version of a request cannot be read", e);
        }
    }

    private static LectureRequest read(Sql.Row row) throws SQLException {
        UUID booking = row.idOrNull("booking_id");
        Instant expiry = row.timeOrNull("offer_expires_at");
        return new LectureRequest(
                row.id("id"),
                row.number("version"),
                RequestStatus.valueOf(row.text("status")),
                topic(row),
                branch(row),
                ZoneId.of(row.text("zone")),
                row.texts("windows").stream().map(LectureRequests::range).toList(),
                row.textOrNull("format"),
                row.numberOrNull("expected_head_count"),
                row.textOrNull("note"),
                booking,
                booking == null || expiry == null ? null : offer(row, booking, expiry),
                row.textOrNull("reason"),
                row.textOrNull("reason_code"),
                row.number("need"),
                row.time("requested_at"),
                row.time("updated_at"));
    }

    private static Offered offer(Sql.Row row, UUID booking, Instant expiry) throws SQLException {
        UUID venue = row.idOrNull("venue_id");
        return new Offered(
                booking,
                new LecturerRef(
                        row.id("lecturer_id"), row.text("lecturer_code"), row.text("lecturer_name"), row.text("tier")),
                venue == null
                        ? null
                        : new VenueRef(
                                venue, row.text("venue_code"), row.text("venue_name"), row.textOrNull("address")),
                row.textOrNull("join_link"),
                row.text("hold_format"),
                row.time("starts_at"),
                row.time("ends_at"),
                expiry);
    }

    private static TopicRef topic(Sql.Row row) throws SQLException {
        return new TopicRef(row.id("topic_id"), row.text("topic_code"), row.text("title"));
    }

    private static BranchRef branch(Sql.Row row) throws SQLException {
        return new BranchRef(row.id("branch_id"), row.text("branch_code"), row.text("branch_name"));
    }

    private static Range range(String text) {
        int space = text.indexOf(' ');
        return new Range(
                Instant.ofEpochSecond(Long.parseLong(text.substring(0, space))),
                Instant.ofEpochSecond(Long.parseLong(text.substring(space + 1))));
    }
}
