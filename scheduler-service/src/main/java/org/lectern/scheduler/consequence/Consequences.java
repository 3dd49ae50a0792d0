package org.lectern.scheduler.consequence;

import java.time.LocalDate;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Finds the bookings that a change leaves without a rule they kept before. */
public interface Consequences {

    /**
     * The bookings that a change may concern; empty criteria do not filter.
     *
     * @param dates local dates of the bookings
     */
    record Scope(Set<UUID> lecturers, Set<UUID> venues, Set<UUID> topics, Set<LocalDate> dates) {

        public static final Scope ALL = new Scope(Set.of(), Set.of(), Set.of(), Set.of());

        public static Scope ofLecturer(UUID id) {
            return ofLecturers(Set.of(id));
        }

        public static Scope ofLecturers(Set<UUID> ids) {
            return new Scope(Set.copyOf(ids), Set.of(), Set.of(), Set.of());
        }

        public static Scope ofVenue(UUID id) {
            return ofVenues(Set.of(id));
        }

        public static Scope ofVenues(Set<UUID> ids) {
            return new Scope(Set.of(), Set.copyOf(ids), Set.of(), Set.of());
        }

        public static Scope ofTopic(UUID id) {
            return ofTopics(Set.of(id));
        }

        public static Scope ofTopics(Set<UUID> ids) {
            return new Scope(Set.of(), Set.of(), Set.copyOf(ids), Set.of());
        }

        public static Scope ofDates(Set<LocalDate> dates) {
            return new Scope(Set.of(), Set.of(), Set.of(), Set.copyOf(dates));
        }
    }

    /** The result of a change, and its consequences. */
    record Changed<T>(T value, ConsequencesView consequences) {}

    /**
     * Makes the change and compares the bookings before and after it. Runs in the transaction of the change, so that a
     * rehearsal shows exactly the result of the change.
     */
    <T> Changed<T> of(Scope scope, Supplier<T> change);

    /**
     * The same for an import.
     *
     * @param changing the entries that it changes; without any there are no consequences
     */
    default @Nullable ConsequencesView ofImport(Set<UUID> changing, Function<Set<UUID>, Scope> scope, Runnable change) {
        if (changing.isEmpty()) {
            change.run();
            return null;
        }
        return of(scope.apply(changing), () -> {
                    change.run();
                    return changing;
                })
                .consequences();
    }
}
