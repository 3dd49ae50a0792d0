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
    @Schema(name = "Clash")
    public record Clash(
            @Schema(enumeration = {"lecturer", "venue", "branch", "guest"})
            String resource,

            UUID bookingId,

            @Schema(description = "The branch or the guest that has a lecture then; absent for lecturers and venues")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Nullable
            UUID branchId,

            OffsetDateTime start,
            OffsetDateTime end,

            @Schema(description = "Until when the slot is only held; absent for what is confirmed")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Nullable
            OffsetDateTime heldUntil) {}

    Occupied(List<Clash> clashes, @Nullable String pointer, List<?> alternatives) {
        super(409, clashes.getFirst().resource() + "-occupied", violations(clashes, pointer), first(clashes));
        member("clashes", clashes);
        if (!alternatives.isEmpty()) {
            member("alternatives", alternatives);
        }
    }

    /** The field of each conflict names its resource, unless only one field can be at fault. */
    private static List<Violation> violations(List<Clash> clashes, @Nullable String pointer) {
        return clashes.stream()
                .map(clash -> new Violation(
                        pointer != null
                                ? pointer
                                : clash.resource().equals("guest") ? "/guests" : "/" + clash.resource() + "Id",
                        "occupied." + clash.resource(),
                        clash.start().toString(),
                        clash.end().toString()))
                .toList();
    }

    private static Object[] first(List<Clash> clashes) {
        return new Object[] {
            clashes.getFirst().start().toString(), clashes.getFirst().end().toString()
        };
    }
}
