package org.lectern.scheduler.schedule.search;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.problem.InvalidRequest;
import org.lectern.chassis.problem.Violation;
import org.lectern.scheduler.schedule.FreeSlot;
import org.lectern.scheduler.schedule.Intervals;
import org.lectern.scheduler.schedule.Intervals.Interval;
import org.lectern.scheduler.schedule.LecturerSchedule;
import org.lectern.scheduler.schedule.Occupancy;
import org.lectern.scheduler.schedule.Occupancy.Candidate;
import org.lectern.scheduler.schedule.Occupancy.Engagement;
import org.lectern.scheduler.schedule.Occupancy.Engagements;
import org.lectern.scheduler.schedule.Occupancy.Hall;
import org.lectern.scheduler.schedule.Schedules;
import org.lectern.scheduler.schedule.Schedules.Dates;
import org.lectern.scheduler.schedule.calendar.WorkingCalendar;
import org.lectern.scheduler.schedule.travel.Location;

/** Reads the input of a search: one query per kind of data, regardless of its amount. */
@ApplicationScoped
class OccupancyReader {

    /** Limits count whole ISO weeks, so lectures of more than a week around the range matter. */
    private static final Duration AROUND = Duration.ofDays(9);
    /** Longer than a lecture with its buffers: halls have no limits that count weeks. */
    private static final Duration AROUND_HALLS = Duration.ofDays(3);
    /** The nearest halls that are read, busy or not: {@link Ranking} takes the nearest free ones of each start. */
    private static final int MOST_HALLS = 100;

    private final Sql sql;
    private final Schedules schedules;
    private final Clock clock;

    @Inject
    OccupancyReader(Sql sql, Schedules schedules, Clock clock) {
        this.sql = sql;
        this.schedules = schedules;
        this.clock = clock;
    }

    /**
     * Reads the input of a search.
     *
     * @throws InvalidRequest when the topic, branch, lecturer or venue cannot be booked
     */
    Occupancy read(SearchRequest wanted, boolean needsVenue) {
        return sql.reading(reader -> read(reader, wanted, needsVenue));
    }

    private Occupancy read(Sql.Reader reader, SearchRequest wanted, boolean needsVenue) {
        Frame frame = frame(reader, wanted);
        Dates dates =
                Dates.around(wanted.from().getEpochSecond(), wanted.until().getEpochSecond());
        Map<UUID, Long> visits = visits(reader, wanted);
        Engagements engagements = engagements(reader, wanted);
        return new Occupancy(
                clock.instant().getEpochSecond(),
                frame.zone(),
                frame.spot(),
                frame.minutes(),
                branchBusy(reader, wanted, frame.parallel()),
                visits.values().stream().max(Long::compare).orElse(null),
                lecturers(reader, wanted, dates, engagements, visits),
                needsVenue ? halls(reader, wanted, frame, dates) : List.of(),
                WorkingCalendar.between(reader, dates.first(), dates.last()),
                dates.first(),
                dates.last());
    }

    /** Where lectures would take place, in their order; null without a place. */
    List<@Nullable Location> spots(List<Assumed.Lecture> lectures) {
        List<Assumed.Lecture> placed =
                lectures.stream().filter(each -> each.venueId() != null).toList();
        Map<List<UUID>, Location> found = new HashMap<>();
        sql.list(
                """
                SELECT b.branch_id AS host, %s
                FROM unnest(cast(? AS uuid[]), cast(? AS uuid[])) AS b (venue_id, branch_id)
                JOIN venue v ON v.id = b.venue_id
                LEFT JOIN branch r ON r.id = coalesce(v.branch_id, CASE WHEN v.latitude IS NULL THEN b.branch_id END)""".formatted(Occupancy.PLACE),
                row -> {
                    Location spot = spot(row);
                    if (spot != null) {
                        found.put(List.of(row.id("venue_id"), row.id("host")), spot);
                    }
                    return true;
                },
                Sql.each(placed, each -> Objects.requireNonNull(each.venueId())),
                Sql.each(placed, Assumed.Lecture::branchId));
        List<@Nullable Location> spots = new ArrayList<>();
        for (Assumed.Lecture each : lectures) {
            UUID venue = each.venueId();
            spots.add(venue == null ? null : found.get(List.of(venue, each.branchId())));
        }
        return spots;
    }

    /** Topic and branch of a search. */
    private record Frame(int minutes, ZoneId zone, boolean parallel, Location spot) {}

