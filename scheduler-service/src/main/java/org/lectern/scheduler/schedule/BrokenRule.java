package org.lectern.scheduler.schedule;

import java.util.Set;
import org.lectern.chassis.problem.Violation;
import org.lectern.scheduler.schedule.Rule.Aspect;

/** A soft rule that a proposal breaks, with the violation for the text {@code rule.LABEL}. */
public record BrokenRule(Rule rule, Violation violation) {

    static BrokenRule of(Rule rule, Set<Aspect> decided, Object... arguments) {
        return new BrokenRule(rule, new Violation(rule.pointer(decided), "rule." + rule.label(), arguments));
    }
}
