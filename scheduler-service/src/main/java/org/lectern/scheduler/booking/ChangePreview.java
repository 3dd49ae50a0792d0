package org.lectern.scheduler.booking;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.lectern.chassis.problem.Messages;

/** What a change of one booking among several would come to, as an organizer is shown it. */
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

    /** In short. */
    @Schema(name = "ChangeOutcome")
    public enum Outcome {
        /** It would be made. */
        CHANGES,
        /** It is that way already: no new version, nobody is told. */
        UNCHANGED,
        /** Other bookings are in the way. */
        CLASH,
        /** Rules speak against it. */
        RULES,
        /** It cannot be, whatever else is booked. */
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
