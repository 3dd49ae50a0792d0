package org.lectern.scheduler.booking;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.lectern.chassis.problem.Flaw;
import org.lectern.chassis.problem.Refusal;
import org.lectern.scheduler.booking.SoftRule.Objection;

/** Of several changes some cannot be: none was made. Names each that cannot, and what is in its way. */
public final class ChangesRefused extends Refusal {

    /** One change that cannot be. */
    @Schema(name = "RefusedChange")
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record RefusedChange(UUID bookingId, List<Neighbour> clashes, List<String> rules) {}

    private final transient List<Verdict> verdicts;

    ChangesRefused(List<Verdict> verdicts) {
        super(409, "changes-refused", flaws(verdicts), impossible(verdicts).size(), verdicts.size());
        this.verdicts = verdicts;
        List<Verdict> impossible = impossible(verdicts);
        member(
                "refused",
                impossible.stream()
                        .map(each -> new RefusedChange(
                                each.before().id(),
                                each.neighbours(),
                                each.objections().stream()
                                        .map(Objection::code)
                                        .distinct()
                                        .toList()))
                        .toList());
        member(
                "overridable",
                impossible.stream()
                        .allMatch(each ->
                                each.flaws().isEmpty() && each.neighbours().isEmpty()));
    }

    /** Of all changes, also of those that could be. */
    public List<Verdict> verdicts() {
        return verdicts;
    }

    private static List<Verdict> impossible(List<Verdict> verdicts) {
        return verdicts.stream().filter(each -> !each.isPossible()).toList();
    }

    private static List<Flaw> flaws(List<Verdict> verdicts) {
        List<Flaw> flaws = new ArrayList<>();
        for (Verdict verdict : impossible(verdicts)) {
            String where = verdict.item().pointer();
            verdict.flaws().forEach(flaw -> flaws.add(new Flaw(where, flaw.key(), flaw.arguments())));
            verdict.neighbours()
                    .forEach(neighbour -> flaws.add(new Flaw(
                            where,
                            "changes.occupied." + neighbour.resource(),
                            verdict.before().branch().name(),
                            verdict.before().start().toString(),
                            neighbour.start().toString(),
                            neighbour.end().toString())));
            verdict.objections()
                    .forEach(objection -> flaws.add(new Flaw(
                            where, objection.flaw().key(), objection.flaw().arguments())));
        }
        return flaws;
    }
}
