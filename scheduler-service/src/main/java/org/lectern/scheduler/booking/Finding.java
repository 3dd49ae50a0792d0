package org.lectern.scheduler.booking;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.lectern.chassis.problem.Flaw;
import org.lectern.chassis.problem.Messages;
import org.lectern.scheduler.booking.SoftRule.Objection;

/** Something that speaks against a lecture, for programs and for people. */
@Schema(name = "Finding")
public record Finding(
        @Schema(description = "The code of the rule, stable", examples = "travel-too-short")
        String code,

        @Schema(description = "In the language of `Accept-Language`")
        String detail) {

    /** Rules that an organizer may override. */
    public static List<Finding> ofRules(List<Objection> objections, Messages messages) {
        return objections.stream()
                .map(objection -> new Finding(
                        objection.code(),
                        messages.text(
                                objection.flaw().key(),
                                objection.flaw().arguments().toArray())))
                .toList();
    }

    /** What makes it impossible. */
    public static List<Finding> ofFlaws(List<Flaw> flaws, Messages messages) {
        List<Finding> findings = new ArrayList<>();
        flaws.forEach(flaw -> findings.add(new Finding(
                flaw.key(), messages.text(flaw.key(), flaw.arguments().toArray()))));
        return findings;
    }
}
