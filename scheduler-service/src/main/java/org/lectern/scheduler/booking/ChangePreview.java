package org.lectern.scheduler.booking;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.lectern.chassis.problem.Messages;

/** The preview of one change among several, as shown to an organizer. */
@Schema(name = "ChangePreview")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ChangePreview(
        Outcome outcome,
        BookingView before,

        @Schema(description = "The booking after the change")
        BookingView after,

        @Schema(description = "The conflicting bookings after all changes")
        List<ConflictingBooking> conflicts,

        @Schema(description = "The broken rules that an organizer may override with a reason")
        List<RuleViolation> rules,

        @Schema(description = "What makes the change impossible, regardless of other bookings")
        List<RuleViolation> violations) {

    /** The outcome. */
    @Schema(name = "ChangeOutcome")
    public enum Outcome {
        /** The change would be made. */
        CHANGES,
        /** The booking already has these values: no new version, no notice. */
        UNCHANGED,
        /** Other bookings conflict. */
        CONFLICT,
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
                verdict.conflicts(),
                RuleViolation.ofRules(verdict.objections(), messages),
                RuleViolation.ofViolations(verdict.violations(), messages));
    }

    private static Outcome outcome(ChangeAssessment verdict) {
        if (!verdict.violations().isEmpty()) {
            return Outcome.IMPOSSIBLE;
        }
        if (!verdict.conflicts().isEmpty()) {
            return Outcome.CONFLICT;
        }
        if (!verdict.objections().isEmpty()) {
            return Outcome.RULES;
        }
        return verdict.isChange() ? Outcome.CHANGES : Outcome.UNCHANGED;
    }
}
