package org.lectern.scheduler.booking.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.http.Cursor;
import org.lectern.scheduler.booking.Participants.BranchRef;
import org.lectern.scheduler.booking.Participants.TopicRef;
import org.lectern.scheduler.booking.Participants.VenueRef;
import org.lectern.scheduler.schedule.travel.Location;
import org.lectern.scheduler.schedule.travel.Travel;
import org.lectern.scheduler.schedule.travel.TravelTimes;

/** Lectures that branches join as guests themselves: confirmed, ahead, of an active campaign that says so. */
@ApplicationScoped
class OpenLectures {

    private static final String OPEN = """
            FROM booking b JOIN campaign c ON c.id = b.campaign_id
            WHERE b.status = 'CONFIRMED' AND b.starts_at > now() AND c.open_to_guests AND c.status = 'ACTIVE'
            """;

    private final Sql sql;
    private final Travel travel;

    @Inject
    OpenLectures(Sql sql, Travel travel) {
        this.sql = sql;
        this.travel = travel;
    }

    boolean isOpen(UUID booking) {
        return sql.one("SELECT b.id " + OPEN + " AND b.id = ?", row -> row.id("id"), booking)
                .isPresent();
    }

    /** Open lectures with a seat that the branch takes no part in and has time for, the next first. */
    List<OpenLecture> of(UUID branch, @Nullable Cursor after, int most) {
        TravelTimes times = travel.times();
        Instant from = after == null ? Instant.EPOCH : after.moment();
        return sql.list(
                """
                SELECT o.id, o.version, o.format, o.starts_at, o.ends_at, o.zone, v.capacity - o.heads AS seats,
                       l.name AS lecturer, t.id AS topic_id, t.code AS topic_code, t.title,
                       h.id AS host_id, h.code AS host_code, h.name AS host_name,
                       v.id AS venue_id, v.code AS venue_code, v.name AS venue_name, v.address,
                       v.branch_id AS owner_id, v.latitude AS venue_latitude, v.longitude AS venue_longitude,
                       g.latitude, g.longitude
                FROM branch g
                CROSS JOIN LATERAL (
                    SELECT b.*, coalesce(b.expected_head_count, 0) + coalesce(
                               (SELECT sum(p.expected_head_count) FROM booking_branch p
                                WHERE p.booking_id = b.id AND p.guest), 0) AS heads
                    %s AND (b.starts_at, b.id) > (?, cast(? AS uuid))
                      AND NOT EXISTS (SELECT FROM booking_branch p WHERE p.booking_id = b.id AND p.branch_id = g.id)
                      AND NOT EXISTS (
                          SELECT FROM booking_branch p
                          WHERE p.branch_id = g.id AND p.active AND p.exclusive AND NOT g.parallel
                            AND tstzrange(p.occupied_from, p.occupied_until)
                                && tstzrange(b.occupied_from, b.occupied_until))) o
                JOIN lecturer l ON l.id = o.lecturer_id
                JOIN topic t ON t.id = o.topic_id
                JOIN branch h ON h.id = o.branch_id
                LEFT JOIN venue v ON v.id = o.venue_id
                WHERE g.id = ? AND (v.capacity IS NULL OR v.capacity > o.heads)
                ORDER BY o.starts_at, o.id LIMIT ?""".formatted(OPEN),
                row -> view(row, branch, times),
                from,
                after == null ? new UUID(0, 0) : after.id(),
                branch,
                most);
    }

    private static OpenLecture view(Sql.Row row, UUID branch, TravelTimes times) throws SQLException {
        ZoneId zone = ZoneId.of(row.text("zone"));
        UUID venue = row.idOrNull("venue_id");
        OptionalInt minutes = venue == null
                ? OptionalInt.empty()
                : times.minutes(
                        new Location(null, branch, row.decimalOrNull("latitude"), row.decimalOrNull("longitude")),
                        new Location(
                                venue,
                                row.idOrNull("owner_id"),
                                row.decimalOrNull("venue_latitude"),
                                row.decimalOrNull("venue_longitude")));
        return new OpenLecture(
                row.id("id"),
                row.number("version"),
                new TopicRef(row.id("topic_id"), row.text("topic_code"), row.text("title")),
                row.text("lecturer"),
                new BranchRef(row.id("host_id"), row.text("host_code"), row.text("host_name")),
                venue == null
                        ? null
                        : new VenueRef(
                                venue, row.text("venue_code"), row.text("venue_name"), row.textOrNull("address")),
                row.text("format"),
                row.time("starts_at").atZone(zone).toOffsetDateTime(),
                row.time("ends_at").atZone(zone).toOffsetDateTime(),
                zone.getId(),
                row.numberOrNull("seats"),
                minutes.isPresent() ? (Integer) minutes.getAsInt() : null);
    }
}
