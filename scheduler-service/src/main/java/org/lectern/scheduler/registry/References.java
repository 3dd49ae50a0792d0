package org.lectern.scheduler.registry;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Sql;

/**
 * Everything that refers to a lecturer, a branch, a venue or a topic, and whether it still needs it. A test compares
 * the list with the foreign keys of the database, so no new table is forgotten.
 */
@ApplicationScoped
public class References {

    private static final int NAMED = 5;

    private static final String UPCOMING =
            "is_active(b.status) AND NOT is_overdue(b.status, b.hold_expires_at) AND b.ends_at > statement_timestamp()";

    private static final String BOOKINGS = """
            SELECT b.id, t.title || ', ' || to_char(b.starts_at AT TIME ZONE b.zone, 'YYYY-MM-DD HH24:MI')
                || ' (' || b.zone || ')' AS label
            FROM booking b JOIN topic t ON t.id = b.topic_id
            WHERE %s AND
            """ + UPCOMING + " ORDER BY b.starts_at, b.id";

    private static final String REQUESTS = """
            SELECT r.id, t.title || ', ' || h.name AS label
            FROM lecture_request r JOIN topic t ON t.id = r.topic_id JOIN branch h ON h.id = r.branch_id
            WHERE %s AND r.status IN ('WAITING', 'OFFERED') ORDER BY r.requested_at, r.id""";

    private static final String CAMPAIGNS = """
            SELECT c.id, c.code || ' ' || c.name AS label FROM campaign c
            WHERE %s ORDER BY c.code""";

    /** Every reference: what needs its target, and what is a part of it or a trace of the past. */
    static final List<Referrer> ALL = List.of(
            needing("booking", "lecturer_id", "lecturer", "bookings", BOOKINGS, "b.lecturer_id = ?"),
            needing("booking", "topic_id", "topic", "bookings", BOOKINGS, "b.topic_id = ?"),
            needing("booking", "venue_id", "venue", "bookings", BOOKINGS, "b.venue_id = ?"),
            needing(
                    "booking_branch",
                    "branch_id",
                    "branch",
                    "bookings",
                    BOOKINGS,
                    "b.id IN (SELECT booking_id FROM booking_branch WHERE branch_id = ?)"),
            needing("lecture_request", "topic_id", "topic", "requests", REQUESTS, "r.topic_id = ?"),
            needing("lecture_request", "branch_id", "branch", "requests", REQUESTS, "r.branch_id = ?"),
            needing(
                    "campaign_topic",
                    "topic_id",
                    "topic",
                    "campaigns",
                    CAMPAIGNS,
                    "c.status <> 'CLOSED' AND c.id IN (SELECT campaign_id FROM campaign_topic WHERE topic_id = ?)"),
            needing(
                    "campaign_target",
                    "branch_id",
                    "branch",
                    "campaigns",
                    CAMPAIGNS,
                    "c.status = 'ACTIVE' AND c.id IN"
                            + " (SELECT campaign_id FROM campaign_target WHERE branch_id = ? AND excluded IS NULL)"),
            needing(
                    "branch",
                    "parent_id",
                    "branch",
                    "branches",
                    "SELECT id, code || ' ' || name AS label FROM branch WHERE %s AND NOT archived ORDER BY code",
                    "parent_id = ?"),
            needing(
                    "venue",
                    "branch_id",
                    "branch",
                    "venues",
                    "SELECT id, code || ' ' || name AS label FROM venue WHERE %s AND NOT archived ORDER BY code",
                    "branch_id = ?"),
            // the host is in booking_branch as well
            free("booking", "branch_id", "branch"),
            // what a lecturer can do; an archived topic cannot be booked
            free("lecturer_topic", "lecturer_id", "lecturer"),
            free("lecturer_topic", "topic_id", "topic"),
            // parts of a lecturer or a venue
            free("lecturer_availability", "lecturer_id", "lecturer"),
            free("lecturer_exception", "lecturer_id", "lecturer"),
            free("lecturer_blackout", "lecturer_id", "lecturer"),
            // what an open one touches is a booking, which needs the lecturer
            free("availability_proposal", "lecturer_id", "lecturer"),
            free("venue_hours", "venue_id", "venue"),
            free("venue_hours_exception", "venue_id", "venue"),
            // a trace of the past
            free("lecture_rating", "branch_id", "branch"),
            // a campaign does not need whom it leaves out
            free("campaign_exclusion", "branch_id", "branch"),
            // slots of the past, and slots that will be offered only if the lecturer is in use
            free("request_offer", "lecturer_id", "lecturer"),
            free("freed_time", "lecturer_id", "lecturer"),
            free("freed_time", "venue_id", "venue"),
            free("freed_time", "branch_id", "branch"));

    private final Sql sql;
    private final Clock clock;

    @Inject
    References(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /**
     * A column that refers to a registry entry.
     *
     * @param kind what needs the entry, for people and links; null if the reference does not need it
     * @param query its items for one entry
     */
    record Referrer(
            String table,
            String column,
            String target,
            @Nullable String kind,
            @Nullable String query) {}

    private static Referrer needing(
            String table, String column, String target, String kind, String query, String condition) {
        return new Referrer(table, column, target, kind, query.formatted(condition));
    }

    private static Referrer free(String table, String column, String target) {
        return new Referrer(table, column, target, null, null);
    }

    /** The list of all items; no list finds the campaigns of an entry, so the first of them. */
    private String link(String kind, String target, UUID id, InUse.Item first) {
        return "/api/v1/"
                + switch (kind) {
                    case "bookings" ->
                        "bookings?" + target + "Id=" + id + "&from="
                                + clock.instant().truncatedTo(ChronoUnit.SECONDS);
                    case "branches" -> "branches?parentId=" + id;
                    case "campaigns" -> "campaigns/" + first.id();
                    default -> kind + "?" + target + "Id=" + id;
                };
    }

    private record Counted(InUse.Item item, int count) {}

    /**
     * Refuses to archive an entry that is still needed. The caller holds its lock.
     *
     * @param target the table of the entry
     * @param pointer the field at fault; empty if the request has no body
     * @throws InUse naming what needs it
     */
    public void demandFree(String target, UUID id, String pointer) {
        List<InUse.Use> uses = new ArrayList<>();
        for (Referrer each : ALL) {
            if (each.kind() != null && each.target().equals(target)) {
                List<Counted> found = sql.list(
                        "SELECT q.*, count(*) OVER () AS of_all FROM (" + each.query() + ") q LIMIT " + NAMED,
                        row -> new Counted(new InUse.Item(row.id("id"), row.text("label")), row.number("of_all")),
                        id);
                if (!found.isEmpty()) {
                    uses.add(new InUse.Use(
                            each.kind(),
                            found.getFirst().count(),
                            link(each.kind(), target, id, found.getFirst().item()),
                            found.stream().map(Counted::item).toList()));
                }
            }
        }
        if (!uses.isEmpty()) {
            throw new InUse(uses, pointer);
        }
    }
}
