package org.lectern.notification.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.lectern.notification.calendar.Calendars;
import org.lectern.notification.notice.LastKnown;
import org.lectern.notification.notice.NetEffect;
import org.lectern.notification.notice.NetEffects;
import org.lectern.notification.notice.WrittenNotice;
import org.lectern.notification.transaction.Sql;

/**
 * Makes one message of changes to a lecture that follow one another quickly: a delivery waits a little before it goes
 * out, and takes the place of those for the same booking and endpoint that have not been attempted. So the last state is
 * always told, by a delivery that is written in the transaction that supersedes the others; what is being sent already
 * is left alone and followed by the news, in order. The inbox keeps every notice.
 *
 * <p>What waits for quiet hours or a digest is taken in too: nothing urgent stands in line behind it.
 *
 * <p>It waits from the first change on, so that a lecture that is changed again and again is told of in time all the
 * same; an urgent change lets all of them go at once.
 */
@ApplicationScoped
class Gathering {

    /** A row that is claimed meanwhile is waited for and then no longer READY: it is not taken back. */
    private static final String SUPERSEDE = """
            UPDATE delivery SET state = 'SUPERSEDED', reason = 'superseded', finished_at = clock_timestamp()
            WHERE branch_id = ? AND subject_id = ? AND sequence < ?
              AND (gathers_from IS NOT NULL OR waits_for IN ('quiet-hours', 'digest'))
              AND state IN ('READY', 'PARKED') AND attempts = 0
            RETURNING id, endpoint_id, coalesce(gathers_from, sequence) AS gathers_from, next_attempt_at""";

    private static final String TAKE_PLACE = """
            UPDATE delivery SET gathers_from = ?, next_attempt_at = least(next_attempt_at, ?), kind = ?, title = ?, body = ?
            WHERE notice_id = ? AND endpoint_id = ? AND state IN ('READY', 'PARKED')""";

    private static final String NOTHING_LEFT = """
            UPDATE delivery SET state = 'SUPERSEDED', reason = 'nothing-to-tell', finished_at = clock_timestamp()
            WHERE notice_id = ? AND endpoint_id = ? AND state IN ('READY', 'PARKED')""";

    private static final String TOLD_BY = """
            UPDATE delivery SET superseded_by = (SELECT d.id FROM delivery d WHERE d.notice_id = ? AND d.endpoint_id = ?)
            WHERE id = ANY (?)""";

    private static final String HEARD = """
            SELECT count(*) FILTER (WHERE sequence < ? AND repeats IS NULL) AS before,
                   coalesce(bool_or(read_at IS NOT NULL) FILTER (WHERE sequence >= ?), false) AS read
            FROM notice WHERE branch_id = ? AND booking_id = ? AND sequence < ?""";

    /**
     * Looked at once for all: of most of them nothing more needs to be asked. For each by its key, whatever the planner thinks
     * of an index of the unfinished.
     */
    private static final String CANDIDATES = """
            SELECT n.id FROM unnest(cast(? AS uuid[]), cast(? AS uuid[]), cast(? AS uuid[]), cast(? AS bigint[]))
                             n (id, branch_id, subject_id, sequence)
            WHERE (
                SELECT d.id FROM delivery d
                WHERE d.subject_id = n.subject_id AND d.branch_id = n.branch_id AND d.sequence < n.sequence
                  AND (d.gathers_from IS NOT NULL OR d.waits_for IN ('quiet-hours', 'digest'))
                  AND CASE d.state WHEN 'READY' THEN true WHEN 'PARKED' THEN true ELSE false END AND d.attempts = 0
                LIMIT 1) IS NOT NULL""";

    private final Sql sql;
    private final Calendars calendars;
    private final NetEffects netEffects;

    @Inject
    Gathering(Sql sql, Calendars calendars, NetEffects netEffects) {
        this.sql = sql;
        this.calendars = calendars;
        this.netEffects = netEffects;
    }

    /** What has not been attempted of one endpoint, and now will not be. */
    private record Unsent(UUID id, UUID endpoint, long from, Instant due) {}

    /** All of it together. */
    private record Chain(List<UUID> ids, long from, Instant due) {
        Chain and(Chain other) {
            return new Chain(
                    Stream.concat(ids.stream(), other.ids.stream()).toList(),
                    Math.min(from, other.from),
                    due.isBefore(other.due) ? due : other.due);
        }
    }

    /**
     * Lets the deliveries of each of these notices, all just made, tell also what those before it would have told: those
     * of earlier notices among these too.
     */
    void takeIn(List<WrittenNotice> notices) {
        if (notices.isEmpty()) {
            return;
        }
        Set<UUID> candidates = Set.copyOf(sql.list(
                CANDIDATES,
                row -> row.id("id"),
                Sql.each(notices, WrittenNotice::id),
                Sql.each(notices, WrittenNotice::branchId),
                Sql.each(notices, WrittenNotice::subjectId),
                Sql.each(notices, WrittenNotice::sequence)));
        notices.stream().filter(notice -> candidates.contains(notice.id())).forEach(this::takeIn);
    }

    private void takeIn(WrittenNotice notice) {
        Map<UUID, Chain> chains = new HashMap<>();
        sql.list(
                        SUPERSEDE,
                        row -> new Unsent(
                                row.id("id"),
                                row.id("endpoint_id"),
                                row.bigNumber("gathers_from"),
                                row.time("next_attempt_at")),
                        notice.branchId(),
                        notice.subjectId(),
                        notice.sequence())
                .forEach(unsent -> chains.merge(
                        unsent.endpoint(), new Chain(List.of(unsent.id()), unsent.from(), unsent.due()), Chain::and));
        chains.forEach((endpoint, chain) -> {
            switch (effect(notice, chain.from())) {
                case NetEffect.AsWritten asWritten ->
                    sql.update(TAKE_PLACE, chain.from(), chain.due(), null, null, null, notice.id(), endpoint);
                case NetEffect.Instead words ->
                    sql.update(
                            TAKE_PLACE,
                            chain.from(),
                            chain.due(),
                            words.kind(),
                            words.title(),
                            words.body(),
                            notice.id(),
                            endpoint);
                case NetEffect.Nothing nothing -> sql.update(NOTHING_LEFT, notice.id(), endpoint);
            }
            sql.update(TOLD_BY, notice.id(), endpoint, chain.ids());
        });
    }

    /** What somebody of the branch has read meanwhile in its inbox counts as told: then the last words are the right ones. */
    private NetEffect effect(WrittenNotice notice, long from) {
        record Heard(int before, boolean read) {}
        Heard heard = sql.one(
                        HEARD,
                        row -> new Heard(row.number("before"), row.flag("read")),
                        from,
                        from,
                        notice.branchId(),
                        notice.subjectId(),
                        notice.sequence())
                .orElseThrow();
        Optional<LastKnown> known = calendars.lastKnown(notice.branchId(), notice.subjectId(), from);
        if (heard.read() || heard.before() > 0 && known.isEmpty()) {
            return new NetEffect.AsWritten();
        }
        return netEffects.of(known.orElse(null), notice.draft());
    }
}
