package org.lectern.notification.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Sql;
import org.lectern.notification.calendar.Calendars;
import org.lectern.notification.event.BookingEvent;
import org.lectern.notification.notice.CoalescedNotice;
import org.lectern.notification.notice.CoalescedNotices;
import org.lectern.notification.notice.LastKnown;
import org.lectern.notification.notice.NoticeConfig;
import org.lectern.notification.notice.Notices;
import org.lectern.notification.notice.WrittenNotice;

/**
 * Lets news take the place of what waits for the same booking and endpoint: for further changes, for quiet hours or a
 * digest, or for a retry. So the last state is always told, in the transaction that supersedes the others. What is being
 * sent is left alone and followed by the news. The inbox keeps every notice.
 *
 * <p>The notice that is told then says what all of them come to, by what the branch was told before: every channel, the
 * inbox, the link and the calendar say the same. What waits for further changes waits from the first change on; an
 * urgent change lets all of them go at once.
 */
@ApplicationScoped
public class Coalescing {

    /** What has not reached an endpoint and need not. */
    private static final String SUPERSEDABLE = """
            (attempts > attempts_before OR gathers_from IS NOT NULL OR waits_for IN ('quiet-hours', 'digest'))""";

    /** A row that is claimed meanwhile is waited for and then no longer READY: it is not taken back. */
    private static final String SUPERSEDE = """
            UPDATE delivery d SET state = 'SUPERSEDED', reason = 'superseded', finished_at = clock_timestamp()
            WHERE branch_id = ? AND subject_id = ? AND sequence < ? AND %s AND state IN ('READY', 'PARKED')
            RETURNING id, endpoint_id, coalesce(gathers_from, sequence) AS gathers_from, next_attempt_at, attempts > 0 AS tried,
                      (SELECT n.urgent FROM notice n WHERE n.id = d.notice_id) AS urgent""".formatted(SUPERSEDABLE);

    private static final String TAKE_PLACE = """
            UPDATE delivery
            SET gathers_from = ?, next_attempt_at = least(next_attempt_at, ?),
                waits_for = CASE WHEN ? THEN NULL ELSE waits_for END
            WHERE notice_id = ? AND endpoint_id = ? AND state IN ('READY', 'PARKED')""";

    private static final String NOTHING_LEFT = """
            UPDATE delivery SET state = 'SUPERSEDED', reason = 'nothing-to-tell', finished_at = clock_timestamp()
            WHERE notice_id = ? AND endpoint_id <> ALL (cast(? AS uuid[])) AND state IN ('READY', 'PARKED')""";

    private static final String TOLD_BY = """
            UPDATE delivery SET superseded_by = (SELECT d.id FROM delivery d WHERE d.notice_id = ? AND d.endpoint_id = ?)
            WHERE id = ANY (?)""";

    /**
     * The last notice before that one that the branch knows: read, acknowledged, taken by an endpoint or perhaps taken. A
     * branch without endpoints has its inbox.
     */
    private static final String TOLD = """
            SELECT n.id, n.sequence, EXISTS (SELECT 1 FROM acknowledgement a WHERE a.notice_id = n.id) AS acknowledged
            FROM notice n
            WHERE n.branch_id = ? AND n.booking_id = ? AND n.sequence < ? AND n.repeats IS NULL
              AND (n.read_at IS NOT NULL OR n.silent
                   OR EXISTS (SELECT 1 FROM acknowledgement a WHERE a.notice_id = n.id)
                   OR NOT EXISTS (SELECT 1 FROM delivery d WHERE d.notice_id = n.id)
                   OR EXISTS (
                       SELECT 1 FROM notice m JOIN delivery d ON d.notice_id = m.id
                       WHERE (m.id = n.id OR m.repeats = n.id)
                         AND (d.state IN ('DELIVERED', 'LEASED')
                              OR EXISTS (SELECT 1 FROM delivery_attempt a WHERE a.delivery_id = d.id AND %s))))
            ORDER BY n.sequence DESC LIMIT 1""".formatted(DeliveryQueue.MAY_HAVE_ARRIVED);

    /**
     * Looked at once for all: of most of them nothing more needs to be asked. For each by its key, whatever the planner thinks
     * of an index of the unfinished.
     */
    private static final String CANDIDATES = """
            SELECT n.id FROM unnest(cast(? AS uuid[]), cast(? AS uuid[]), cast(? AS uuid[]), cast(? AS bigint[]))
                             n (id, branch_id, subject_id, sequence)
            WHERE (
                SELECT d.id FROM delivery d
                WHERE d.subject_id = n.subject_id AND d.branch_id = n.branch_id AND d.sequence < n.sequence AND %s
                  AND CASE d.state WHEN 'READY' THEN true WHEN 'PARKED' THEN true ELSE false END
                LIMIT 1) IS NOT NULL""".formatted(SUPERSEDABLE);

    private final Sql sql;
    private final Calendars calendars;
    private final Notices notices;
    private final CoalescedNotices netEffects;
    private final NoticeConfig config;
    private final Clock clock;

    @Inject
    Coalescing(
            Sql sql,
            Calendars calendars,
            Notices notices,
            CoalescedNotices netEffects,
            NoticeConfig config,
            Clock clock) {
        this.sql = sql;
        this.calendars = calendars;
        this.notices = notices;
        this.netEffects = netEffects;
        this.config = config;
        this.clock = clock;
    }

    /** What waited for one endpoint, and now will not be sent. */
    private record Unsent(UUID id, UUID endpoint, long from, Instant due, boolean tried, boolean urgent) {}

