package org.lectern.scheduler.planning.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.lectern.chassis.database.Transactions;
import org.lectern.chassis.http.Etag;
import org.lectern.chassis.problem.InvalidRequest;
import org.lectern.scheduler.planning.draft.Figures;
import org.lectern.scheduler.planning.draft.Plans;
import org.lectern.scheduler.planning.draft.StoredItem;
import org.lectern.scheduler.planning.draft.StoredPlan;
import org.lectern.scheduler.planning.facts.Item;
import org.lectern.scheduler.planning.facts.Model;
import org.lectern.scheduler.planning.facts.Slot;
import org.lectern.scheduler.planning.search.Cost;
import org.lectern.scheduler.planning.search.Explainer;
import org.lectern.scheduler.planning.search.Explainer.Trial;
import org.lectern.scheduler.planning.search.Plan;
import org.lectern.scheduler.planning.web.EditRequest.Action;
import org.lectern.scheduler.planning.web.EditRequest.Change;
import org.lectern.scheduler.planning.web.Workbench.Work;

/** Changes plans by hand. A change that breaks a rule is refused with its obstacles; nothing else moves away for it. */
@ApplicationScoped
class Edits {

    private final Plans plans;
    private final PlanReader reader;
    private final PlanItems items;
    private final PlanTexts texts;
    private final Workbench workbench;

    @Inject
    Edits(Plans plans, PlanReader reader, PlanItems items, PlanTexts texts, Workbench workbench) {
        this.plans = plans;
        this.reader = reader;
        this.items = items;
        this.texts = texts;
        this.workbench = workbench;
    }

    EditView edit(UUID id, int expected, EditRequest request, boolean dryRun, String actor) {
        return Transactions.inNew(() -> {
            StoredPlan plan = plans.locked(id);
            Etag.check(expected, plan.version());
            PlanService.demandDraft(plan);
            List<StoredItem> before = plans.items(id);
            Edited edited = edited(plan, before, request);
            List<StoredItem> changed = changed(before, edited);
            if (!dryRun) {
                store(plan, request, edited, actor);
            }
            Figures figures = plan.figures();
            Cost was = figures == null ? Cost.NONE : figures.cost();
            Cost difference = edited.plan().cost().minus(was);
            return new EditView(
                    dryRun,
                    texts.cost(was),
                    texts.cost(edited.plan().cost()),
                    PlanTexts.minutes(difference.total()),
                    texts.differences(difference),
                    texts.difference(difference),
                    items.views(plan, changed),
                    reader.get(id));
        });
    }

    private void store(StoredPlan plan, EditRequest request, Edited edited, String actor) {
        for (Change each : request.changes()) {
            if (each.action() == Action.EXCLUDE || each.action() == Action.INCLUDE) {
                plans.remove(plan.id(), each.number());
                plans.exclude(plan.id(), each.number(), each.action() == Action.EXCLUDE);
            }
        }
        plans.writeSlots(plan.id(), edited.slots());
        plans.figures(
                plan.id(),
                Figures.of(edited.model(), edited.plan()),
                edited.model().factsAt());
        plans.log(plan.id(), actor, "EDITED", request);
    }

    private record Edited(Model model, Plan plan, List<Item> items) {

        Map<Integer, Slot> slots() {
            return model.slots(plan);
        }
    }

    private Edited edited(StoredPlan plan, List<StoredItem> before, EditRequest request) {
        List<StoredItem> asked = new ArrayList<>(before);
        for (int i = 0; i < request.changes().size(); i++) {
            Change each = request.changes().get(i);
            if (each.number() >= before.size()) {
                throw new InvalidRequest("/changes/" + i + "/number", "reference.unknown");
            }
            StoredItem item = asked.get(each.number());
            if (each.action() == Action.EXCLUDE || each.action() == Action.INCLUDE) {
                boolean excluded = each.action() == Action.EXCLUDE;
                Item of = item.item();
                asked.set(
                        each.number(),
                        new StoredItem(
                                item.number(),
                                new Item(of.branchId(), of.topicId(), of.occurrence(), excluded, of.standing()),
                                excluded ? null : item.slot(),
                                item.bookingId(),
                                item.refusal()));
            }
        }
        Work work = workbench.fresh(plan, asked);
        Plan present = work.model().plan(work.slots());
        for (Change each : request.changes()) {
            present = apply(work.model(), present, each);
        }
        return new Edited(
                work.model(),
                new Explainer(work.model().problem(), present).plan(),
                asked.stream().map(StoredItem::item).toList());
    }

    private Plan apply(Model model, Plan plan, Change change) {
        return switch (change.action()) {
            case MOVE -> move(model, plan, change);
            case PIN -> pinned(plan, change.number(), true);
            case UNPIN -> pinned(plan, change.number(), false);
            case REMOVE, EXCLUDE -> without(plan, change.number());
            case INCLUDE -> plan;
        };
    }

    private static Plan without(Plan plan, int number) {
        Plan left = plan;
        for (Plan.Placement each : plan.placed()) {
            if (each.host() == number) {
                left = left.without(each.visit());
            }
        }
        return left.without(number);
    }

    /** Host and guests are pinned together: none of them can stay without the others. */
    private static Plan pinned(Plan plan, int number, boolean pinned) {
        Plan.Placement itself = plan.of(number);
        if (itself == null) {
            throw new InvalidRequest("/changes", "plan.not-placed", number);
        }
        int host = itself.host() == Plan.NONE ? number : itself.host();
        Plan changed = plan;
        for (Plan.Placement each : plan.placed()) {
            if (each.visit() == host || each.host() == host) {
                changed = changed.with(new Plan.Placement(
                        each.visit(), each.shift(), each.place(), each.start(), each.host(), pinned));
            }
        }
        return changed;
    }

    private Plan move(Model model, Plan plan, Change change) {
        Explainer explainer = new Explainer(model.problem(), plan);
        Plan.Placement present = explainer.plan().of(change.number());
        Slot slot = present == null ? null : model.slot(present);
        UUID lecturer = change.lecturerId() == null && slot != null ? slot.lecturerId() : change.lecturerId();
        var start = change.start() == null && slot != null ? slot.start().atOffset(ZoneOffset.UTC) : change.start();
        var wanted = new WhyView.Try(lecturer, null, start, change.venueId());
        return switch (Explanations.trial(model, explainer, change.number(), wanted)) {
            case Trial.Possible possible -> explainer.place(change.number(), possible.way());
            case Trial.Impossible impossible ->
                throw new PlanRefusal.EditRefused(
                        change.number(),
                        texts.impossible(impossible.obstacles()),
                        texts.obstacles(impossible.obstacles()));
        };
    }

    /** The items with a changed slot or exclusion, after the edit. */
    private static List<StoredItem> changed(List<StoredItem> before, Edited edited) {
        Map<Integer, Slot> slots = edited.slots();
        List<StoredItem> changed = new ArrayList<>();
        for (StoredItem each : before) {
            Item item = edited.items().get(each.number());
            Slot slot = slots.get(each.number());
            if (!Objects.equals(slot, each.slot()) || !item.equals(each.item())) {
                changed.add(new StoredItem(each.number(), item, slot, each.bookingId(), null));
            }
        }
        return changed;
    }
}
