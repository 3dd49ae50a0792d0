package org.lectern.chaos.verdict;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.lectern.chaos.evidence.Evidence;
import org.lectern.chaos.evidence.Evidence.PublishedPlan;
import org.lectern.chaos.evidence.Evidence.Version;
import org.lectern.chaos.verdict.Violation.Promise;

/**
 * A plan for days without other lectures is booked whole, however often its worker died. No lecture is booked, and so no
 * branch notified, before every slot of the plan is held.
 */
final class PlanCheck {

    private final Evidence evidence;
    private final Violations violations;
    private final Map<UUID, List<Version>> bookings;

    PlanCheck(Evidence evidence, Violations violations) {
        this.evidence = evidence;
        this.violations = violations;
        bookings = Grouping.bySubject(evidence.bookings().versions());
    }

    void check() {
        for (PublishedPlan plan : evidence.plans()) {
            List<List<Version>> lectures = bookings.values().stream()
                    .filter(versions -> versions.getFirst()
                            .state()
                            .path("campaignId")
                            .asText()
                            .equals(plan.campaign().toString()))
                    .toList();
            switch (plan.state()) {
                case "PUBLISHED" -> published(plan, lectures);
                case "DRAFT" -> draft(plan, lectures);
                default -> broken(plan, "is still " + plan.state());
            }
        }
    }

    private void published(PublishedPlan plan, List<List<Version>> lectures) {
        List<Instant> held = new ArrayList<>();
        List<Instant> booked = new ArrayList<>();
        for (List<Version> lecture : lectures) {
            held.add(lecture.getFirst().at());
            lecture.stream()
                    .filter(version -> States.status(version.state()).equals("CONFIRMED"))
                    .findFirst()
                    .ifPresent(version -> booked.add(version.at()));
        }
        if (booked.size() != plan.lectures() || lectures.size() != plan.lectures()) {
            broken(
                    plan,
                    "has " + plan.lectures() + " lectures; " + lectures.size() + " were held and " + booked.size()
                            + " booked");
        }
        Instant last = held.stream().max(Instant::compareTo).orElse(Instant.MIN);
        if (booked.stream().anyMatch(each -> each.isBefore(last))) {
            broken(plan, "was booked in part before every slot was held");
        }
    }

    private void draft(PublishedPlan plan, List<List<Version>> lectures) {
        if (!plan.outcome().isEmpty()) {
            broken(plan, "was " + plan.outcome() + " although nothing else is on its days");
        }
        if (!lectures.isEmpty()) {
            broken(plan, "is a draft, and " + lectures.size() + " lectures are held or booked");
        }
    }

    private void broken(PublishedPlan plan, String what) {
        violations.add(Promise.PLANS_ARE_WHOLE, "plan " + plan.id() + " " + what);
    }
}