    /** All of it together. */
    private record Chain(List<UUID> ids, long from, Instant due) {
        Chain and(Chain other) {
            return new Chain(
                    Stream.concat(ids.stream(), other.ids.stream()).toList(),
                    Math.min(from, other.from),
                    due.isBefore(other.due) ? due : other.due);
        }
    }

    /** The notice a branch was told last; the lecture is absent when its calendar does not know it. */
    private record Told(
            UUID notice,
            long sequence,
            boolean acknowledged,
            @Nullable LastKnown lecture) {}

    /**
     * Lets the deliveries of each of these notices, all just made, tell also what those before it would have told: those
     * of earlier notices among these too.
     *
     * @return those that have become urgent by what they take the place of
     */
    public List<UUID> takeIn(List<WrittenNotice> written) {
        if (written.isEmpty()) {
            return List.of();
        }
        Set<UUID> candidates = Set.copyOf(sql.list(
                CANDIDATES,
                row -> row.id("id"),
                Sql.each(written, WrittenNotice::id),
                Sql.each(written, WrittenNotice::branchId),
                Sql.each(written, WrittenNotice::subjectId),
                Sql.each(written, WrittenNotice::sequence)));
        return written.stream()
                .filter(notice -> candidates.contains(notice.id()))
                .filter(this::takesPlaceOfUrgent)
                .map(WrittenNotice::id)
                .toList();
    }

    private boolean takesPlaceOfUrgent(WrittenNotice notice) {
        List<Unsent> unsent = sql.list(
                SUPERSEDE,
                row -> new Unsent(
                        row.id("id"),
                        row.id("endpoint_id"),
                        row.bigNumber("gathers_from"),
                        row.time("next_attempt_at"),
                        row.flag("tried"),
                        row.flag("urgent")),
                notice.branchId(),
                notice.subjectId(),
                notice.sequence());
        if (unsent.isEmpty()) {
            return false;
        }
        Map<UUID, Chain> chains = new HashMap<>();
        unsent.forEach(each ->
                chains.merge(each.endpoint(), new Chain(List.of(each.id()), each.from(), each.due()), Chain::and));
        Optional<Told> told = told(notice);
        boolean urgent = notice.urgent()
                || unsent.stream().anyMatch(Unsent::urgent)
                || told.map(this::isSoon).orElse(false);
        if (urgent && !notice.urgent()) {
            notices.makeUrgent(notice.id());
        }
        chains.forEach((endpoint, chain) -> {
            sql.update(TAKE_PLACE, chain.from(), urgent ? clock.instant() : chain.due(), urgent, notice.id(), endpoint);
            sql.update(TOLD_BY, notice.id(), endpoint, chain.ids());
        });
        switch (effect(told, notice, unsent)) {
            case CoalescedNotice.AsWritten asWritten -> {
                // its own words are true
            }
            case CoalescedNotice.Instead words -> {
                notices.reword(notice.id(), words);
                told.filter(before -> notice.draft().event() instanceof BookingEvent booking
                                && booking.isOffFor(notice.branchId()))
                        .ifPresent(before -> {
                            notices.cancelAsKnown(notice.id(), before.notice());
                            calendars.cancelAsKnown(notice.id(), before.notice());
                        });
            }
            case CoalescedNotice.Nothing nothing -> tellNothing(notice, told, chains);
        }
        return urgent;
    }

    /** Except where not even what the others know has arrived. */
    private void tellNothing(WrittenNotice notice, Optional<Told> told, Map<UUID, Chain> chains) {
        List<UUID> behind = told.map(known -> chains.entrySet().stream()
                        .filter(chain -> chain.getValue().from() <= known.sequence())
                        .map(Map.Entry::getKey)
                        .toList())
                .orElse(List.of());
        sql.update(NOTHING_LEFT, notice.id(), behind);
        told.map(Told::lecture).filter(known -> !known.cancelled()).ifPresent(known -> {
            netEffects.asNews(notice.draft()).ifPresent(words -> notices.reword(notice.id(), words));
            if (told.get().acknowledged()) {
                notices.askNobody(notice.id());
            }
        });
    }

    private CoalescedNotice effect(Optional<Told> told, WrittenNotice notice, List<Unsent> unsent) {
        if (told.isPresent() && told.get().lecture() == null) {
            return new CoalescedNotice.AsWritten();
        }
        CoalescedNotice effect = netEffects.of(told.map(Told::lecture).orElse(null), notice.draft());
        // whoever may have seen an attempt hears that it is off
        boolean tried = told.isEmpty() && unsent.stream().anyMatch(Unsent::tried);
        return tried && effect instanceof CoalescedNotice.Nothing ? new CoalescedNotice.AsWritten() : effect;
    }

    private Optional<Told> told(WrittenNotice notice) {
        return sql.one(
                        TOLD,
                        row -> new Told(row.id("id"), row.bigNumber("sequence"), row.flag("acknowledged"), null),
                        notice.branchId(),
                        notice.subjectId(),
                        notice.sequence())
                .map(found -> new Told(
                        found.notice(),
                        found.sequence(),
                        found.acknowledged(),
                        calendars.lastKnown(found.notice()).orElse(null)));
    }

    /** Whether the branch expects a lecture that begins soon: then a change of it is urgent, wherever it moves to. */
    private boolean isSoon(Told told) {
        LastKnown lecture = told.lecture();
        Instant now = clock.instant();
        return lecture != null
                && !lecture.cancelled()
                && now.isBefore(lecture.start())
                && lecture.start().isBefore(now.plus(config.urgentWithin()));
    }
}
