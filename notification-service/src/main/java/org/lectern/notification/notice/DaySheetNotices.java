package org.lectern.notification.notice;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.lectern.chassis.database.AfterCommit;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.time.Uuid7;
import org.lectern.notification.directory.Recipient;

/** Writes day sheets of lecturers, in the running transaction. */
@ApplicationScoped
public class DaySheetNotices {

    private static final String WRITE = """
            INSERT INTO notice (id, branch_id, sequence, event_id, version, kind, locale, title, body, urgent, starts_at,
                                ends_at, created_at)
            VALUES (?, ?, ?, ?, 1, ?, ?, ?, ?, false, ?, ?, ?)""";

    private final NoticeWriter writer;
    private final Notices notices;
    private final NoticeFeed feed;
    private final Sql sql;
    private final AfterCommit afterCommit;
    private final MeterRegistry metrics;
    private final Clock clock;

    @Inject
    DaySheetNotices(
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

    /**
     * Writes the sheet of a day, unless it was written before.
     *
     * @param lectures at least one, in order
     */
    public Optional<DaySheetNotice> write(Recipient lecturer, LocalDate day, List<Lecture> lectures) {
        UUID sheet =
                UUID.nameUUIDFromBytes(("day-sheet " + lecturer.id() + " " + day).getBytes(StandardCharsets.UTF_8));
        // under the lock of the recipient, so that another process sees this sheet or writes none
        sql.one("SELECT id FROM recipient WHERE id = ? FOR NO KEY UPDATE", row -> row.id("id"), lecturer.id());
        if (sql.one(
                        "SELECT id FROM notice WHERE branch_id = ? AND event_id = ?",
                        row -> row.id("id"),
                        lecturer.id(),
                        sheet)
                .isPresent()) {
            return Optional.empty();
        }
        NoticeText text = writer.daySheet(day, lectures, clock.instant(), lecturer);
        var notice = new DaySheetNotice(
                Uuid7.next(),
                lecturer.id(),
                sheet,
                notices.reserve(lecturer.id()),
                lectures.getLast().start());
        sql.update(
                WRITE,
                notice.id(),
                lecturer.id(),
                notice.sequence(),
                sheet,
                text.kind().name(),
                lecturer.locale(),
                text.title(),
                text.body(),
                lectures.getFirst().start(),
                lectures.getLast().end(),
                clock.instant());
        afterCommit.run(() -> {
            feed.wake(lecturer.id());
            metrics.counter("lectern.notices", "kind", text.kind().name()).increment();
        });
        return Optional.of(notice);
    }
}
