package org.lectern.scheduler.rating;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.database.Transactions;
import org.lectern.chassis.problem.NotFound;
import org.lectern.scheduler.audit.Audit;
import org.lectern.scheduler.audit.AuditAction;
import org.lectern.scheduler.audit.Kind;
import org.lectern.scheduler.booking.BookingSearch;
import org.lectern.scheduler.booking.BookingStatus;
import org.lectern.scheduler.booking.BookingView;
import org.lectern.scheduler.booking.Participants.BranchRef;

/** Ratings of lectures: one for each branch that took part, as host or guest. */
@ApplicationScoped
class Ratings {

    private static final String SELECT = """
            SELECT r.booking_id, r.version, r.stars, r.note, r.rated_at, b.ends_at, h.id, h.code, h.name
            FROM lecture_rating r JOIN booking b ON b.id = r.booking_id JOIN branch h ON h.id = r.branch_id
            WHERE r.booking_id = ?""";

    private final Sql sql;
    private final BookingSearch bookings;
    private final RatingConfig config;
    private final Audit audit;
    private final Clock clock;

    @Inject
    Ratings(Sql sql, BookingSearch bookings, RatingConfig config, Audit audit, Clock clock) {
        this.sql = sql;
        this.bookings = bookings;
        this.config = config;
        this.audit = audit;
        this.clock = clock;
    }

    /** The state in the audit. The note is left out: the audit cannot forget what people write. */
    record Audited(UUID bookingId, UUID branchId, int stars, boolean hasNote) {}

    /**
     * Stores the rating by a branch, or replaces it.
     *
     * @param visible the branches of the caller
     */
    RatingView rate(UUID booking, UUID branch, Optional<Set<UUID>> visible, RatingRequest request, String actor) {
        return Transactions.inNew(() -> {
            if (sql.one("SELECT id FROM booking WHERE id = ? FOR SHARE", row -> row.id("id"), booking)
                    .isEmpty()) {
                throw new NotFound();
            }
            BookingView lecture = bookings.find(booking)
                    .filter(found -> takesPart(found, branch, visible))
                    .orElseThrow(NotFound::new);
            if (lecture.status() != BookingStatus.COMPLETED) {
                throw new RatingRefusal.NotHeld();
            }
            Instant now = clock.instant();
            if (now.isAfter(until(lecture))) {
                throw new RatingRefusal.Closed();
            }
            boolean changed = sql.update("""
                    INSERT INTO lecture_rating AS r (booking_id, branch_id, version, stars, note, rated_at, rated_by)
                    VALUES (?, ?, 1, ?, ?, ?, ?)
                    ON CONFLICT (booking_id, branch_id) DO UPDATE
                    SET version = r.version + 1, stars = excluded.stars, note = excluded.note,
                        rated_at = excluded.rated_at, rated_by = excluded.rated_by
                    WHERE (r.stars, r.note) IS DISTINCT FROM (excluded.stars, excluded.note)""", booking, branch, request.stars(), request.note(), now, actor) > 0;
            RatingView rated = of(booking, Optional.of(Set.of(branch))).getFirst();
            if (changed) {
                audit.append(
                        Kind.RATING,
                        booking + " " + branch,
                        rated.version(),
                        rated.version() == 1 ? AuditAction.ENTERED : AuditAction.CHANGED,
                        new Audited(booking, branch, rated.stars(), rated.note() != null));
            }
            return rated;
        });
    }

    /** Until when the lecture can be rated. */
    Instant until(BookingView lecture) {
        return lecture.end().toInstant().plus(config.period());
    }

    private static boolean takesPart(BookingView lecture, UUID branch, Optional<Set<UUID>> visible) {
        boolean there = lecture.branch().id().equals(branch)
                || lecture.guests().stream().anyMatch(guest -> guest.id().equals(branch));
        return there
                && lecture.status().isAnnounced()
                && visible.map(branches -> branches.contains(branch)).orElse(true);
    }

    /** The ratings of a lecture by these branches, or by all. */
    List<RatingView> of(UUID booking, Optional<Set<UUID>> branches) {
        @Nullable Set<UUID> only = branches.orElse(null);
        if (only != null && only.isEmpty()) {
            return List.of();
        }
        return only == null
                ? sql.list(SELECT + " ORDER BY h.code", this::view, booking)
                : sql.list(SELECT + " AND r.branch_id = ANY (?) ORDER BY h.code", this::view, booking, only);
    }

    private RatingView view(Sql.Row row) throws SQLException {
        return new RatingView(
                row.id("booking_id"),
                new BranchRef(row.id("id"), row.text("code"), row.text("name")),
                row.number("version"),
                row.number("stars"),
                row.textOrNull("note"),
                row.time("rated_at"),
                row.time("ends_at").plus(config.period()));
    }
}
