package org.lectern.scheduler.booking;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.problem.NotFound;
import org.lectern.scheduler.registry.branch.BranchScope;
import org.lectern.scheduler.registry.lecturer.LecturerScope;
import org.lectern.scheduler.security.Caller;

/**
 * Which bookings the caller may read, and what of them: a branch those of its subtree, a lecturer its own, both without
 * holds and notes. A person who is both reads as a branch, and as the lecturer where it asks for its own lectures.
 */
@ApplicationScoped
public class ReadScope {

    private final Bookings bookings;
    private final BranchScope branches;
    private final LecturerScope lecturers;
    private final Caller caller;

    @Inject
    ReadScope(Bookings bookings, BranchScope branches, LecturerScope lecturers, Caller caller) {
        this.bookings = bookings;
        this.branches = branches;
        this.lecturers = lecturers;
        this.caller = caller;
    }

    /** The branches with visible bookings; empty for all. */
    public Optional<Set<UUID>> branches() {
        return branches(null);
    }

    /** The same for the bookings of one lecturer; null for any. */
    public Optional<Set<UUID>> branches(@Nullable UUID wanted) {
        return isAsLecturer(wanted) ? Optional.empty() : branches.visibleTo(caller);
    }

    private boolean isAsLecturer(@Nullable UUID wanted) {
        return caller.isOnlyLecturer()
                || wanted != null
                        && caller.isLecturer()
                        && lecturers.own(caller).filter(wanted::equals).isPresent();
    }

    /**
     * Only the bookings of this lecturer are read; null for all.
     *
     * @throws NotFound when a lecturer asks for another one
     */
    public @Nullable UUID lecturer(@Nullable UUID wanted) {
        Optional<UUID> own = lecturers.visibleTo(caller);
        if (own.isPresent() && wanted != null && !wanted.equals(own.get())) {
            throw new NotFound();
        }
        return own.orElse(wanted);
    }

    /** Whether only announced bookings are visible; null for all. */
    public @Nullable Boolean announced(@Nullable UUID wanted) {
        return isAsLecturer(wanted) ? true : null;
    }

    /** One booking in the scope, as the caller may see it. */
    public Optional<BookingView> find(UUID id) {
        if (caller.isLecturer()) {
            Optional<UUID> own = lecturers.own(caller);
            Optional<BookingView> lecture = bookings.view(id, Optional.empty())
                    .filter(view -> view.wasAnnounced()
                            && own.filter(view.lecturer().id()::equals).isPresent())
                    .map(BookingView::forLecturer);
            if (lecture.isPresent() || caller.isOnlyLecturer()) {
                return lecture;
            }
        }
        return bookings.view(id, branches()).map(shown(null));
    }

    /** Leaves out what the caller may not see. Needs the request only until it returns. */
    public UnaryOperator<BookingView> shown(@Nullable UUID wanted) {
        if (isAsLecturer(wanted)) {
            return BookingView::forLecturer;
        }
        Optional<Set<UUID>> own = branches();
        return own.isPresent() ? view -> view.forBranches(own.get()) : UnaryOperator.identity();
    }
}
