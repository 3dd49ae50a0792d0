package org.lectern.notification.notice;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import org.lectern.chassis.database.AfterCommit;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.time.Uuid7;
import org.lectern.notification.directory.Recipient;
import org.lectern.notification.directory.Troubles.Trouble;

/** Writes notices about endpoints of a branch, to that branch or another one, in the running transaction. */
@ApplicationScoped
public class EndpointNotices {

    private static final String WRITE = """
            INSERT INTO notice (id, branch_id, sequence, event_id, version, kind, locale, title, body, urgent, created_at)
            VALUES (?, ?, ?, ?, 1, ?, ?, ?, ?, false, ?)""";

    private final NoticeWriter writer;
    private final Notices notices;
    private final NoticeFeed feed;
    private final Sql sql;
    private final AfterCommit afterCommit;
    private final MeterRegistry metrics;
    private final Clock clock;

    @Inject
    EndpointNotices(
            NoticeWriter writer,
            Notices notices,
            NoticeFeed feed,
            Sql sql,
            AfterCommit afterCommit,
            MeterRegistry metrics,
            Clock clock) {
        this.writer = writer;
        this.notices = notices;
        this.feed = feed;
        this.sql = sql;
        this.afterCommit = afterCommit;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Reports to the reader which endpoint of that branch has a problem, its cause and the remedy. */
    public EndpointNotice write(Trouble trouble, Recipient of, Recipient reader) {
        NoticeText text = writer.trouble(trouble, of, reader);
        var notice = new EndpointNotice(Uuid7.next(), reader.id(), trouble.endpoint(), notices.reserve(reader.id()));
        sql.update(
                WRITE,
                notice.id(),
                reader.id(),
                notice.sequence(),
                Uuid7.next(),
                text.kind().name(),
                reader.locale(),
                text.title(),
                text.body(),
                clock.instant());
        afterCommit.run(() -> {
            feed.wake(reader.id());
            metrics.counter("lectern.notices", "kind", text.kind().name()).increment();
        });
        return notice;
    }
}
