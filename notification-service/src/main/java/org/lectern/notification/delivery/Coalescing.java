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
 * Coalesces notices: a new notice supersedes waiting deliveries for the same booking and endpoint. Deliveries may wait
 * for further changes, quiet hours, a digest or a retry. The last state is always sent, because one transaction
 * enqueues it and supersedes the others. A delivery under way is not touched; the new notice follows it. The inbox
 * keeps every notice.
 *
 * <p>The coalesced notice describes the total change since the branch's last known notice, equally in every channel,
 * the inbox, the link and the calendar. The waiting time counts from the first change. An urgent change sends all of
 * them at once.
 */
@ApplicationScoped
public class Coalescing {

    /** Deliveries that have not reached an endpoint and can be superseded. */
    private static final String SUPERSEDABLE = """
            (attempts > attempts_before OR coalesces_from IS NOT NULL OR waits_for IN ('quiet-hours', 'digest'))""";

    /** Waits for a row that is claimed concurrently. It is then no longer READY and is not superseded. */
    private static final String SUPERSEDE = """
            UPDATE delivery d SET state = 'SUPERSEDED', reason = 'superseded', finished_at = clock_timestamp()
            WHERE branch_id = ? AND subject_id = ? AND sequence < ? AND %s AND state IN ('READY', 'PARKED')
            RETURNING id, endpoint_id, coalesce(coalesces_from, sequence) AS coalesces_from, next_attempt_at, attempts > 0 AS tried,
                      (SELECT n.urgent FROM notice n WHERE n.id = d.notice_id) AS urgent""".formatted(SUPERSEDABLE);

    private static final String TAKE_PLACE = """
            UPDATE delivery
            SET coalesces_from = ?, next_attempt_at = least(next_attempt_at, ?),
                waits_for = CASE WHEN ? THEN NULL ELSE waits_for END
            WHERE notice_id = ? AND endpoint_id = ? AND state IN ('READY', 'PARKED')""";

    private static final String NOTHING_LEFT = """
            UPDATE delivery SET state = 'SUPERSEDED', reason = 'nothing-to-tell', finished_at = clock_timestamp()
            WHERE notice_id = ? AND endpoint_id <> ALL (cast(? AS uuid[])) AND state IN ('READY', 'PARKED')""";

    private static final String TOLD_BY = """
            UPDATE delivery SET superseded_by = (SELECT d.id FROM delivery d WHERE d.notice_id = ? AND d.endpoint_id = ?)
            WHERE id = ANY (?)""";

    /**
     * The last earlier notice that the branch knows: read, acknowledged, delivered or perhaps delivered. A branch
     * without endpoints has its inbox.
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
     * One query for all notices, because most need no further query. It looks up each by key, so that the planner
     * cannot choose an index of unfinished deliveries.
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

    /** A delivery for one endpoint that will not be sent. */
    private record Unsent(UUID id, UUID endpoint, long from, Instant due, boolean tried, boolean urgent) {}

    /** All unsent deliveries for one endpoint. */
    private record Chain(List<UUID> ids, long from, Instant due) {
        Chain and(Chain other) {
            return new Chain(
                    Stream.concat(ids.stream(), other.ids.stream()).toList(),
                    Math.min(from, other.from),
                    due.isBefore(other.due) ? due : other.due);
        }
    }

    /** The last notice that the branch knows; the lecture is absent when its calendar does not contain it. */
    private record KnownNotice(
            UUID notice,
            long sequence,
            boolean acknowledged,
            @Nullable LastKnown lecture) {}

    /**
     * Supersedes waiting deliveries by the deliveries of these notices, which were just enqueued. Earlier notices may
     * be among these notices too.
     *
     * @return the notices that became urgent because of a superseded one
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
                        row.bigNumber("coalesces_from"),
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
        Optional<KnownNotice> told = told(notice);
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
            case CoalescedNotice.Unchanged asWritten -> {
                // the notice is correct as written
            }
            case CoalescedNotice.Replacement words -> {
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

    /** Suppresses the notice, except at endpoints that have not received the branch's last known notice either. */
    private void tellNothing(WrittenNotice notice, Optional<KnownNotice> told, Map<UUID, Chain> chains) {
        List<UUID> behind = told.map(known -> chains.entrySet().stream()
                        .filter(chain -> chain.getValue().from() <= known.sequence())
                        .map(Map.Entry::getKey)
                        .toList())
                .orElse(List.of());
        sql.update(NOTHING_LEFT, notice.id(), behind);
        told.map(KnownNotice::lecture).filter(known -> !known.cancelled()).ifPresent(known -> {
            netEffects.asNews(notice.draft()).ifPresent(words -> notices.reword(notice.id(), words));
            if (told.get().acknowledged()) {
                notices.askNobody(notice.id());
            }
        });
    }

    private CoalescedNotice effect(Optional<KnownNotice> told, WrittenNotice notice, List<Unsent> unsent) {
        if (told.isPresent() && told.get().lecture() == null) {
            return new CoalescedNotice.Unchanged();
        }
        CoalescedNotice effect = netEffects.of(told.map(KnownNotice::lecture).orElse(null), notice.draft());
        // an endpoint with an attempt may know of the lecture, so it gets the cancellation
        boolean tried = told.isEmpty() && unsent.stream().anyMatch(Unsent::tried);
        return tried && effect instanceof CoalescedNotice.Nothing ? new CoalescedNotice.Unchanged() : effect;
    }

    private Optional<KnownNotice> told(WrittenNotice notice) {
        return sql.one(
                        TOLD,
                        row -> new KnownNotice(row.id("id"), row.bigNumber("sequence"), row.flag("acknowledged"), null),
                        notice.branchId(),
                        notice.subjectId(),
                        notice.sequence())
                .map(found -> new KnownNotice(
                        found.notice(),
                        found.sequence(),
                        found.acknowledged(),
                        calendars.lastKnown(found.notice()).orElse(null)));
    }

    /** Whether the branch expects a lecture that begins soon. Then every change is urgent, whatever the new time. */
    private boolean isSoon(KnownNotice told) {
        LastKnown lecture = told.lecture();
        Instant now = clock.instant();
        return lecture != null
                && !lecture.cancelled()
                && now.isBefore(lecture.start())
                && lecture.start().isBefore(now.plus(config.urgentWithin()));
    }
}
