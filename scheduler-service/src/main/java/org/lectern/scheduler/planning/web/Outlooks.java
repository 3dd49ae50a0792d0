package org.lectern.scheduler.planning.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.lectern.chassis.problem.NotFound;
import org.lectern.scheduler.booking.NotifiedBranch.News;
import org.lectern.scheduler.booking.RuleViolation;
import org.lectern.scheduler.planning.draft.PlanState;
import org.lectern.scheduler.planning.draft.Plans;
import org.lectern.scheduler.planning.draft.Purpose;
import org.lectern.scheduler.planning.draft.StoredItem;
import org.lectern.scheduler.planning.draft.StoredPlan;
import org.lectern.scheduler.planning.publication.PlanRehearsal;
import org.lectern.scheduler.planning.publication.PlanRehearsal.Outlook;
import org.lectern.scheduler.planning.web.OutlookView.Notified;

/** What publishing would do, and what no longer fits. */
@ApplicationScoped
class Outlooks {

    private static final int MOST_NOTICES = 500;

    private final Plans plans;
    private final PlanItems items;
    private final PlanRehearsal rehearsal;

    @Inject
    Outlooks(Plans plans, PlanItems items, PlanRehearsal rehearsal) {
        this.plans = plans;
        this.items = items;
        this.rehearsal = rehearsal;
    }

    OutlookView of(UUID id, String actor) {
        StoredPlan plan = plans.find(id).orElseThrow(NotFound::new);
        PlanService.demandPublishable(plan);
        List<StoredItem> placed =
                plans.items(id).stream().filter(each -> each.slot() != null).toList();
        Outlook outlook = rehearsal.of(plan, placed, actor);
        List<Notified> notified = plan.purpose() == Purpose.RESCUE
                ? outlook.notified().stream()
                        .map(each -> new Notified(each.branch(), each.news()))
                        .toList()
                : items.views(plan, placed).stream()
                        .filter(each -> !outlook.refused().containsKey(each.number()))
                        .map(each -> new Notified(each.branch(), News.BOOKED))
                        .toList();
        List<OutlookView.Refusal> refusals = new ArrayList<>();
        outlook.refused().forEach((number, why) -> refusals.add(new OutlookView.Refusal(number, items.violation(why))));
        return new OutlookView(
                outlook.lectures(),
                (int) notified.stream()
                        .map(each -> each.branch().id())
                        .distinct()
                        .count(),
                notified.stream().limit(MOST_NOTICES).toList(),
                refusals);
    }

    /** The same items; what booking would refuse now is marked as stale. */
    List<PlanItemView> marked(StoredPlan plan, List<PlanItemView> views, String actor) {
        if (plan.state() != PlanState.DRAFT || plan.purpose() == Purpose.WHAT_IF) {
            return views;
        }
        Map<Integer, StoredItem> stored =
                plans.items(plan.id()).stream().collect(Collectors.toMap(StoredItem::number, each -> each));
        List<StoredItem> asked = new ArrayList<>();
        views.forEach(view -> {
            StoredItem item = stored.get(view.number());
            if (item != null && item.slot() != null && item.slot().host() == null) {
                asked.add(item);
            }
        });
        Map<Integer, RuleViolation> stale = new HashMap<>();
        rehearsal.of(plan, asked, actor).refused().forEach((number, why) -> stale.put(number, items.violation(why)));
        return views.stream()
                .map(view -> {
                    RuleViolation why = stale.get(view.number());
                    return view.marked(why == null ? List.of() : List.of(why));
                })
                .toList();
    }
}
