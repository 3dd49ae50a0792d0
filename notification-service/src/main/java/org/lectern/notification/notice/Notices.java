package org.lectern.notification.notice;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.AfterCommit;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.database.Sql.Row;
import org.lectern.chassis.database.Transactions;
import org.lectern.chassis.problem.NotFound;
import org.lectern.notification.directory.RecipientKind;
import org.lectern.notification.directory.Recipients;
import org.lectern.notification.directory.Scope;
import org.lectern.notification.event.AnnouncedEvent;
import org.lectern.notification.event.RequestChanged;

/** The inboxes of the branches. */
@ApplicationScoped
public class Notices {

    /**
     * Each notice with the one to acknowledge: itself, or the original of a repeat. OFFSET 0 forces key look-ups of
     * originals. Later notices use the booking's index, the only one that fits. So the plan is good even if made for a
     * small table.
     */
    private static final String LOOK = """
            SELECT n.id, n.sequence, n.branch_id, n.kind, n.booking_id, n.request_id, n.version, n.locale, n.title, n.body,
                   (SELECT r.kind FROM recipient r WHERE r.id = n.branch_id) AS recipient, n.urgent, n.starts_at, n.created_at, n.read_at, n.repeats, a.at, a.channel,
                   n.booking_id IS NOT NULL AND a.channel IS NULL AND EXISTS (
                       SELECT 1 FROM notice later
                       WHERE later.booking_id = n.booking_id
                         AND (later.branch_id = coalesce(o.branch_id, n.branch_id)
                              AND later.sequence > coalesce(o.sequence, n.sequence)) IS TRUE
                         AND coalesce(later.repeats, later.id) = later.id) AS superseded
            FROM notice n
            LEFT JOIN LATERAL (SELECT o.branch_id, o.sequence FROM notice o WHERE o.id = n.repeats OFFSET 0) o ON true
            LEFT JOIN LATERAL (SELECT a.at, a.channel FROM acknowledgement a
                               WHERE a.notice_id = coalesce(n.repeats, n.id) OFFSET 0) a ON true""";

    private static final String WRITE = """
            INSERT INTO notice (silent, created_at, id, branch_id, sequence, event_id, booking_id, request_id, version, kind,
                                locale, title, body, urgent, starts_at, ends_at)
            SELECT cast(? AS boolean), cast(? AS timestamptz), n.*
            FROM unnest(cast(? AS uuid[]), cast(? AS uuid[]), cast(? AS bigint[]), cast(? AS uuid[]), cast(? AS uuid[]),
                        cast(? AS uuid[]), cast(? AS integer[]), cast(? AS text[]), cast(? AS text[]), cast(? AS text[]),
                        cast(? AS text[]), cast(? AS boolean[]), cast(? AS timestamptz[]), cast(? AS timestamptz[])) n""";

    /**
     * Locks the rows in the common order before any update; the count forces that. Each row is then updated by key,
     * because a join with the locked rows could compare all pairs.
     */
    private static final String RESERVE = """
            WITH locked AS MATERIALIZED (
                SELECT id FROM recipient WHERE id = ANY (?) ORDER BY id FOR NO KEY UPDATE)
            UPDATE recipient b SET last_sequence = b.last_sequence + wanted.notices
            FROM unnest(cast(? AS uuid[]), cast(? AS integer[])) wanted (id, notices)
            WHERE b.id = wanted.id AND (SELECT count(*) FROM locked) > 0
            RETURNING b.id, b.last_sequence - wanted.notices + 1 AS first""";

    private final NoticeWriter writer;
    private final Recipients branches;
    private final NoticeFeed feed;
    private final NoticeConfig config;
    private final Sql sql;
    private final AfterCommit afterCommit;
    private final MeterRegistry metrics;
    private final Clock clock;

