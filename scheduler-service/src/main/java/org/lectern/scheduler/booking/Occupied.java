package org.lectern.scheduler.booking;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.problem.Refusal;
import org.lectern.chassis.problem.Violation;

/** The lecturer, the venue or the branch has another lecture then. Names every conflicting booking. */
public final class Occupied extends Refusal {

    /** What can be occupied; each is guarded by a database exclusion constraint. */
    enum Resource {
        LECTURER("lecturer", "lecturer_occupied"),
        VENUE("venue", "venue_occupied"),
        BRANCH("branch", "branch_occupied"),
        GUEST("guest", "branch_occupied");

        private final String label;
        private final String constraint;

        Resource(String label, String constraint) {
            this.label = label;
            this.constraint = constraint;
        }

        String label() {
            return label;
        }

        static boolean guardedBy(@Nullable String constraint) {
            for (Resource resource : values()) {
                if (resource.constraint.equals(constraint)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** One conflicting booking. */
    @Schema(name = "Conflict")
    public record Conflict(
            @Schema(enumeration = {"lecturer", "venue", "branch", "guest"})
            String resource,

            UUID bookingId,

            @Schema(
                    description = "The branch or guest with another lecture at that time; absent for lecturers and "
                            + "venues")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Nullable
            UUID branchId,

            OffsetDateTime start,
            OffsetDateTime end,

            @Schema(description = "The end of the hold; absent for a confirmed booking")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Nullable
            OffsetDateTime heldUntil) {}

    Occupied(List<Conflict> conflicts, @Nullable String pointer, List<?> alternatives) {
        super(409, conflicts.getFirst().resource() + "-occupied", violations(conflicts, pointer), first(conflicts));
        member("conflicts", conflicts);
        if (!alternatives.isEmpty()) {
            member("alternatives", alternatives);
        }
    }

    /** The field of each conflict names its resource, unless only one field can be at fault. */
    private static List<Violation> violations(List<Conflict> conflicts, @Nullable String pointer) {
        return conflicts.stream()
                .map(conflict -> new Violation(
                        pointer != null
                                ? pointer
                                : conflict.resource().equals("guest") ? "/guests" : "/" + conflict.resource() + "Id",
                        "occupied." + conflict.resource(),
                        conflict.start(),
                        conflict.end()))
                .toList();
    }

    private static Object[] first(List<Conflict> conflicts) {
        return new Object[] {conflicts.getFirst().start(), conflicts.getFirst().end()};
    }
}
