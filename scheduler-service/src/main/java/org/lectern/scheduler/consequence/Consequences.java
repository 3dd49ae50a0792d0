package org.lectern.scheduler.consequence;

import java.time.LocalDate;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Finds the bookings that a change leaves without a rule they kept before. */
public interface Consequences {

    /**
     * The bookings that a change may concern; absent criteria do not filter.
     *
     * @param dates local dates of the bookings; empty for all
     */
    record Scope(@Nullable UUID lecturerId, @Nullable UUID venueId, Set<LocalDate> dates) {

        public static Scope ofLecturer(UUID id) {
            return new Scope(id, null, Set.of());
        }

        public static Scope ofVenue(UUID id) {
            return new Scope(null, id, Set.of());
        }

        public static Scope ofDates(Set<LocalDate> dates) {
            return new Scope(null, null, Set.copyOf(dates));
        }
    }

    /** The result of a change, and its consequences. */
    record Changed<T>(T value, ConsequencesView consequences) {}

    /**
     * Makes the change and compares the bookings before and after it. Runs in the transaction of the change, so that a
     * rehearsal shows exactly what the change would come to.
     */
    <T> Changed<T> of(Scope scope, Supplier<T> change);
}
