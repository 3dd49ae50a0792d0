package org.lectern.scheduler.availability;

import java.util.Set;
import org.lectern.chassis.problem.Flaw;
import org.lectern.scheduler.availability.Rule.Aspect;

/** A soft rule that a proposal breaks, and what is to be said of it in the text {@code rule.LABEL}. */
public record BrokenRule(Rule rule, Flaw flaw) {

    static BrokenRule of(Rule rule, Set<Aspect> decided, Object... arguments) {
        return new BrokenRule(rule, new Flaw(rule.pointer(decided), "rule." + rule.label(), arguments));
    }
}