    private static Frame frame(Sql.Reader reader, SearchRequest wanted) {
        List<Violation> violations = new ArrayList<>();
        Frame frame = reader.list(
                        """
                        SELECT t.duration_minutes, t.archived AS topic_archived, r.zone, r.parallel, r.latitude, r.longitude,
                               r.archived AS branch_archived, r.id AS branch, t.id AS topic,
                               l.archived AS lecturer_archived, l.id AS lecturer,
                               v.archived AS venue_archived, v.id AS venue
                        FROM (SELECT 1) one LEFT JOIN topic t ON t.id = ? LEFT JOIN branch r ON r.id = ?
                        LEFT JOIN lecturer l ON l.id = ? LEFT JOIN venue v ON v.id = ?""",
                        row -> {
                            reference("?topicId", true, row.idOrNull("topic"), row.flag("topic_archived"), violations);
                            reference(
                                    "?branchId", true, row.idOrNull("branch"), row.flag("branch_archived"), violations);
                            reference(
                                    "?lecturerId",
                                    wanted.lecturerId() != null,
                                    row.idOrNull("lecturer"),
                                    row.flag("lecturer_archived"),
                                    violations);
                            reference(
                                    "?venueId",
                                    wanted.venueId() != null,
                                    row.idOrNull("venue"),
                                    row.flag("venue_archived"),
                                    violations);
                            if (!wanted.placed()) { // what is archived keeps its lectures
                                InvalidRequest.unlessEmpty(violations);
                            }
                            return new Frame(
                                    row.number("duration_minutes"),
                                    ZoneId.of(row.text("zone")),
                                    row.flag("parallel"),
                                    new Location(
                                            null,
                                            row.id("branch"),
                                            row.decimalOrNull("latitude"),
                                            row.decimalOrNull("longitude")));
                        },
                        wanted.topicId(),
                        wanted.branchId(),
                        wanted.lecturerId(),
                        wanted.venueId())
                .getFirst();
        return frame;
    }

    private static void reference(
            String parameter, boolean asked, @Nullable UUID found, boolean archived, List<Violation> violations) {
        if (asked && found == null) {
            violations.add(new Violation(parameter, "reference.unknown"));
        } else if (asked && archived) {
            violations.add(new Violation(parameter, "reference.archived"));
        }
    }

    /** The location from venue and branch, like {@code lecture_place} in the database. */
    private static @Nullable Location spot(Sql.Row row) throws SQLException {
        UUID venue = row.idOrNull("venue_id");
        return venue == null
                ? null
                : new Location(
                        venue,
                        row.idOrNull("at_branch"),
                        row.decimalOrNull("latitude"),
                        row.decimalOrNull("longitude"));
    }

    private List<Candidate> lecturers(
            Sql.Reader reader, SearchRequest wanted, Dates dates, Engagements engagements, Map<UUID, Long> visits) {
        return reader.list(
                "SELECT l.id, l.code, l.name, l.tier, l.latitude, l.longitude, " + Schedules.LECTURER + """

                 FROM lecturer_topic lt
                 JOIN lecturer l ON l.id = lt.lecturer_id AND NOT l.archived
                 LEFT JOIN lecturer_availability a ON a.lecturer_id = l.id
                 WHERE lt.topic_id = ? AND (cast(? AS text) IS NULL OR l.tier = ?)
                   AND (cast(? AS uuid) IS NULL OR l.id = ?)
                 ORDER BY l.code""",
                row -> {
                    UUID id = row.id("id");
                    return new Candidate(
                            new FreeSlot.Lecturer(id, row.text("code"), row.text("name"), row.text("tier")),
                            Location.at(row.decimalOrNull("latitude"), row.decimalOrNull("longitude")),
                            schedules.lecturer(row),
                            engagements.of(id),
                            visits.get(id));
                },
                dates.first(),
                dates.last(),
                wanted.from().minus(AROUND),
                wanted.until().plus(AROUND),
                wanted.topicId(),
                wanted.tier(),
                wanted.tier(),
                wanted.lecturerId(),
                wanted.lecturerId());
    }

    private static Engagements engagements(Sql.Reader reader, SearchRequest wanted) {
        Map<UUID, List<Engagement>> byLecturer = new HashMap<>();
        reader.list(
                """
                SELECT b.lecturer_id, b.starts_at, b.ends_at, b.occupied_from, b.occupied_until, %s
                FROM %s
                WHERE %s AND b.occupied_from > ? AND b.occupied_from < ?
                  AND CASE WHEN cast(? AS uuid) IS NULL
                      THEN b.lecturer_id IN (SELECT lecturer_id FROM lecturer_topic WHERE topic_id = ?)
                      ELSE b.lecturer_id = ? END
                  AND b.id IS DISTINCT FROM cast(? AS uuid)
                ORDER BY b.occupied_from""".formatted(Occupancy.PLACE, Occupancy.WITH_PLACES, Occupancy.ACTIVE),
                row -> byLecturer
                        .computeIfAbsent(row.id("lecturer_id"), id -> new ArrayList<>())
                        .add(new Engagement(
                                row.time("starts_at").getEpochSecond(),
                                row.time("ends_at").getEpochSecond(),
                                row.time("occupied_from").getEpochSecond(),
                                row.time("occupied_until").getEpochSecond(),
                                spot(row))),
                wanted.from().minus(AROUND),
                wanted.until().plus(AROUND),
                wanted.lecturerId(),
                wanted.topicId(),
                wanted.lecturerId(),
                wanted.itself());
        return new Engagements(byLecturer);
    }

