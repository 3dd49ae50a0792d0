package org.lectern.scheduler.booking;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.lectern.chassis.problem.Refusal;
import org.lectern.chassis.problem.Violation;
import org.lectern.scheduler.booking.SoftRule.Objection;

/** Some of several changes are impossible, so none was made. Names each with its conflicts and broken rules. */
public final class ChangesRefused extends Refusal {

    /** One impossible change. */
    @Schema(name = "RefusedChange")
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record RefusedChange(UUID bookingId, List<ConflictingBooking> conflicts, List<String> rules) {}

    private final transient List<ChangeAssessment> verdicts;

    ChangesRefused(List<ChangeAssessment> verdicts) {
        super(409, "changes-refused", violations(verdicts), impossible(verdicts).size(), verdicts.size());
        this.verdicts = verdicts;
        List<ChangeAssessment> impossible = impossible(verdicts);
        member(
                "refused",
                impossible.stream()
                        .map(each -> new RefusedChange(
                                each.before().id(),
                                each.conflicts(),
                                each.objections().stream()
                                        .map(Objection::code)
                                        .distinct()
                                        .toList()))
                        .toList());
        member(
                "overridable",
                impossible.stream()
                        .allMatch(each ->
                                each.violations().isEmpty() && each.conflicts().isEmpty()));
    }

    /** The assessments of all changes, including possible ones. */
    public List<ChangeAssessment> verdicts() {
        return verdicts;
    }

    private static List<ChangeAssessment> impossible(List<ChangeAssessment> verdicts) {
        return verdicts.stream().filter(each -> !each.isPossible()).toList();
    }

    private static List<Violation> violations(List<ChangeAssessment> verdicts) {
        List<Violation> violations = new ArrayList<>();
        for (ChangeAssessment verdict : impossible(verdicts)) {
            String where = verdict.item().pointer();
            verdict.violations()
                    .forEach(violation -> violations.add(new Violation(where, violation.key(), violation.arguments())));
            verdict.conflicts()
                    .forEach(neighbour -> violations.add(new Violation(
                            where,
                            "changes.occupied." + neighbour.resource(),
                            verdict.before().branch().name(),
                            verdict.before().start(),
                            neighbour.start(),
                            neighbour.end())));
            verdict.objections()
                    .forEach(objection -> violations.add(new Violation(
                            where,
                            objection.violation().key(),
                            objection.violation().arguments())));
        }
        return violations;
    }
}
