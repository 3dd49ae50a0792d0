package org.lectern.notification.calendar;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.database.Sql.Row;
import org.lectern.chassis.time.Zones;
import org.lectern.notification.directory.Recipient;
import org.lectern.notification.event.BookingEvent;
import org.lectern.notification.event.RequestChanged;
import org.lectern.notification.notice.LastKnown;
import org.lectern.notification.notice.Lecture;
import org.lectern.notification.notice.Places;
import org.lectern.notification.notice.WrittenNotice;

/**
 * The calendar entries of branches and lecturers. Every notice about a lecture is a revision of one entry in its
 * branch's calendar. SEQUENCE and the time of revision never fall, whatever happens to clocks and databases.
 */
@ApplicationScoped
public class Calendars {

    /**
     * SEQUENCE and DTSTAMP rise per booking, not per branch, because branches that share a mailbox revise one entry.
     * The caller locks the booking's row, so revisions are never written concurrently.
     */
    private static final String REVISE = """
            WITH before AS MATERIALIZED (
                SELECT v.subject_id AS booking_id, greatest(max(r.sequence), v.calendar_sequence) AS sequence,
                       max(r.revised_at) AS revised_at
                FROM subject_view v LEFT JOIN calendar_revision r ON r.booking_id = v.subject_id
                WHERE v.subject_id = ANY (?) GROUP BY v.subject_id)
            INSERT INTO calendar_revision (notice_id, branch_id, booking_id, sequence, cancelled, hosted, starts_at,
                                           ends_at, zone, topic, lecturer_id, lecturer, host, venue_id, place, join_link,
                                           format, revised_at)
            SELECT n.notice_id, n.branch_id, n.booking_id, greatest(n.sequence, coalesce(before.sequence + 1, 0)),
                   n.cancelled, n.hosted, n.starts_at, n.ends_at, n.zone, n.topic, n.lecturer_id, n.lecturer, n.host,
                   n.venue_id, n.place, n.join_link, n.format, greatest(cast(? AS timestamptz), before.revised_at)
            FROM unnest(cast(? AS uuid[]), cast(? AS uuid[]), cast(? AS uuid[]), cast(? AS integer[]),
                        cast(? AS boolean[]), cast(? AS boolean[]), cast(? AS timestamptz[]), cast(? AS timestamptz[]),
                        cast(? AS text[]), cast(? AS text[]), cast(? AS uuid[]), cast(? AS text[]), cast(? AS text[]),
                        cast(? AS uuid[]), cast(? AS text[]), cast(? AS text[]), cast(? AS text[]))
                 n (notice_id, branch_id, booking_id, sequence, cancelled, hosted, starts_at, ends_at, zone, topic,
                    lecturer_id, lecturer, host, venue_id, place, join_link, format)
            LEFT JOIN before ON before.booking_id = n.booking_id""";

    private static final String COLUMNS = """
            booking_id, sequence, cancelled, starts_at, ends_at, zone, topic, lecturer, host, place, join_link, revised_at
            """;

    private static final String OF_NOTICE =
            "SELECT branch_id, (SELECT r.kind = 'LECTURER' FROM recipient r WHERE r.id = branch_id) AS to_lecturer, "
                    + COLUMNS + " FROM calendar_revision WHERE notice_id = ?";

    /** A fallback endpoint counts only if it has a delivery for the lecture. */
    private static final String STILL_INVITED = """
            SELECT EXISTS (
                SELECT 1
                FROM (SELECT DISTINCT ON (branch_id) branch_id, booking_id, cancelled FROM calendar_revision
                      WHERE booking_id = ? AND branch_id <> ? ORDER BY branch_id, sequence DESC) other
                JOIN endpoint e ON e.branch_id = other.branch_id
                WHERE NOT other.cancelled AND e.channel = 'email' AND e.usable AND lower(e.address) = lower(?)
                  AND (NOT e.fallback OR EXISTS (
                      SELECT 1 FROM delivery d WHERE d.endpoint_id = e.id AND d.subject_id = other.booking_id)))
                AS invited""";

    private static final String LAST_KNOWN = """
            SELECT cancelled, lecturer_id, lecturer, starts_at, ends_at, zone, venue_id, place, join_link, topic, host, format
            FROM calendar_revision WHERE notice_id = ?""";

    private static final String CANCEL_AS_KNOWN = """
            UPDATE calendar_revision r
            SET starts_at = known.starts_at, ends_at = known.ends_at, zone = known.zone, venue_id = known.venue_id, place = known.place,
                lecturer_id = known.lecturer_id, lecturer = known.lecturer, join_link = known.join_link, topic = known.topic,
                host = known.host, format = known.format
            FROM calendar_revision known WHERE r.notice_id = ? AND known.notice_id = ?""";

