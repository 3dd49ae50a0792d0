package org.lectern.chaos.verdict;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.lectern.chaos.evidence.Evidence;
import org.lectern.chaos.evidence.Evidence.Position;
import org.lectern.chaos.load.Acknowledged;
import org.lectern.chaos.verdict.Violation.Promise;

/**
 * Finds broken promises in the evidence of a run (section 6 of the design). It does not know the mechanisms of the
 * services, such as locks and constraints. The method is Jepsen's: record every call and its answer, inject faults,
 * judge afterwards.
 */
public final class Checker {

    private final Evidence evidence;
    private final Violations violations = new Violations();

    private Checker(Evidence evidence) {
        this.evidence = evidence;
    }

    /** Every violation; empty if all promises were kept. */
    public static List<Violation> judge(Evidence evidence) {
        Checker checker = new Checker(evidence);
        Violations violations = checker.violations;
        new CallCheck(evidence, violations).check();
        new OccupancyCheck(evidence, violations).check();
        new EventCheck("booking", evidence.bookings(), evidence.partitionsAdded(), violations).check();
        new EventCheck("request", evidence.requests(), false, violations).check();
        new RequestCheck(evidence, violations).check();
        new PlanCheck(evidence, violations).check();
        new NoticeCheck(evidence, violations).check();
        new DeliveryCheck(evidence, violations).check();
        new ArrivalCheck(evidence, violations).check();
        checker.pending();
        checker.acknowledgements();
        checker.poison();
        evidence.secrets().forEach(place -> violations.add(Promise.NO_SECRET_OUTSIDE, place));
        return violations.all();
    }

    private void pending() {
        if (evidence.unpublished() > 0) {
            violations.add(Promise.EVERYTHING_ARRIVES, evidence.unpublished() + " events are not marked as published");
        }
        if (evidence.held() > 0) {
            violations.add(Promise.EVERYTHING_ARRIVES, evidence.held() + " events wait for an earlier one");
        }
    }

    /** The scheduler knows exactly the acknowledgements that were confirmed to branches. */
    private void acknowledgements() {
        Set<Acknowledged> known = new HashSet<>(evidence.known());
        for (Acknowledged given : evidence.acknowledged()) {
            if (!known.contains(given)) {
                violations.add(Promise.ACKNOWLEDGEMENTS_COME_BACK, given + " is not known to the scheduler");
            }
        }
        Set<Acknowledged> told = new HashSet<>();
        evidence.notices()
                .forEach(notice -> told.add(new Acknowledged(notice.subject(), notice.branch(), notice.version())));
        for (Acknowledged each : known) {
            if (!told.contains(each)) {
                violations.add(Promise.ACKNOWLEDGEMENTS_COME_BACK, each + " was never sent to that branch");
            }
        }
    }

    private void poison() {
        Set<Position> planted = Set.copyOf(evidence.planted());
        Set<Position> aside = Set.copyOf(evidence.quarantined());
        planted.stream()
                .filter(position -> !aside.contains(position))
                .forEach(position ->
                        violations.add(Promise.POISON_SET_ASIDE, "planted at " + position + ", not set aside"));
        aside.stream()
                .filter(position -> !planted.contains(position))
                .forEach(position ->
                        violations.add(Promise.POISON_SET_ASIDE, "set aside at " + position + ", not planted"));
    }
}
