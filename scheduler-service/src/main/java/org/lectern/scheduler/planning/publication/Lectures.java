package org.lectern.scheduler.planning.publication;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Sql;
import org.lectern.scheduler.booking.BookingCommand.Book;
import org.lectern.scheduler.booking.BookingCommand.GuestRequest;
import org.lectern.scheduler.booking.BookingCommand.HoldUntil;
import org.lectern.scheduler.planning.draft.PlanRequest;
import org.lectern.scheduler.planning.draft.StoredItem;
import org.lectern.scheduler.planning.draft.StoredPlan;
import org.lectern.scheduler.planning.facts.Slot;

/** The lectures that a plan would book: a host item with its guests is one lecture. */
@ApplicationScoped
class Lectures {

    private final Sql sql;

    @Inject
    Lectures(Sql sql) {
        this.sql = sql;
    }

    /** A lecture of a plan. */
    record Lecture(StoredItem host, Slot slot, List<StoredItem> guests) {

        List<StoredItem> all() {
            List<StoredItem> all = new ArrayList<>(List.of(host));
            all.addAll(guests);
            return all;
        }
    }

    /** By lecturer and start, so that few transactions wait for one lecturer. */
    static List<Lecture> of(List<StoredItem> items) {
        Map<Integer, List<StoredItem>> guests = new HashMap<>();
        for (StoredItem each : items) {
            Slot slot = each.slot();
            Integer host = slot == null ? null : slot.host();
            if (host != null) {
                guests.computeIfAbsent(host, number -> new ArrayList<>()).add(each);
            }
        }
        Map<String, Lecture> sorted = new TreeMap<>();
        for (StoredItem each : items) {
            Slot slot = each.slot();
            if (slot != null && slot.host() == null) {
                sorted.put(
                        slot.lecturerId() + " " + slot.start() + " " + each.number(),
                        new Lecture(each, slot, guests.getOrDefault(each.number(), List.of())));
            }
        }
        return List.copyOf(sorted.values());
    }

    /** The known members of the branches. */
    Map<UUID, Integer> heads(List<Lecture> lectures) {
        List<UUID> branches = lectures.stream()
                .flatMap(each -> each.all().stream())
                .map(each -> each.item().branchId())
                .distinct()
                .toList();
        Map<UUID, Integer> heads = new HashMap<>();
        sql.list(
                "SELECT id, head_count FROM branch WHERE id = ANY (cast(? AS uuid[])) AND head_count IS NOT NULL",
                row -> heads.put(row.id("id"), row.number("head_count")),
                branches);
        return heads;
    }

    /** The command that holds the slot of a lecture. */
    static Book hold(StoredPlan plan, Lecture lecture, Map<UUID, Integer> heads, Instant until) {
        PlanRequest terms = plan.terms();
        Slot slot = lecture.slot();
        String format = terms.format();
        if (format == null) {
            throw new IllegalStateException("a stored plan lacks its format");
        }
        boolean counts =
                Boolean.TRUE.equals(terms.headCounts()) || !lecture.guests().isEmpty();
        Instant expiry = until.isAfter(slot.start()) ? slot.start() : until;
        return new Book(
                slot.lecturerId(),
                lecture.host().item().topicId(),
                lecture.host().item().branchId(),
                slot.venueId(),
                terms.joinLink(),
                format,
                utc(slot.start()),
                utc(slot.end()),
                null,
                counts ? heads.get(lecture.host().item().branchId()) : null,
                null,
                new HoldUntil(utc(expiry.truncatedTo(ChronoUnit.SECONDS))),
                null,
                lecture.guests().isEmpty() ? null : guests(lecture, heads),
                plan.campaignId());
    }

    private static List<GuestRequest> guests(Lecture lecture, Map<UUID, Integer> heads) {
        return lecture.guests().stream()
                .map(each -> each.item().branchId())
                .map(branch -> new GuestRequest(branch, heads.get(branch)))
                .toList();
    }

    static OffsetDateTime utc(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }

    /** Whether the campaign no longer needs a lecture for this item. The branch is locked. */
    boolean isCovered(StoredPlan plan, StoredItem item) {
        return sql.one(
                        """
                        SELECT 1 AS found FROM campaign c
                        WHERE c.id = ? AND c.lectures_per_branch <= (
                            SELECT count(*) FROM booking_branch v
                            WHERE v.campaign_id = c.id AND v.branch_id = ? AND v.topic_id = ?
                              AND occupies(v.status) AND NOT is_overdue(v.status, v.hold_expires_at))""",
                        row -> row.number("found"),
                        plan.campaignId(),
                        item.item().branchId(),
                        item.item().topicId())
                .isPresent();
    }

    /** A hold of a plan as it is now. */
    record Hold(
            UUID id,
            int version,
            boolean held,
            boolean booked,
            @Nullable Instant expiresAt) {}

    /** The holds and bookings that publishing made. */
    Map<UUID, Hold> holds(List<UUID> bookings) {
        Map<UUID, Hold> holds = new HashMap<>();
        sql.list(
                """
                SELECT id, version, hold_expires_at,
                       status = 'HELD' AND NOT is_overdue(status, hold_expires_at) AS held,
                       is_announced(status) AS booked
                FROM booking WHERE id = ANY (cast(? AS uuid[]))""",
                row -> holds.put(
                        row.id("id"),
                        new Hold(
                                row.id("id"),
                                row.number("version"),
                                row.flag("held"),
                                row.flag("booked"),
                                row.timeOrNull("hold_expires_at"))),
                bookings);
        return holds;
    }
}
