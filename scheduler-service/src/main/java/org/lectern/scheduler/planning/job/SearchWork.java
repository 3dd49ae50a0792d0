package org.lectern.scheduler.planning.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.audit.Audit;
import org.lectern.scheduler.planning.draft.Figures;
import org.lectern.scheduler.planning.draft.PlanJobs;
import org.lectern.scheduler.planning.draft.PlanJobs.Job;
import org.lectern.scheduler.planning.draft.PlanMetrics;
import org.lectern.scheduler.planning.draft.PlanState;
import org.lectern.scheduler.planning.draft.PlanningConfig;
import org.lectern.scheduler.planning.draft.Plans;
import org.lectern.scheduler.planning.draft.Purpose;
import org.lectern.scheduler.planning.draft.StoredItem;
import org.lectern.scheduler.planning.draft.StoredPlan;
import org.lectern.scheduler.planning.draft.TermsOf;
import org.lectern.scheduler.planning.facts.Item;
import org.lectern.scheduler.planning.facts.Model;
import org.lectern.scheduler.planning.facts.Models;
import org.lectern.scheduler.planning.facts.Slot;
import org.lectern.scheduler.planning.facts.Terms;
import org.lectern.scheduler.planning.search.Budget;
import org.lectern.scheduler.planning.search.Plan;
import org.lectern.scheduler.planning.search.PlanCheck;
import org.lectern.scheduler.planning.search.Search;
import org.lectern.scheduler.planning.search.Settings;

/**
 * Searches one plan: reads the facts, or continues at the checkpoint of a worker that ended; stores the best plan so
 * far; gives up as soon as another worker has the job.
 */
@ApplicationScoped
class SearchWork {

    /** A plan with more items is not judged from scratch: that takes the square of their number. */
    private static final int MOST_JUDGED = 3000;

    private final Plans plans;
    private final PlanJobs jobs;
    private final RescueWork rescue;
    private final Models models;
    private final TermsOf terms;
    private final PlanningConfig config;
    private final PlanMetrics metrics;
    private final ObjectMapper json;

    @Inject
    SearchWork(
            Plans plans,
            PlanJobs jobs,
            RescueWork rescue,
            Models models,
            TermsOf terms,
            PlanningConfig config,
            PlanMetrics metrics,
            ObjectMapper json) {
        this.plans = plans;
        this.jobs = jobs;
        this.rescue = rescue;
        this.models = models;
        this.terms = terms;
        this.config = config;
        this.metrics = metrics;
        this.json = json;
    }

    /** How a search ended for this worker. */
    enum End {
        /** The plan is stored. */
        FINISHED,
        /** The process stops: another worker continues. */
        STOPPED,
        /** Another worker has the job. */
        LOST
    }

    /**
     * What a search begins with.
     *
     * @param items of the plan; those of the model may leave out more
     * @param kept slots of the present plan
     */
    private record Begun(
            List<Item> items,
            Model model,
            Plan from,
            Map<Integer, Slot> kept,
            @Nullable SavedSearch saved) {}

    /**
     * Searches until the time of the plan is over.
     *
     * @param stopping whether this process ends
     */
    @ActivateRequestContext
    End run(Job job, String owner, BooleanSupplier stopping) {
        long started = System.nanoTime();
        StoredPlan plan = plans.get(job.planId());
        if (plan.purpose() == Purpose.RESCUE) {
            return rescue.run(plan, owner, stopping);
        }
        Begun begun = begin(plan, job);
        Model model = begun.model();
        if (model.items().size() > config.mostItems()) {
            throw new IllegalStateException("a plan has at most " + config.mostItems() + " items");
        }
        Run run = new Run(plan, begun, owner, stopping);
        Budget budget = Budget.of(Duration.ofSeconds(plan.seconds()));
        SavedSearch saved = begun.saved();
        Search search = saved == null
                ? Search.start(model.problem(), begun.from(), plan.seed(), Settings.USUAL, budget, System::nanoTime)
                : Search.resume(model.problem(), saved.in(model), Settings.USUAL, budget, System::nanoTime);
        run.search = search;
        if (!run.store(search.best())) {
            return End.LOST;
        }
        metrics.firstPlan(System.nanoTime() - started);
        boolean isTrivial = model.items().isEmpty() || model.problem().shiftCount() == 0;
        Plan best = isTrivial ? search.best() : search.run(run::goOn);
        metrics.searched(search.iterations());
        return run.end(best);
    }

    private Begun begin(StoredPlan plan, Job job) {
        Terms now = terms.terms(plan);
        List<StoredItem> present = plans.items(plan.id());
        SavedSearch saved = job.checkpoint() == null ? null : read(job.checkpoint());
        Map<Integer, Slot> kept = new TreeMap<>();
        List<Item> items = present.stream().map(StoredItem::item).toList();
        if (saved != null) {
            present.forEach(each -> keep(kept, each.number(), each.slot(), job.fresh()));
            return pinned(now, items, kept, models.of(now, items), saved);
        }
        Model model = models.missing(now, items);
        Map<Item, Integer> order = new HashMap<>();
        for (int i = 0; i < model.items().size(); i++) {
            order.put(model.items().get(i), i);
        }
        Map<Integer, Integer> numbers = new HashMap<>();
        present.forEach(each -> {
            Integer number = order.get(each.item());
            if (number != null) {
                numbers.put(each.number(), number);
            }
        });
        for (StoredItem each : present) {
            Integer number = numbers.get(each.number());
            Slot slot = each.slot();
            Integer host = slot == null ? null : slot.host();
            if (number != null && slot != null && (host == null || numbers.containsKey(host))) {
                Slot moved = new Slot(
                        slot.lecturerId(),
                        slot.venueId(),
                        slot.start(),
                        slot.end(),
                        host == null ? null : numbers.get(host),
                        slot.pinned());
                keep(kept, number, moved, job.fresh());
            }
        }
        return pinned(now, model.items(), kept, model, null);
    }