    @Inject
    Notices(
            NoticeWriter writer,
            Recipients branches,
            NoticeFeed feed,
            NoticeConfig config,
            Sql sql,
            AfterCommit afterCommit,
            MeterRegistry metrics,
            Clock clock) {
        this.writer = writer;
        this.branches = branches;
        this.feed = feed;
        this.config = config;
        this.sql = sql;
        this.afterCommit = afterCommit;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * Writes the notices of these events in the running transaction, and wakes waiting streams at the commit. Locks the
     * branches in the order of their ids, so that two writers cannot deadlock.
     */
    public List<WrittenNotice> write(List<NoticeRequest> drafts) {
        return write(drafts, false);
    }

    /** Writes notices of past events, which request no acknowledgement. */
    public List<WrittenNotice> writeSilently(List<NoticeRequest> drafts) {
        return write(drafts, true);
    }

    private List<WrittenNotice> write(List<NoticeRequest> drafts, boolean silent) {
        Map<UUID, List<Worded>> byBranch = new TreeMap<>();
        for (NoticeRequest draft : drafts) {
            writer.write(draft.event(), draft.branch())
                    .ifPresent(text -> byBranch.computeIfAbsent(draft.branch().id(), id -> new ArrayList<>())
                            .add(new Worded(draft, text)));
        }
        if (byBranch.isEmpty()) {
            return List.of();
        }
        Instant now = clock.instant();
        List<Notice> notices = new ArrayList<>();
        List<WrittenNotice> written = new ArrayList<>();
        Map<NoticeKind, Integer> kinds = new HashMap<>();
        Map<UUID, Long> first = reserve(byBranch);
        byBranch.forEach((branch, worded) -> {
            long sequence = Objects.requireNonNull(first.get(branch));
            for (Worded each : worded) {
                Notice notice = Notice.of(each.draft(), each.text(), sequence++, now, config.urgentWithin());
                notices.add(notice);
                kinds.merge(notice.kind(), 1, Integer::sum);
                written.add(new WrittenNotice(
                        notice.id(),
                        branch,
                        each.draft().event().subject(),
                        notice.sequence(),
                        notice.endsAt(),
                        notice.urgent(),
                        answerBy(each.draft().event()),
                        each.draft().traceparent(),
                        each.draft()));
            }
        });
        insert(notices, silent, now);
        afterCommit.run(() -> {
            byBranch.keySet().forEach(feed::wake);
            kinds.forEach((kind, count) ->
                    metrics.counter("lectern.notices", "kind", kind.name()).increment(count));
        });
        return written;
    }

    private void insert(List<Notice> notices, boolean silent, Instant now) {
        sql.update(
                WRITE,
                silent,
                now,
                Sql.each(notices, Notice::id),
                Sql.each(notices, Notice::branchId),
                Sql.each(notices, Notice::sequence),
                Sql.each(notices, Notice::eventId),
                Sql.each(notices, Notice::bookingId),
                Sql.each(notices, Notice::requestId),
                Sql.each(notices, Notice::version),
                Sql.each(notices, Notice::kind),
                Sql.each(notices, Notice::locale),
                Sql.each(notices, Notice::title),
                Sql.each(notices, Notice::body),
                Sql.each(notices, Notice::urgent),
                Sql.each(notices, Notice::startsAt),
                Sql.each(notices, Notice::endsAt));
    }

    /** Replaces the text by that of a coalesced notice, in the transaction that wrote it. */
    public void reword(UUID notice, CoalescedNotice.Replacement words) {
        sql.update(
                "UPDATE notice SET kind = ?, title = ?, body = ? WHERE id = ?",
                words.kind(),
                words.title(),
                words.body(),
                notice);
    }

    /** Makes a cancellation name the time that its branch knows from an earlier, delivered notice. */
    public void cancelAsKnown(UUID cancellation, UUID known) {
        sql.update("""
                UPDATE notice n SET starts_at = k.starts_at, ends_at = k.ends_at
                FROM notice k WHERE n.id = ? AND k.id = ?""", cancellation, known);
    }

    /** Makes it urgent, because it supersedes an urgent notice. */
    public void makeUrgent(UUID notice) {
        sql.update("UPDATE notice SET urgent = true WHERE id = ?", notice);
    }

    /** Ends the request to acknowledge: the branch has already acknowledged the same content. */
    public void askNobody(UUID notice) {
        sql.update("UPDATE notice SET silent = true WHERE id = ?", notice);
    }

    private static @Nullable Instant answerBy(AnnouncedEvent event) {
        return event instanceof RequestChanged request && request.offer() != null
                ? request.offer().expiresAt()
                : null;
    }

    /** Reserves the branch's next number for this transaction. */
    long reserve(UUID branch) {
        return sql.one(
                        "UPDATE recipient SET last_sequence = last_sequence + 1 WHERE id = ? RETURNING last_sequence",
                        row -> row.bigNumber("last_sequence"),
                        branch)
                .orElseThrow(() -> new IllegalStateException("A draft for an unknown branch"));
    }

    /** Reserves a number for each notice. The result is the first number per branch. */
    private Map<UUID, Long> reserve(Map<UUID, List<Worded>> byBranch) {
        Map<UUID, Long> first = new HashMap<>();
        record Reserved(UUID branch, long first) {}
        sql.list(
                        RESERVE,
                        row -> new Reserved(row.id("id"), row.bigNumber("first")),
                        byBranch.keySet(),
                        byBranch.keySet(),
                        byBranch.values().stream().map(List::size).toList())
                .forEach(reserved -> first.put(reserved.branch(), reserved.first()));
        if (first.size() != byBranch.size()) {
            throw new IllegalStateException("A draft for an unknown branch");
        }
        return first;
    }

    /** The inbox, newest first, below that number. */
    List<NoticeView> inbox(Scope scope, UUID branch, long below, int limit, boolean unreadOnly) {
        branches.demandVisible(scope, branch);
        return sql.list(
                LOOK + " WHERE n.branch_id = ? AND n.sequence < ?" + (unreadOnly ? " AND n.read_at IS NULL" : "")
                        + " ORDER BY n.sequence DESC LIMIT ?",
                Notices::view,
                branch,
                below,
                limit);
    }

    /** The notices after that number, oldest first. */
    List<NoticeView> after(UUID branch, long sequence, int limit) {
        return sql.listPlannedOnce(
                LOOK + " WHERE n.branch_id = ? AND n.sequence > ? ORDER BY n.sequence LIMIT ?",
                Notices::view,
                branch,
                sequence,
                limit);
    }

    /** The number of the newest notice. */
    long newest(UUID branch) {
        return sql.one(
                        "SELECT last_sequence FROM recipient WHERE id = ?",
                        row -> row.bigNumber("last_sequence"),
                        branch)
                .orElse(0L);
    }

    /** Marks a notice as read by its branch; the first time counts. */
    NoticeView read(Scope scope, UUID id) {
        return Transactions.inNew(() -> {
            UUID branch = sql.one("SELECT branch_id FROM notice WHERE id = ?", row -> row.id("branch_id"), id)
                    .orElseThrow(NotFound::new);
            branches.demandVisible(scope, branch);
            sql.update("UPDATE notice SET read_at = ? WHERE id = ? AND read_at IS NULL", clock.instant(), id);
            return sql.one(LOOK + " WHERE n.id = ?", Notices::view, id).orElseThrow(NotFound::new);
        });
    }

    /** A notice as its branch sees it, with the state of its acknowledgement. */
    private static NoticeView view(Row row) throws SQLException {
        UUID booking = row.idOrNull("booking_id");
        RecipientKind recipient = RecipientKind.valueOf(row.text("recipient"));
        return new NoticeView(
                row.id("id"),
                row.bigNumber("sequence"),
                recipient.branch(row.id("branch_id")),
                recipient.lecturer(row.id("branch_id")),
                NoticeKind.valueOf(row.text("kind")),
                booking,
                row.idOrNull("request_id"),
                row.number("version"),
                row.text("locale"),
                row.text("title"),
                row.text("body"),
                row.flag("urgent"),
                row.timeOrNull("starts_at"),
                row.time("created_at"),
                row.timeOrNull("read_at"),
                row.idOrNull("repeats"),
                booking == null ? null : asked(row));
    }

    private static NoticeView.AcknowledgementState asked(Row row) throws SQLException {
        String channel = row.textOrNull("channel");
        String state = channel != null ? "given" : row.flag("superseded") ? "superseded" : "due";
        return new NoticeView.AcknowledgementState(state, row.timeOrNull("at"), channel);
    }

    private record Worded(NoticeRequest draft, NoticeText text) {}
}
