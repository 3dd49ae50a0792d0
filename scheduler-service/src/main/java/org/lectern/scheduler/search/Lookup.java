package org.lectern.scheduler.search;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Sql;
import org.lectern.scheduler.booking.BookingStatus;
import org.lectern.scheduler.schedule.Occupancy;
import org.lectern.scheduler.search.SearchHit.Kind;

/**
 * Finds records by words. Every word must occur in the code, the name or its pinyin; of a booking, in those of its
 * lecturer, topic, host or venue.
 */
@ApplicationScoped
class Lookup {

    /** Bookings of this many days back are found, after all that lie ahead. */
    private static final int DAYS_BACK = 90;

    /** The words as LIKE patterns; the database folds both sides, so that they cannot be folded differently. */
    private static final String PATTERNS = "ARRAY(SELECT '%' || regexp_replace(" + folded("w")
            + ", '([\\\\%_])', '\\\\\\1', 'g') || '%'" + " FROM unnest(cast(? AS text[])) w)";

    private final Sql sql;

    @Inject
    Lookup(Sql sql) {
        this.sql = sql;
    }

    private static String folded(String expression) {
        return "search_form(" + expression + ")";
    }

    /**
     * A table that is searched.
     *
     * @param detail an expression over {@code x}
     */
    private record Table(Kind kind, String name, String title, String detail) {

        private static final List<Table> ALL = List.of(
                new Table(Kind.BRANCH, "branch", "name", "(SELECT p.name FROM branch p WHERE p.id = x.parent_id)"),
                new Table(Kind.LECTURER, "lecturer", "name", "x.tier"),
                new Table(Kind.VENUE, "venue", "name", "x.address"),
                new Table(Kind.TOPIC, "topic", "title", "cast(NULL AS text)"));

        String text() {
            return folded("x.code || ' ' || x." + title) + " || ' ' || coalesce(x.pinyin, '')";
        }
    }

    private record Ranked(int rank, SearchHit hit) {}

    /**
     * The best hits.
     *
     * @param visible the branches in the caller's scope, or empty for all. Who is confined finds no lecturers and sees
     *     of a venue only its name
     * @param most of each kind
     */
    List<SearchHit> find(List<String> words, Set<Kind> kinds, Optional<Set<UUID>> visible, int most) {
        List<Ranked> found = new ArrayList<>();
        for (Table table : Table.ALL) {
            boolean hidden = table.kind() == Kind.LECTURER && visible.isPresent();
            if (kinds.contains(table.kind()) && !hidden) {
                found.addAll(find(table, words, visible, most));
            }
        }
        found.sort(Comparator.comparingInt(Ranked::rank)
                .thenComparing(each -> each.hit().kind()));
        List<SearchHit> hits = new ArrayList<>(found.stream().map(Ranked::hit).toList());
        if (kinds.contains(Kind.BOOKING)) {
            hits.addAll(bookings(words, visible, most));
        }
        return hits;
    }

    private List<Ranked> find(Table table, List<String> words, Optional<Set<UUID>> visible, int most) {
        boolean confined = visible.isPresent();
        List<Object> values = new ArrayList<>();
        values.add(words.getFirst());
        values.add(words);
        String scope = "";
        if (confined && table.kind() == Kind.BRANCH) {
            scope = " AND x.id = ANY (cast(? AS uuid[]))";
            values.add(visible.get());
        }
        values.add(most);
        String detail = confined ? "cast(NULL AS text)" : table.detail();
        return sql.list(
                """
                SELECT x.id, x.code, x.%1$s AS name, %2$s AS detail, x.archived,
                       CASE WHEN %3$s = q.first THEN 0 WHEN starts_with(%3$s, q.first) THEN 1
                            WHEN starts_with(%4$s, q.first) THEN 2
                            WHEN strpos(' ' || x.pinyin, ' ' || q.first) > 0 THEN 3 ELSE 4 END AS rank
                FROM %5$s x CROSS JOIN (SELECT %6$s AS first) q
                WHERE %7$s LIKE ALL (%8$s)%9$s
                ORDER BY x.archived, rank, x.code, x.id LIMIT ?""".formatted(
                                table.title(),
                                detail,
                                folded("x.code"),
                                folded("x." + table.title()),
                                table.name(),
                                folded("cast(? AS text)"),
                                table.text(),
                                PATTERNS,
                                scope),
                row -> ranked(table.kind(), row),
                values.toArray());
    }

    private static Ranked ranked(Kind kind, Sql.Row row) throws SQLException {
        boolean archived = row.flag("archived");
        return new Ranked(
                row.number("rank") + (archived ? 10 : 0),
                new SearchHit(
                        kind,
                        row.id("id"),
                        row.text("code"),
                        row.text("name"),
                        row.textOrNull("detail"),
                        archived,
                        null,
                        null,
                        null));
    }

