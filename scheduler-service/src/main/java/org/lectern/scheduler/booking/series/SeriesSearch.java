package org.lectern.scheduler.booking.series;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.http.Cursor;
import org.lectern.scheduler.booking.Participants.BranchRef;
import org.lectern.scheduler.booking.Participants.LecturerRef;
import org.lectern.scheduler.booking.Participants.TopicRef;
import org.lectern.scheduler.booking.Participants.VenueRef;
import org.lectern.scheduler.booking.series.SeriesSummary.NextLecture;

/** Lists series, the newest first. */
@ApplicationScoped
class SeriesSearch {

    /** Whether an occurrence is ahead and stands. */
    private static final String AHEAD = "is_active(b.status) AND NOT is_overdue(b.status, b.hold_expires_at)"
            + " AND b.ends_at > statement_timestamp()";

    private static final String SERIES = """
            SELECT s.id, s.created_at, s.revision + n.versions AS version, n.total, n.ahead,
                   n.first_start, n.last_start,
                   e.id AS booking_id, e.starts_at, e.ends_at, e.zone, e.format, e.is_ahead,
                   l.id AS lecturer_id, l.code AS lecturer_code, l.name AS lecturer_name, l.tier,
                   t.id AS topic_id, t.code AS topic_code, t.title,
                   r.id AS branch_id, r.code AS branch_code, r.name AS branch_name,
                   v.id AS venue_id, v.code AS venue_code, v.name AS venue_name, v.address
            FROM series s
            CROSS JOIN LATERAL (
                -- an overdue hold is shown one version further on, as an expired one
                SELECT cast(sum(b.version) + count(*) FILTER (WHERE is_overdue(b.status, b.hold_expires_at)) AS integer)
                           AS versions,
                       count(*) AS total, count(*) FILTER (WHERE %1$s) AS ahead,
                       min(b.starts_at) AS first_start, max(b.starts_at) AS last_start
                FROM booking b WHERE b.series_id = s.id) n
            CROSS JOIN LATERAL (
                SELECT b.*, %1$s AS is_ahead FROM booking b WHERE b.series_id = s.id
                ORDER BY (%1$s) DESC, CASE WHEN %1$s THEN b.starts_at END, b.starts_at DESC, b.id LIMIT 1) e
            JOIN lecturer l ON l.id = e.lecturer_id
            JOIN topic t ON t.id = e.topic_id
            JOIN branch r ON r.id = e.branch_id
            LEFT JOIN venue v ON v.id = e.venue_id
            """.formatted(AHEAD);

    private final Sql sql;

    @Inject
    SeriesSearch(Sql sql) {
        this.sql = sql;
    }

    /**
     * What a caller looks for. Absent criteria do not filter; those about a lecture hold for one and the same
     * occurrence.
     *
     * @param branchId host or guest
     * @param ended true: no lecture is ahead
     */
    record Criteria(
            @Nullable UUID lecturerId,
            @Nullable UUID topicId,
            @Nullable UUID branchId,
            @Nullable UUID venueId,
            @Nullable UUID campaignId,
            @Nullable Boolean ended) {}

    List<SeriesSummary> list(Criteria criteria, @Nullable Cursor after, int limit) {
        List<String> where = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        StringBuilder occurrence = new StringBuilder();
        equal("lecturer_id", criteria.lecturerId(), occurrence, values);
        equal("topic_id", criteria.topicId(), occurrence, values);
        equal("venue_id", criteria.venueId(), occurrence, values);
        equal("campaign_id", criteria.campaignId(), occurrence, values);
        if (criteria.branchId() != null) {
            occurrence.append(
                    " AND EXISTS (SELECT FROM booking_branch p WHERE p.booking_id = b.id AND p.branch_id = ?)");
            values.add(criteria.branchId());
        }
        if (!occurrence.isEmpty()) {
            where.add("EXISTS (SELECT FROM booking b WHERE b.series_id = s.id" + occurrence + ")");
        }
        if (criteria.ended() != null) {
            where.add("n.ahead " + (criteria.ended() ? "=" : ">") + " 0");
        }
        if (after != null) {
            where.add("(s.created_at, s.id) < (cast(? AS timestamptz), ?)");
            values.add(after.moment());
            values.add(after.id());
        }
        values.add(limit);
        return sql.list(
                SERIES + (where.isEmpty() ? "" : " WHERE " + String.join(" AND ", where))
                        + " ORDER BY s.created_at DESC, s.id DESC LIMIT ?",
                SeriesSearch::summary,
                values.toArray());
    }

    private static void equal(String column, @Nullable UUID value, StringBuilder occurrence, List<Object> values) {
        if (value != null) {
            occurrence.append(" AND b.").append(column).append(" = ?");
            values.add(value);
        }
    }

    private static SeriesSummary summary(Sql.Row row) throws SQLException {
        ZoneId zone = ZoneId.of(row.text("zone"));
        UUID venue = row.idOrNull("venue_id");
        return new SeriesSummary(
                row.id("id"),
                row.number("version"),
                new LecturerRef(
                        row.id("lecturer_id"), row.text("lecturer_code"), row.text("lecturer_name"), row.text("tier")),
                new TopicRef(row.id("topic_id"), row.text("topic_code"), row.text("title")),
                new BranchRef(row.id("branch_id"), row.text("branch_code"), row.text("branch_name")),
                venue == null
                        ? null
                        : new VenueRef(
                                venue, row.text("venue_code"), row.text("venue_name"), row.textOrNull("address")),
                row.text("format"),
                row.flag("is_ahead")
                        ? new NextLecture(
                                row.id("booking_id"),
                                row.time("starts_at").atZone(zone).toOffsetDateTime(),
                                row.time("ends_at").atZone(zone).toOffsetDateTime(),
                                zone.getId())
                        : null,
                row.number("ahead"),
                row.number("total"),
                row.time("first_start").atZone(zone).toOffsetDateTime(),
                row.time("last_start").atZone(zone).toOffsetDateTime(),
                row.time("created_at"));
    }
}