    private static final String OF_RECIPIENT = "SELECT " + COLUMNS + """
            FROM (SELECT DISTINCT ON (booking_id) * FROM calendar_revision
                  WHERE branch_id = ? ORDER BY booking_id, sequence DESC) newest
            WHERE ends_at > ? AND (NOT cancelled OR revised_at > ?)
            ORDER BY starts_at DESC, booking_id LIMIT ?""";

    private final CalendarWriter writer;
    private final FeedConfig config;
    private final Sql sql;
    private final Clock clock;

    @Inject
    Calendars(CalendarWriter writer, FeedConfig config, Sql sql, Clock clock) {
        this.writer = writer;
        this.config = config;
        this.sql = sql;
        this.clock = clock;
    }

    /** Adds notices to the calendars of their branches, in the running transaction. */
    public void revise(List<WrittenNotice> notices) {
        List<Revision> left = new ArrayList<>();
        for (WrittenNotice notice : notices) {
            switch (notice.draft().event()) {
                case BookingEvent booking ->
                    left.add(new Revision(
                            notice.id(), notice.draft().branch(), notice.draft().eventId(), booking));
                case RequestChanged request -> {
                    // an offer is not a lecture yet
                }
            }
        }
        while (!left.isEmpty()) {
            Map<Boolean, List<Revision>> parts = left.stream().collect(Collectors.partitioningBy(earliest(left)));
            List<Revision> next = parts.getOrDefault(true, List.of());
            if (next.isEmpty()) {
                throw new IllegalStateException("Branches were notified of the same events in different orders");
            }
            write(next);
            left = parts.getOrDefault(false, List.of());
        }
    }

    /** The state of a lecture in one branch's calendar as of a notice. */
    private record Revision(UUID notice, Recipient branch, UUID eventId, BookingEvent event) {}

    /** Selects the earliest event of each booking, which is not behind another one for any branch. */
    private static Predicate<Revision> earliest(List<Revision> left) {
        Set<Object> entries = new HashSet<>();
        Set<UUID> later = new HashSet<>();
        for (Revision revision : left) {
            if (!entries.add(List.of(revision.branch().id(), revision.event().bookingId()))) {
                later.add(revision.eventId());
            }
        }
        Map<UUID, UUID> earliest = new HashMap<>();
        left.stream()
                .filter(revision -> !later.contains(revision.eventId()))
                .sorted(Comparator.comparingInt(revision -> revision.event().version()))
                .forEach(revision -> earliest.putIfAbsent(revision.event().bookingId(), revision.eventId()));
        return revision ->
                revision.eventId().equals(earliest.get(revision.event().bookingId()));
    }

    /** One event per booking: each revision builds on the previous one of its booking. */
    private void write(List<Revision> revisions) {
        sql.update(
                REVISE,
                of(revisions, BookingEvent::bookingId),
                clock.instant(),
                Sql.each(revisions, Revision::notice),
                Sql.each(revisions, revision -> revision.branch().id()),
                of(revisions, BookingEvent::bookingId),
                of(revisions, event -> event.version() - 1),
                Sql.each(
                        revisions,
                        revision -> revision.event().isOffFor(revision.branch().id())),
                Sql.each(
                        revisions,
                        revision -> revision.branch()
                                .id()
                                .equals(revision.event().branch().id())),
                of(revisions, BookingEvent::start),
                of(revisions, BookingEvent::end),
                of(revisions, event -> event.zone().getId()),
                of(revisions, event -> event.topic().title()),
                of(revisions, event -> event.lecturer().id()),
                of(revisions, event -> event.lecturer().name()),
                of(revisions, event -> event.branch().name()),
                of(
                        revisions,
                        event -> event.venue() == null ? null : event.venue().id()),
                of(revisions, event -> Places.text(event.venue())),
                of(revisions, BookingEvent::joinLink),
                of(revisions, BookingEvent::format));
    }

    private static Collection<?> of(List<Revision> revisions, Sql.Part<BookingEvent> part) {
        return Sql.each(revisions, revision -> part.of(revision.event()));
    }

    /**
     * The iCalendar part of a notice's mail. Empty when the notice is not about a lecture.
     *
     * @param sender the mailbox that sends the mail
     * @param attendee the mailbox that receives it
     * @param answersTo the address that receives calendar answers, if any. It must be the same for all mails about one
     *     lecture to one mailbox, or calendars refuse the next revision
     */
    public Optional<Invitation> invitation(
            UUID notice, String locale, String sender, String attendee, @Nullable String answersTo) {
        return sql.one(
                        OF_NOTICE,
                        row -> new OfRecipient(row.id("branch_id"), row.flag("to_lecturer"), entry(row)),
                        notice)
                .map(found -> {
                    // Branches that share a mailbox share one entry, and a CANCEL would remove it for all. If another
                    // branch still takes part, the leaving branch gets an update.
                    CalendarEntry entry =
                            stillInvited(found, attendee) ? found.entry().confirmed() : found.entry();
                    return new Invitation(
                            entry.cancelled() ? "CANCEL" : "REQUEST",
                            writer.invitation(entry, found.lecturer(), locale, sender, attendee, answersTo));
                });
    }

