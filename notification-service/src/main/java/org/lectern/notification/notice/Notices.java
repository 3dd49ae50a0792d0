package org.lectern.notification.notice;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Page;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
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
import org.lectern.notification.directory.Branches;
import org.lectern.notification.directory.Scope;
import org.lectern.notification.event.RequestChanged;
import org.lectern.notification.event.Told;
import org.lectern.notification.problem.NotFound;
import org.lectern.notification.transaction.AfterCommit;
import org.lectern.notification.transaction.Sql;
import org.lectern.notification.transaction.Transactions;

/** The inboxes of the branches. */
@ApplicationScoped
public class Notices implements PanacheRepositoryBase<Notice, UUID> {

    private static final String ASKED = """
            SELECT n.id, a.at, a.channel,
                   EXISTS (SELECT 1 FROM notice later
                           WHERE later.booking_id = asked.booking_id AND later.branch_id = asked.branch_id
                             AND later.repeats IS NULL AND later.sequence > asked.sequence) AS superseded
            FROM notice n
            JOIN notice asked ON asked.id = coalesce(n.repeats, n.id)
            LEFT JOIN acknowledgement a ON a.notice_id = asked.id
            WHERE n.id = ANY (?) AND n.booking_id IS NOT NULL""";

    /** The rows are locked one after the other, in the order in which everybody locks them, before any is changed. */
    private static final String RESERVE = """
            WITH locked AS MATERIALIZED (
                SELECT id FROM branch WHERE id = ANY (?) ORDER BY id FOR NO KEY UPDATE)
            UPDATE branch b SET last_sequence = b.last_sequence + told.notices
            FROM locked JOIN unnest(cast(? AS uuid[]), cast(? AS integer[])) told (id, notices) ON told.id = locked.id
            WHERE b.id = locked.id
            RETURNING b.id, b.last_sequence - told.notices + 1 AS first""";

    private final NoticeWriter writer;
    private final Branches branches;
    private final NoticeFeed feed;
    private final NoticeConfig config;
    private final Sql sql;
    private final AfterCommit afterCommit;
    private final MeterRegistry metrics;
    private final Clock clock;

    @Inject
    Notices(
            NoticeWriter writer,
            Branches branches,
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
     * Writes a notice for each event that is worth one, in the running transaction, and wakes who waits for it at
     * commit. The branches' rows are locked in the order of their ids, so that two writers cannot wait for each other.
     */
    public List<WrittenNotice> write(List<Draft> drafts) {
        Map<UUID, List<Worded>> byBranch = new TreeMap<>();
        for (Draft draft : drafts) {
            writer.write(draft.event(), draft.branch())
                    .ifPresent(text -> byBranch.computeIfAbsent(draft.branch().id(), id -> new ArrayList<>())
                            .add(new Worded(draft, text)));
        }
        if (byBranch.isEmpty()) {
            return List.of();
        }
        List<WrittenNotice> written = new ArrayList<>();
        Map<NoticeKind, Integer> kinds = new HashMap<>();
        Map<UUID, Long> first = reserve(byBranch);
        byBranch.forEach((branch, worded) -> {
            long sequence = Objects.requireNonNull(first.get(branch));
            for (Worded each : worded) {
                Notice notice =
                        new Notice(each.draft(), each.text(), sequence++, clock.instant(), config.urgentWithin());
                persist(notice);
                kinds.merge(each.text().kind(), 1, Integer::sum);
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
        flush(); // plain SQL that refers to them may follow
        afterCommit.run(() -> {
            byBranch.keySet().forEach(feed::wake);
            kinds.forEach((kind, count) ->
                    metrics.counter("lectern.notices", "kind", kind.name()).increment(count));
        });
        return written;
    }

    /** The same for what is of the past: nobody will be asked again whether he knows. */
    public List<WrittenNotice> writeSilently(List<Draft> drafts) {
        List<WrittenNotice> written = write(drafts);
        if (!written.isEmpty()) {
            sql.update("UPDATE notice SET silent = true WHERE id = ANY (?)", Sql.each(written, WrittenNotice::id));
        }
        return written;
    }

    private static @Nullable Instant answerBy(Told event) {
        return event instanceof RequestChanged request && request.offer() != null
                ? request.offer().expiresAt()
                : null;
    }

    /** The next number of that branch, which from now on belongs to this transaction. */
    long reserve(UUID branch) {
        return sql.one(
                        "UPDATE branch SET last_sequence = last_sequence + 1 WHERE id = ? RETURNING last_sequence",
                        row -> row.bigNumber("last_sequence"),
                        branch)
                .orElseThrow(() -> new IllegalStateException("A draft for a branch nobody knows"));
    }

    /** For each branch the first of as many numbers as it is told notices. */
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
            throw new IllegalStateException("A draft for a branch nobody knows");
        }
        return first;
    }

    /** The inbox, newest first, from below that number. */
    List<NoticeView> inbox(Scope scope, UUID branch, long below, int limit, boolean unreadOnly) {
        return Transactions.inNew(() -> {
            branches.demandVisible(scope, branch);
            String wanted = "branchId = ?1 and sequence < ?2"
                    + (unreadOnly ? " and readAt is null" : "")
                    + " order by sequence desc";
            return views(find(wanted, branch, below).page(Page.ofSize(limit)).list());
        });
    }

    /** What came after that number, oldest first. */
    List<NoticeView> after(UUID branch, long sequence, int limit) {
        return Transactions.inNew(() -> {
            sql.planOnce();
            return views(find("branchId = ?1 and sequence > ?2 order by sequence", branch, sequence)
                    .page(Page.ofSize(limit))
                    .list());
        });
    }

    /** The number of the newest notice. */
    long newest(UUID branch) {
        return sql.one("SELECT last_sequence FROM branch WHERE id = ?", row -> row.bigNumber("last_sequence"), branch)
                .orElse(0L);
    }

    NoticeView read(Scope scope, UUID id) {
        return Transactions.inNew(() -> {
            Notice notice = findByIdOptional(id).orElseThrow(NotFound::new);
            branches.demandVisible(scope, notice.branchId());
            notice.read(clock.instant());
            return views(List.of(notice)).getFirst();
        });
    }

    /** As their branch sees them, each with whether its acknowledgement is due. */
    private List<NoticeView> views(List<Notice> notices) {
        Map<UUID, NoticeView.Asked> asked = new HashMap<>();
        if (!notices.isEmpty()) {
            sql.list(
                    ASKED,
                    row -> {
                        String channel = row.textOrNull("channel");
                        String state = channel != null ? "given" : row.flag("superseded") ? "superseded" : "due";
                        return asked.put(row.id("id"), new NoticeView.Asked(state, row.timeOrNull("at"), channel));
                    },
                    Sql.each(notices, Notice::id));
        }
        return notices.stream()
                .map(notice -> notice.view().with(asked.get(notice.id())))
                .toList();
    }

    private record Worded(Draft draft, NoticeText text) {}
}