    /** Lectures that lie ahead, the next first, then past ones, the latest first. */
    private List<SearchHit> bookings(List<String> words, Optional<Set<UUID>> visible, int most) {
        List<String> where = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        for (String word : words) {
            Set<UUID> parties = parties(word);
            if (parties.isEmpty()) {
                return List.of();
            }
            where.add(
                    "(b.lecturer_id = ANY (?) OR b.topic_id = ANY (?) OR b.branch_id = ANY (?) OR b.venue_id = ANY (?))");
            values.addAll(List.of(parties, parties, parties, parties));
        }
        visible.ifPresent(branches -> {
            where.add("is_announced(b.status) AND EXISTS (SELECT FROM booking_branch s WHERE s.booking_id = b.id"
                    + " AND s.branch_id = ANY (cast(? AS uuid[])))");
            values.add(branches);
        });
        List<SearchHit> hits = new ArrayList<>(
                bookings(where, values, "b.ends_at > statement_timestamp()", "b.starts_at, b.id", most));
        if (hits.size() < most) {
            hits.addAll(bookings(
                    where,
                    values,
                    "b.ends_at <= statement_timestamp() AND b.starts_at > statement_timestamp() - interval '"
                            + DAYS_BACK + " days'",
                    "b.starts_at DESC, b.id",
                    most - hits.size()));
        }
        return hits;
    }

    private Set<UUID> parties(String word) {
        List<Object> values = new ArrayList<>();
        List<String> queries = new ArrayList<>();
        for (Table table : Table.ALL) {
            queries.add(
                    "SELECT x.id FROM " + table.name() + " x WHERE " + table.text() + " LIKE ALL (" + PATTERNS + ")");
            values.add(List.of(word));
        }
        return new HashSet<>(sql.list(String.join(" UNION ALL ", queries), row -> row.id("id"), values.toArray()));
    }

    private List<SearchHit> bookings(List<String> where, List<Object> values, String time, String order, int most) {
        return sql.list(
                booking() + "WHERE " + time + " AND " + Occupancy.ACTIVE + " AND " + String.join(" AND ", where)
                        + " ORDER BY " + order + " LIMIT " + most,
                Lookup::booking,
                values.toArray());
    }

    private static String booking() {
        return """
                SELECT b.id, CASE WHEN is_overdue(b.status, b.hold_expires_at) THEN 'EXPIRED' ELSE b.status END AS status,
                       b.starts_at, b.ends_at, b.zone, t.title, l.name AS lecturer, r.name AS branch, v.name AS venue
                FROM booking b JOIN topic t ON t.id = b.topic_id JOIN lecturer l ON l.id = b.lecturer_id
                JOIN branch r ON r.id = b.branch_id LEFT JOIN venue v ON v.id = b.venue_id
                """;
    }

    private static SearchHit booking(Sql.Row row) throws SQLException {
        ZoneId zone = ZoneId.of(row.text("zone"));
        String venue = row.textOrNull("venue");
        return new SearchHit(
                Kind.BOOKING,
                row.id("id"),
                null,
                row.text("title"),
                row.text("lecturer") + " · " + row.text("branch") + (venue == null ? "" : " · " + venue),
                false,
                BookingStatus.valueOf(row.text("status")),
                row.time("starts_at").atZone(zone).toOffsetDateTime(),
                row.time("ends_at").atZone(zone).toOffsetDateTime());
    }

    /** The record with this id, whatever its kind. */
    List<SearchHit> byId(UUID id, Set<Kind> kinds, Optional<Set<UUID>> visible) {
        for (Table table : Table.ALL) {
            boolean hidden = visible.isPresent()
                    && (table.kind() == Kind.LECTURER
                            || table.kind() == Kind.BRANCH && !visible.get().contains(id));
            if (!kinds.contains(table.kind()) || hidden) {
                continue;
            }
            List<SearchHit> found = sql.list(
                    "SELECT x.id, x.code, x." + table.title() + " AS name, "
                            + (visible.isPresent() ? "cast(NULL AS text)" : table.detail())
                            + " AS detail, x.archived, 0 AS rank FROM " + table.name() + " x WHERE x.id = ?",
                    row -> ranked(table.kind(), row).hit(),
                    id);
            if (!found.isEmpty()) {
                return found;
            }
        }
        return kinds.contains(Kind.BOOKING) ? bookingById(id, visible.orElse(null)) : List.of();
    }

    private List<SearchHit> bookingById(UUID id, @Nullable Set<UUID> visible) {
        String scope = visible == null
                ? ""
                : " AND is_announced(b.status) AND EXISTS (SELECT FROM booking_branch s WHERE s.booking_id = b.id"
                        + " AND s.branch_id = ANY (cast(? AS uuid[])))";
        return visible == null
                ? sql.list(booking() + "WHERE b.id = ?", Lookup::booking, id)
                : sql.list(booking() + "WHERE b.id = ?" + scope, Lookup::booking, id, visible);
    }
}