    private record OfRecipient(UUID recipient, boolean lecturer, CalendarEntry entry) {}

    private boolean stillInvited(OfRecipient told, String mailbox) {
        return told.entry().cancelled()
                && sql.one(
                                STILL_INVITED,
                                row -> row.flag("invited"),
                                told.entry().bookingId(),
                                told.recipient(),
                                mailbox)
                        .orElse(false);
    }

    /** A lecture as of a notice, for a reader to add to a calendar. Empty when the notice is not about a lecture. */
    public Optional<byte[]> publication(UUID notice, String locale) {
        return sql.one(OF_NOTICE, Calendars::entry, notice).map(entry -> writer.publication(entry, locale));
    }

    /** A lecture as the readers of a notice know it. Empty when no calendar contains it. */
    public Optional<LastKnown> lastKnown(UUID notice) {
        return sql.one(LAST_KNOWN, Calendars::known, notice);
    }

    /** Makes a cancellation describe the lecture as its branch knows it from an earlier, delivered notice. */
    public void cancelAsKnown(UUID cancellation, UUID known) {
        sql.update(CANCEL_AS_KNOWN, cancellation, known);
    }

    /**
     * The newest notice of a branch at a revision of its calendar entry. Branches that share a mailbox share the entry,
     * so another branch may have caused the revision.
     *
     * @return empty if the lecture has no such revision
     */
    public Optional<UUID> noticeAt(UUID booking, UUID branch, int sequence) {
        return sql.one("""
                SELECT r.notice_id FROM calendar_revision r
                WHERE r.booking_id = ? AND r.branch_id = ? AND r.sequence <= ?
                  AND EXISTS (SELECT 1 FROM calendar_revision any_branch
                              WHERE any_branch.booking_id = r.booking_id AND any_branch.sequence = ?)
                ORDER BY r.sequence DESC LIMIT 1""", row -> row.id("notice_id"), booking, branch, sequence, sequence);
    }

    /** A lecture as of a notice. Empty when the notice is not about a lecture. */
    public Optional<Lecture> lecture(UUID notice) {
        return sql.one(
                """
                SELECT cancelled, hosted, topic, lecturer, host, starts_at, ends_at, zone, place, join_link
                FROM calendar_revision WHERE notice_id = ?""",
                row -> new Lecture(
                        row.flag("cancelled"),
                        row.flag("hosted"),
                        row.text("topic"),
                        row.text("lecturer"),
                        row.text("host"),
                        row.time("starts_at"),
                        row.time("ends_at"),
                        Zones.of(row.text("zone")),
                        row.textOrNull("place"),
                        row.textOrNull("join_link")),
                notice);
    }

    /** The calendar of a branch or a lecturer, in the recipient's language. */
    byte[] of(Recipient branch) {
        List<CalendarEntry> entries = sql.list(
                OF_RECIPIENT, Calendars::entry, branch.id(), endedAfter(), cancelledAfter(), config.maxEntries());
        return writer.feed(entries.reversed(), branch.locale(), branch.name(), branch.zone(), config.refreshInterval());
    }

    /** Rounds to whole hours, so that the feed does not change merely because time passes. */
    private Instant endedAfter() {
        return clock.instant().truncatedTo(ChronoUnit.HOURS).minus(config.pastShownFor());
    }

    private Instant cancelledAfter() {
        return clock.instant().truncatedTo(ChronoUnit.HOURS).minus(config.cancelledShownFor());
    }

    private static LastKnown known(Row row) throws SQLException {
        return new LastKnown(
                row.flag("cancelled"),
                row.idOrNull("lecturer_id"),
                row.text("lecturer"),
                row.time("starts_at"),
                row.time("ends_at"),
                Zones.of(row.text("zone")),
                row.idOrNull("venue_id"),
                row.textOrNull("place"),
                row.textOrNull("join_link"),
                row.text("topic"),
                row.text("host"),
                row.textOrNull("format"));
    }

    private static CalendarEntry entry(Row row) throws SQLException {
        return new CalendarEntry(
                row.id("booking_id"),
                row.number("sequence"),
                row.flag("cancelled"),
                row.time("starts_at"),
                row.time("ends_at"),
                Zones.of(row.text("zone")),
                row.text("topic"),
                row.text("lecturer"),
                row.text("host"),
                row.textOrNull("place"),
                row.textOrNull("join_link"),
                row.time("revised_at"));
    }
}