    /** The last visit of each lecturer to the branch before the range. */
    private static Map<UUID, Long> visits(Sql.Reader reader, SearchRequest wanted) {
        Map<UUID, Long> visits = new HashMap<>();
        reader.list(
                """
                SELECT b.lecturer_id, max(b.starts_at) AS last
                FROM booking_branch p JOIN booking b ON b.id = p.booking_id
                WHERE p.branch_id = ? AND %s AND b.starts_at < ? AND b.id IS DISTINCT FROM cast(? AS uuid)
                GROUP BY b.lecturer_id""".formatted(Occupancy.ACTIVE),
                row -> visits.put(row.id("lecturer_id"), row.time("last").getEpochSecond()),
                wanted.branchId(),
                wanted.from(),
                wanted.itself());
        return visits;
    }

    /** When the host or a guest is occupied; branches that allow parallel lectures never are. */
    private static Intervals branchBusy(Sql.Reader reader, SearchRequest wanted, boolean hostIsParallel) {
        Set<UUID> branches = new HashSet<>(wanted.guestIds());
        if (!hostIsParallel) {
            branches.add(wanted.branchId());
        }
        if (branches.isEmpty()) {
            return Intervals.NEVER;
        }
        return Intervals.of(reader.list(
                """
                SELECT p.occupied_from, p.occupied_until FROM booking_branch p JOIN booking b ON b.id = p.booking_id
                WHERE p.branch_id = ANY (?) AND p.exclusive AND %s
                  AND p.occupied_from > ? AND p.occupied_from < ? AND b.id IS DISTINCT FROM cast(? AS uuid)""".formatted(Occupancy.ACTIVE),
                OccupancyReader::occupied,
                branches,
                wanted.from().minus(AROUND),
                wanted.until().plus(AROUND),
                wanted.itself()));
    }

    private static Interval occupied(Sql.Row row) throws SQLException {
        return new Interval(
                row.time("occupied_from").getEpochSecond(),
                row.time("occupied_until").getEpochSecond());
    }

    /**
     * The requested venue; otherwise the branch's own rooms and then the nearest lecture halls that are large enough,
     * nearest first.
     */
    private List<Hall> halls(Sql.Reader reader, SearchRequest wanted, Frame frame, Dates dates) {
        Double latitude = frame.spot().latitude();
        Double longitude = frame.spot().longitude();
        String chosen = wanted.venueId() != null
                ? "SELECT id, 0.0::float8 AS distance FROM venue WHERE id = ?"
                : """
                SELECT id, min(distance) AS distance FROM (
                    (SELECT id, 0.0::float8 AS distance FROM venue WHERE branch_id = ? AND NOT archived ORDER BY code LIMIT 10)
                    UNION ALL
                    (SELECT id, (latitude - cast(? AS double precision)) ^ 2
                                + ((longitude - cast(? AS double precision)) * cosd(cast(? AS double precision))) ^ 2 AS distance
                     FROM venue WHERE kind = 'lecture-hall' AND NOT archived
                       AND coalesce(capacity >= cast(? AS integer), true)
                     ORDER BY distance NULLS LAST, code
                     LIMIT %d)) near
                GROUP BY id""".formatted(MOST_HALLS);
        List<@Nullable Object> parameters = new ArrayList<>();
        parameters.add(dates.first());
        parameters.add(dates.last());
        parameters.add(wanted.from().minus(AROUND_HALLS));
        parameters.add(wanted.until().plus(AROUND_HALLS));
        parameters.add(wanted.itself());
        parameters.add(wanted.branchId());
        if (wanted.venueId() != null) {
            parameters.add(wanted.venueId());
        } else {
            parameters.add(wanted.branchId());
            parameters.add(latitude);
            parameters.add(longitude);
            parameters.add(latitude);
            parameters.add(wanted.headCount());
        }
        return reader.list(
                "SELECT v.id, v.id AS venue_id, v.code, v.name, v.address, v.branch_id, v.capacity, r.id AS at_branch,"
                        + " coalesce(v.latitude, r.latitude) AS latitude, coalesce(v.longitude, r.longitude) AS longitude, "
                        + Schedules.VENUE + """
                        , ARRAY(SELECT floor(extract(epoch FROM b.occupied_from)) || ' '
                                       || ceil(extract(epoch FROM b.occupied_until)) FROM booking b
                                WHERE b.venue_id = v.id AND %s AND b.occupied_from > ? AND b.occupied_from < ?
                                  AND b.id IS DISTINCT FROM cast(? AS uuid)) AS busy
                        FROM venue v LEFT JOIN venue_hours h ON h.venue_id = v.id
                        LEFT JOIN branch r ON r.id = coalesce(v.branch_id, CASE WHEN v.latitude IS NULL THEN cast(? AS uuid) END)
                        JOIN (%s) chosen ON chosen.id = v.id ORDER BY chosen.distance NULLS LAST, v.code""".formatted(Occupancy.ACTIVE, chosen),
                row -> {
                    UUID branch = row.idOrNull("branch_id");
                    boolean own = wanted.branchId().equals(branch);
                    return new Hall(
                            new FreeSlot.Venue(
                                    row.id("id"), row.text("code"), row.text("name"), row.textOrNull("address")),
                            own,
                            row.numberOrNull("capacity"),
                            spot(row),
                            schedules.hours(row),
                            LecturerSchedule.blackouts(row.texts("busy")));
                },
                parameters.toArray());
    }
}
