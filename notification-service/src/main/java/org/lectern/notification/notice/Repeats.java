package org.lectern.notification.notice;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.AfterCommit;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.time.Uuid7;
import org.lectern.notification.directory.Recipient;

/**
 * Writes repeats: notices without new content, each with an original to acknowledge. The caller holds the lock of the
 * booking's row in {@code subject_view}, so that no newer notice comes in between.
 */
@ApplicationScoped
public class Repeats {

    private static final String WRITE = """
            INSERT INTO notice (id, branch_id, sequence, booking_id, version, kind, locale, title, body, urgent, starts_at,
                                ends_at, created_at, repeats)
            SELECT ?, ?, ?, o.booking_id, o.version, ?, ?, ?, ?, ?, o.starts_at, o.ends_at, ?, o.id
            FROM notice o WHERE o.id = ?""";

    private final NoticeWriter writer;
    private final Notices notices;
    private final NoticeFeed feed;
    private final NoticeConfig config;
    private final Sql sql;
    private final AfterCommit afterCommit;
    private final MeterRegistry metrics;
    private final Clock clock;

    @Inject
    Repeats(
            NoticeWriter writer,
            Notices notices,
            NoticeFeed feed,
            NoticeConfig config,
            Sql sql,
            AfterCommit afterCommit,
            MeterRegistry metrics,
            Clock clock) {
        this.writer = writer;
        this.notices = notices;
        this.feed = feed;
        this.config = config;
        this.sql = sql;
        this.afterCommit = afterCommit;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** The original notice. */
    private record Original(UUID bookingId, Instant start, Instant end, String locale, String title, String body) {}

    /** Reminds a branch of a lecture. Never urgent, because the branch already knows. */
    public WrittenRepeat remind(UUID original, Recipient branch, Lecture lecture) {
        return write(find(original), original, branch, writer.reminder(lecture, branch), branch.locale(), false);
    }

    /** Repeats a notice with the same text, because an answer is missing. */
    public WrittenRepeat askAgain(UUID original, Recipient branch) {
        Original first = find(original);
        NoticeText text = writer.again(first.title(), first.body(), first.locale(), branch);
        return write(first, original, branch, text, first.locale(), isSoon(first));
    }

    /**
     * Reports to another branch that a branch has not answered.
     *
     * @param toldAt the time of the notice to that branch
     */
    public WrittenRepeat unanswered(
            UUID original, Recipient silent, Lecture lecture, Instant toldAt, Recipient reader) {
        Original first = find(original);
        NoticeText text = writer.unanswered(lecture, silent, toldAt, reader);
        return write(first, original, reader, text, reader.locale(), isSoon(first));
    }

    /** Reports to the organizers that a branch cannot take part. */
    public WrittenRepeat declined(
            UUID original,
            Recipient answering,
            Lecture lecture,
            Instant at,
            @Nullable String comment,
            Recipient reader) {
        Original first = find(original);
        NoticeText text = writer.declined(lecture, answering, at, comment, reader);
        return write(first, original, reader, text, reader.locale(), isSoon(first));
    }

    /** Reports to the organizers that a lecturer has not answered in time. */
    public WrittenRepeat silent(UUID original, Recipient lecturer, Lecture lecture, Recipient reader) {
        Original first = find(original);
        NoticeText text = writer.silent(lecture, lecturer, reader);
        return write(first, original, reader, text, reader.locale(), isSoon(first));
    }

    /**
     * Reports to the organizers that a branch proposes another time.
     *
     * @param start null if the proposal names no time; likewise the end
     */
    public WrittenRepeat proposed(
            UUID original,
            Recipient answering,
            Lecture lecture,
            Instant at,
            @Nullable Instant start,
            @Nullable Instant end,
            @Nullable String comment,
            Recipient reader) {
        Original first = find(original);
        NoticeWriter.Proposed time = start == null || end == null ? null : new NoticeWriter.Proposed(start, end);
        NoticeText text = writer.proposed(lecture, answering, at, time, comment, reader);
        return write(first, original, reader, text, reader.locale(), isSoon(first));
    }

    private boolean isSoon(Original original) {
        Instant now = clock.instant();
        return now.isBefore(original.start()) && original.start().isBefore(now.plus(config.urgentWithin()));
    }

    private Original find(UUID id) {
        return sql.one(
                        "SELECT booking_id, starts_at, ends_at, locale, title, body FROM notice WHERE id = ?",
                        row -> new Original(
                                row.id("booking_id"),
                                row.time("starts_at"),
                                row.time("ends_at"),
                                row.text("locale"),
                                row.text("title"),
                                row.text("body")),
                        id)
                .orElseThrow(() -> new IllegalArgumentException("No such notice to repeat"));
    }

    private WrittenRepeat write(
            Original first, UUID original, Recipient branch, NoticeText text, String locale, boolean urgent) {
        UUID id = Uuid7.next();
        long sequence = notices.reserve(branch.id());
        sql.update(
                WRITE,
                id,
                branch.id(),
                sequence,
                text.kind().name(),
                locale,
                text.title(),
                text.body(),
                urgent,
                clock.instant(),
                original);
        afterCommit.run(() -> {
            feed.wake(branch.id());
            metrics.counter("lectern.notices", "kind", text.kind().name()).increment();
        });
        return new WrittenRepeat(id, branch.id(), first.bookingId(), sequence, first.start(), first.end());
    }
}
