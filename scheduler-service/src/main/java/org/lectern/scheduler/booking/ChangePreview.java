package org.lectern.scheduler.booking;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.lectern.chassis.problem.Messages;

/** The preview of one change among several, as shown to an organizer. */
@Schema(name = "JudgedChange")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ChangePreview(
        Outcome outcome,
        BookingView before,

        @Schema(description = "As it would be; as it is when nothing changes")
        BookingView after,

        @Schema(description = "The bookings in the way, after all changes")
        List<Neighbour> clashes,

        @Schema(description = "The rules that speak against it; an organizer may override them with a reason")
        List<Finding> rules,

        @Schema(description = "What makes it impossible in itself")
        List<Finding> violations) {

    /** The outcome. */
    @Schema(name = "ChangeOutcome")
    public enum Outcome {
        /** The change would be made. */
        CHANGES,
        /** The booking already has these values: no new version, no notice. */
        UNCHANGED,
        /** Other bookings conflict. */
        CLASH,
        /** Rules are broken. */
        RULES,
        /** The change is impossible regardless of other bookings. */
        IMPOSSIBLE
    }

    public static ChangePreview of(ChangeAssessment verdict, Messages messages) {
        return new ChangePreview(
                outcome(verdict),
                verdict.before(),
                verdict.after(),
                verdict.neighbours(),
                Finding.ofRules(verdict.objections(), messages),
                Finding.ofFlaws(verdict.violations(), messages));
    }

    private static Outcome outcome(ChangeAssessment verdict) {
        if (!verdict.violations().isEmpty()) {
            return Outcome.IMPOSSIBLE;
        }
        if (!verdict.neighbours().isEmpty()) {
            return Outcome.CLASH;
        }
        if (!verdict.objections().isEmpty()) {
            return Outcome.RULES;
        }
        return verdict.isChange() ? Outcome.CHANGES : Outcome.UNCHANGED;
    }
}
