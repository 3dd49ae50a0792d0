package org.lectern.notification.acknowledgement;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.database.Transactions;
import org.lectern.chassis.problem.NotFound;
import org.lectern.chassis.time.Zones;
import org.lectern.notification.directory.RecipientKind;
import org.lectern.notification.directory.Recipients;
import org.lectern.notification.directory.Scope;
import org.lectern.notification.outbox.Outbox;
import org.lectern.notification.outbox.OutgoingEvent;

/**
 * Acknowledgements of notices. Each is bound to the version of the booking in its notice. A notice about a later
 * version asks the branch again. The scheduler receives each acknowledgement exactly once in effect.
 */
@ApplicationScoped
public class Acknowledgements {

    private static final String TOPIC = "lectern.acknowledgements";
    private static final String TYPE = "lectern.notice.acknowledged.v1";

    private final Recipients branches;
    private final Outbox outbox;
    private final Event<Acknowledged> acknowledged;
    private final Sql sql;
    private final Clock clock;

    @Inject
    Acknowledgements(Recipients branches, Outbox outbox, Event<Acknowledged> acknowledged, Sql sql, Clock clock) {
        this.branches = branches;
        this.outbox = outbox;
        this.acknowledged = acknowledged;
        this.sql = sql;
        this.clock = clock;
    }

    /** The notice to acknowledge. */
    private record AcknowledgedNotice(
            UUID noticeId,
            RecipientKind kind,
            UUID branchId,
            @Nullable UUID bookingId,
            int version,
            long sequence) {}

    /** A newer notice that replaces the requested one. */
    private record Later(UUID id, int version) {}

    /** The event data. It does not identify the person. */
    private record Data(UUID noticeId, UUID bookingId, UUID branchId, int version, Instant at, String channel) {}

    /**
     * Acknowledges a notice, or the original of a repeat. The first acknowledgement counts; a second one changes
     * nothing.
     *
     * @param channel the channel of the acknowledgement
     * @param by the person, if known
     * @throws NotFound when there is no such notice in the caller's scope
     * @throws NothingToAcknowledge when the notice is not about a booking
     * @throws NoticeSuperseded when the branch has a notice of a later version and had not acknowledged this one
     */
    public Acknowledgement acknowledge(Scope scope, UUID id, String channel, @Nullable String by) {
        return Transactions.inNew(() -> {
            AcknowledgedNotice announced = announced(id);
            UUID notice = announced.noticeId();
            branches.demandVisible(scope, announced.branchId());
            UUID booking = announced.bookingId();
            if (booking == null) {
                throw new NothingToAcknowledge();
            }
            Optional<Acknowledgement> given = of(notice);
            if (given.isPresent()) {
                return given.get();
            }
            later(announced.branchId(), booking, announced.sequence()).ifPresent(later -> {
                throw new NoticeSuperseded(later.id(), later.version());
            });
            Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            int added = sql.update("""
                    INSERT INTO acknowledgement (notice_id, branch_id, booking_id, version, at, channel, who)
                    VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""", notice, announced.branchId(), booking, announced.version(), now, channel, by);
            if (added == 0) {
                return of(notice).orElseThrow(); // a concurrent request acknowledged it first
            }
            sql.update("UPDATE notice SET read_at = ? WHERE id IN (?, ?) AND read_at IS NULL", now, notice, id);
            acknowledged.fire(new Acknowledged(notice));
            if (announced.kind() == RecipientKind.BRANCH) {
                publish(announced, booking, now, channel);
            }
            return new Acknowledgement(
                    notice,
                    announced.kind().branch(announced.branchId()),
                    announced.kind().lecturer(announced.branchId()),
                    booking,
                    announced.version(),
                    now,
                    channel,
                    by);
        });
    }

    /** Coverage counts branches; that a lecturer is informed is shown here only. */
    private void publish(AcknowledgedNotice announced, UUID booking, Instant at, String channel) {
        outbox.append(List.of(OutgoingEvent.of(
                TOPIC,
                TYPE,
                booking,
                announced.version(),
                at,
                new Data(announced.noticeId(), booking, announced.branchId(), announced.version(), at, channel))));
    }

    /**
     * Acknowledges a notice through the link in its message, without the name of a person.
     *
     * @throws NothingToAcknowledge also when the lecture is over
     */
    public Acknowledgement acknowledgeByLink(UUID notice) {
        AcknowledgementStatus standing = standing(notice).orElseThrow(NotFound::new);
        if (standing.acknowledgedAt() == null && clock.instant().isAfter(standing.endsAt())) {
            throw new NothingToAcknowledge();
        }
        return acknowledge(Scope.EVERY, notice, "link", null);
    }

