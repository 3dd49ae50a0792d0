package org.lectern.scheduler.booking;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lectern.chassis.problem.Refusal;
import org.lectern.scheduler.booking.SoftRule.Objection;
import org.lectern.scheduler.booking.SoftRule.Proposal;

/** The lecture breaks rules that an organizer may override with a reason. Its code is that of the first rule. */
public final class RulesBroken extends Refusal {

    private final transient List<Objection> objections;
    private final transient Proposal wanted;

    RulesBroken(List<Objection> objections, Proposal wanted, List<?> alternatives) {
        super(
                409,
                objections.getFirst().code(),
                objections.stream().map(Objection::violation).toList(),
                objections.getFirst().arguments().toArray());
        member("rules", objections.stream().map(Objection::code).distinct().toList());
        member("overridable", true);
        Map<String, List<Object>> facts = new LinkedHashMap<>();
        for (Objection objection : objections) {
            if (objection.facts() != null) {
                String family = objection.code().substring(objection.code().lastIndexOf('-') + 1);
                facts.computeIfAbsent(family, key -> new ArrayList<>()).add(objection.facts());
            }
        }
        facts.forEach(this::member);
        if (!alternatives.isEmpty()) {
            member("alternatives", alternatives);
        }
        this.objections = objections;
        this.wanted = wanted;
    }

    Proposal wanted() {
        return wanted;
    }

    /** The same refusal, with alternatives. */
    RulesBroken with(List<?> alternatives) {
        return new RulesBroken(objections, wanted, alternatives);
    }
}