    private static void keep(Map<Integer, Slot> kept, int number, @Nullable Slot slot, boolean onlyPins) {
        if (slot != null && (slot.pinned() || !onlyPins)) {
            kept.put(number, slot);
        }
    }

    /** A pin that the facts no longer allow stays where it is: the search does not plan that item. */
    private Begun pinned(
            Terms now, List<Item> items, Map<Integer, Slot> kept, Model model, @Nullable SavedSearch saved) {
        List<Item> searched = new ArrayList<>(items);
        boolean all = true;
        for (Map.Entry<Integer, Slot> each : kept.entrySet()) {
            int number = each.getKey();
            if (each.getValue().pinned()
                    && model.placement(number, each.getValue()).isEmpty()) {
                Item item = items.get(number);
                searched.set(
                        number, new Item(item.branchId(), item.topicId(), item.occurrence(), true, item.standing()));
                all = false;
            }
        }
        Model used = all ? model : models.of(now, searched);
        return new Begun(items, used, used.plan(kept), kept, saved);
    }

    /** One search of this worker. */
    private final class Run {

        private final StoredPlan plan;
        private final Begun begun;
        private final Model model;
        private final String owner;
        private final WorkerPulse pulse;
        private @Nullable Search search;
        private long stored = System.nanoTime();
        private boolean isNew = true;

        Run(StoredPlan plan, Begun begun, String owner, BooleanSupplier stopping) {
            this.plan = plan;
            this.begun = begun;
            model = begun.model();
            this.owner = owner;
            pulse = new WorkerPulse(
                    progress -> jobs.renew(plan.id(), owner, SearchWork.this.write(progress)), stopping);
        }

        boolean goOn(Search.Progress progress) {
            if (!pulse.beat(() -> progress(progress))) {
                return false;
            }
            long now = System.nanoTime();
            if (now - stored >= config.checkpointInterval().toNanos()) {
                stored = now;
                if (!store(searching().best())) {
                    pulse.lose();
                    return false;
                }
            }
            return true;
        }

        private Search searching() {
            Search present = search;
            if (present == null) {
                throw new IllegalStateException("the search has not begun");
            }
            return present;
        }

        private SearchProgress progress(Search.Progress now) {
            int placed = searching().best().placed().size();
            return new SearchProgress(
                    now.share(),
                    now.share() * plan.seconds(),
                    now.iterations(),
                    placed,
                    model.items().size() - placed,
                    now.best().minutes());
        }

        /** Stores the best plan so far, and where the search is. */
        boolean store(Plan best) {
            SavedSearch saved = SavedSearch.of(searching().checkpoint(), model);
            return fenced(() -> {
                write(best);
                jobs.checkpoint(plan.id(), SearchWork.this.write(saved));
                if (plan.state() != PlanState.SEARCHING && isNew) {
                    plans.become(plan.id(), PlanState.SEARCHING);
                }
                isNew = false;
            });
        }

        private void write(Plan best) {
            Map<Integer, Slot> slots = new TreeMap<>(model.slots(best));
            begun.kept().forEach((number, slot) -> {
                if (slot.pinned()) {
                    slots.putIfAbsent(number, slot);
                }
            });
            boolean same = !isNew
                    || plans.items(plan.id()).stream()
                            .map(StoredItem::item)
                            .toList()
                            .equals(begun.items());
            if (same) {
                plans.writeSlots(plan.id(), slots);
            } else {
                plans.replaceItems(plan.id(), begun.items(), slots);
            }
            if (isNew) {
                plans.forgetRefusals(plan.id());
            }
            plans.figures(plan.id(), Figures.of(model, best), model.factsAt());
        }

        private boolean fenced(Runnable writing) {
            return jobs.fenced(plan.id(), owner, writing);
        }

        End end(Plan found) {
            if (pulse.isLost()) {
                return End.LOST;
            }
            if (pulse.isStopped()) {
                boolean had = store(searching().best());
                jobs.release(plan.id(), owner);
                return had ? End.STOPPED : End.LOST;
            }
            Plan best = judged(model.reachable(found));
            boolean had = fenced(() -> {
                write(best);
                plans.become(plan.id(), PlanState.DRAFT);
                jobs.done(plan.id());
                plans.log(
                        plan.id(),
                        Audit.SYSTEM,
                        "SEARCHED",
                        progress(searching().progress()));
            });
            return had ? End.FINISHED : End.LOST;
        }

        /** The plan with its cost from scratch. A broken rule is a fault of the search and never stored. */
        private Plan judged(Plan best) {
            if (best.visits() > MOST_JUDGED) {
                return best;
            }
            PlanCheck.Verdict verdict = PlanCheck.of(model.problem(), best);
            for (PlanCheck.Broken each : verdict.broken()) {
                Plan.Placement broken = best.of(each.visit());
                if (broken == null || !broken.pinned()) {
                    throw new IllegalStateException("the search broke a rule: " + each);
                }
            }
            return new Plan(best.visits(), best.placed(), verdict.cost());
        }
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a search cannot be written as JSON", e);
        }
    }

    private SavedSearch read(String text) {
        try {
            return json.readValue(text, SavedSearch.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored search cannot be read", e);
        }
    }
}
