package org.lectern.scheduler.booking;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.lectern.chassis.problem.Messages;
import org.lectern.chassis.problem.Violation;
import org.lectern.scheduler.booking.SoftRule.Objection;

/** A problem of a lecture, for programs and people. */
@Schema(name = "RuleViolation")
public record RuleViolation(
        @Schema(description = "The code of the rule, stable", examples = "travel-too-short")
        String code,

        @Schema(description = "In the language of `Accept-Language`")
        String detail) {

    /** Findings for broken rules that an organizer may override. */
    public static List<RuleViolation> ofRules(List<Objection> objections, Messages messages) {
        return objections.stream()
                .map(objection -> new RuleViolation(
                        objection.code(),
                        messages.text(
                                objection.violation().key(),
                                objection.violation().arguments().toArray())))
                .toList();
    }

    /** Findings for violations. */
    public static List<RuleViolation> ofViolations(List<Violation> violations, Messages messages) {
        List<RuleViolation> found = new ArrayList<>();
        violations.forEach(violation -> found.add(new RuleViolation(
                violation.key(),
                messages.text(violation.key(), violation.arguments().toArray()))));
        return found;
    }
}