    /**
     * Acknowledges a notice as a side effect of a calendar answer. Does nothing if the notice can no longer be
     * acknowledged.
     *
     * @return whether the notice is acknowledged now
     */
    public boolean acknowledgeIfCurrent(UUID notice, String channel) {
        Optional<AcknowledgementStatus> found = standing(notice);
        if (found.isEmpty()) {
            return false;
        }
        AcknowledgementStatus standing = found.get();
        if (standing.acknowledgedAt() != null) {
            return true;
        }
        if (standing.superseded() || clock.instant().isAfter(standing.endsAt())) {
            return false;
        }
        try {
            acknowledge(Scope.EVERY, notice, channel, null);
            return true;
        } catch (NoticeSuperseded e) {
            return false; // the branch has just received a notice of a later version
        }
    }

    /** The state of a notice about a lecture. Empty if the notice does not exist or is not about a lecture. */
    public Optional<AcknowledgementStatus> standing(UUID notice) {
        return sql.one(
                """
                SELECT asked.id, b.kind, b.name, b.zone, n.locale, n.title, n.body, n.ends_at, a.at,
                       coalesce(r.cancelled, false) AS cancelled, r.join_link,
                       (SELECT later.id FROM notice later
                        WHERE later.booking_id = asked.booking_id AND later.branch_id = asked.branch_id
                          AND later.repeats IS NULL AND later.sequence > asked.sequence
                        ORDER BY later.sequence DESC LIMIT 1) AS newest
                FROM notice n
                JOIN notice asked ON asked.id = coalesce(n.repeats, n.id)
                JOIN recipient b ON b.id = asked.branch_id
                LEFT JOIN calendar_revision r ON r.notice_id = asked.id
                LEFT JOIN acknowledgement a ON a.notice_id = asked.id
                WHERE n.id = ? AND n.booking_id IS NOT NULL""",
                row -> new AcknowledgementStatus(
                        row.id("id"),
                        RecipientKind.valueOf(row.text("kind")),
                        row.text("name"),
                        Zones.of(row.text("zone")),
                        row.text("locale"),
                        row.text("title"),
                        row.text("body"),
                        row.flag("cancelled"),
                        row.textOrNull("join_link"),
                        row.time("ends_at"),
                        row.timeOrNull("at"),
                        row.idOrNull("newest")),
                notice);
    }

    private AcknowledgedNotice announced(UUID notice) {
        return sql.one(
                        """
                        SELECT o.id, r.kind, o.branch_id, o.booking_id, o.version, o.sequence
                        FROM notice n JOIN notice o ON o.id = coalesce(n.repeats, n.id)
                        JOIN recipient r ON r.id = o.branch_id WHERE n.id = ?""",
                        row -> new AcknowledgedNotice(
                                row.id("id"),
                                RecipientKind.valueOf(row.text("kind")),
                                row.id("branch_id"),
                                row.idOrNull("booking_id"),
                                row.number("version"),
                                row.bigNumber("sequence")),
                        notice)
                .orElseThrow(NotFound::new);
    }

    private Optional<Acknowledgement> of(UUID notice) {
        return sql.one("""
                SELECT a.notice_id, r.kind, a.branch_id, a.booking_id, a.version, a.at, a.channel, a.who
                FROM acknowledgement a JOIN recipient r ON r.id = a.branch_id WHERE a.notice_id = ?""", Acknowledgements::read, notice);
    }

    /** Compares notice sequences, not versions, because a restored scheduler reuses versions. */
    private Optional<Later> later(UUID branch, UUID booking, long sequence) {
        return sql.one("""
                SELECT id, version FROM notice WHERE booking_id = ? AND branch_id = ? AND sequence > ? AND repeats IS NULL
                ORDER BY sequence DESC LIMIT 1""", row -> new Later(row.id("id"), row.number("version")), booking, branch, sequence);
    }

    private static Acknowledgement read(Sql.Row row) throws SQLException {
        RecipientKind kind = RecipientKind.valueOf(row.text("kind"));
        return new Acknowledgement(
                row.id("notice_id"),
                kind.branch(row.id("branch_id")),
                kind.lecturer(row.id("branch_id")),
                row.id("booking_id"),
                row.number("version"),
                row.time("at"),
                row.text("channel"),
                row.textOrNull("who"));
    }
}
