package org.lectern.scheduler.planning.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.audit.Audit;
import org.lectern.scheduler.planning.draft.Figures;
import org.lectern.scheduler.planning.draft.PlanJobs;
import org.lectern.scheduler.planning.draft.PlanMetrics;
import org.lectern.scheduler.planning.draft.PlanState;
import org.lectern.scheduler.planning.draft.Plans;
import org.lectern.scheduler.planning.draft.StoredItem;
import org.lectern.scheduler.planning.draft.StoredPlan;
import org.lectern.scheduler.planning.draft.TermsOf;
import org.lectern.scheduler.planning.facts.Item;
import org.lectern.scheduler.planning.facts.Item.Standing;
import org.lectern.scheduler.planning.facts.Model;
import org.lectern.scheduler.planning.facts.Models;
import org.lectern.scheduler.planning.facts.Rescues;
import org.lectern.scheduler.planning.facts.Rescues.Concerned;
import org.lectern.scheduler.planning.facts.Slot;
import org.lectern.scheduler.planning.facts.Terms;
import org.lectern.scheduler.planning.job.SearchWork.End;
import org.lectern.scheduler.planning.search.Cost;
import org.lectern.scheduler.planning.search.Plan;
import org.lectern.scheduler.planning.search.PlanCheck;
import org.lectern.scheduler.planning.search.Repair;
import org.lectern.scheduler.planning.search.Search;

/**
 * Repairs the bookings that a dropped lecturer, venue or day concerns, from the bookings as they are now. Other
 * bookings move only where they make room. A repair takes a second or two, so a worker that ends leaves nothing: the
 * next one begins again.
 */
@ApplicationScoped
class RescueWork {

    private final Plans plans;
    private final PlanJobs jobs;
    private final Rescues rescues;
    private final Models models;
    private final TermsOf terms;
    private final PlanMetrics metrics;
    private final ObjectMapper json;

    @Inject
    RescueWork(
            Plans plans,
            PlanJobs jobs,
            Rescues rescues,
            Models models,
            TermsOf terms,
            PlanMetrics metrics,
            ObjectMapper json) {
        this.plans = plans;
        this.jobs = jobs;
        this.rescues = rescues;
        this.models = models;
        this.terms = terms;
        this.metrics = metrics;
        this.json = json;
    }

    End run(StoredPlan plan, String owner, BooleanSupplier stopping) {
        boolean had = jobs.fenced(plan.id(), owner, () -> {
            if (plan.state() != PlanState.SEARCHING) {
                plans.become(plan.id(), PlanState.SEARCHING);
            }
        });
        return had ? new Run(plan, owner, stopping).run() : End.LOST;
    }

    private static UUID id(Item item) {
        return Objects.requireNonNull(item.standing()).bookingId();
    }

    /** A repair: the items that change or cannot stay, and where they take place. */
    private record Repaired(List<Item> items, Map<Integer, Slot> slots) {}

    /** One repair of this worker. */
    private final class Run implements Search.Observer {

        private final StoredPlan plan;
        private final String owner;
        private final WorkerPulse pulse;
        private final Terms now;
        private final Map<UUID, StoredItem> present = new HashMap<>();
        private final long started = System.nanoTime();
        private long iterations;

        Run(StoredPlan plan, String owner, BooleanSupplier stopping) {
            this.plan = plan;
            this.owner = owner;
            pulse = new WorkerPulse(progress -> jobs.renew(plan.id(), owner, write(progress)), stopping);
            now = terms.terms(plan);
            for (StoredItem each : plans.items(plan.id())) {
                present.put(id(each.item()), each);
            }
        }

        @Override
        public boolean goOn(Search.Progress progress) {
            iterations = Math.max(iterations, progress.iterations());
            return pulse.beat(() -> progress(0, 0, progress.best().minutes()))
                    && System.nanoTime() - started
                            < Duration.ofSeconds(plan.seconds()).toNanos();
        }

        private SearchProgress progress(int placed, int leftOut, double minutes) {
            double seconds = (System.nanoTime() - started) / 1e9;
            return new SearchProgress(
                    Math.min(1, seconds / plan.seconds()), seconds, iterations, placed, leftOut, minutes);
        }

        End run() {
            Repaired repaired = repaired(rescues.concerned(now));
            if (pulse.isLost()) {
                return End.LOST;
            }
            if (pulse.isStopped()) {
                jobs.release(plan.id(), owner);
                return End.STOPPED;
            }
            Model model = models.of(now, repaired.items());
            Plan best = model.plan(repaired.slots());
            Plan priced = new Plan(
                    best.visits(),
                    best.placed(),
                    PlanCheck.of(model.problem(), best).cost());
            metrics.firstPlan(System.nanoTime() - started);
            metrics.searched(iterations);
            boolean had = jobs.fenced(plan.id(), owner, () -> {
                plans.replaceItems(plan.id(), repaired.items(), repaired.slots());
                plans.figures(plan.id(), Figures.of(model, priced), model.factsAt());
                plans.become(plan.id(), PlanState.DRAFT);
                jobs.done(plan.id());
                int placed = repaired.slots().size();
                plans.log(
                        plan.id(),
                        Audit.SYSTEM,
                        "SEARCHED",
                        progress(
                                placed,
                                repaired.items().size() - placed,
                                priced.cost().minutes()));
            });
            return had ? End.FINISHED : End.LOST;
        }

        /**
         * A booking without another slot stays where it is, and so does one with a new slot that breaks a rule: then
         * the others are repaired around it.
         */
        private Repaired repaired(Concerned concerned) {
            Set<UUID> staying = new HashSet<>();
            while (true) {
                Model model = models.repair(
                        now,
                        concerned.lost().stream()
                                .map(each -> each.excluded(isFixed(each) || staying.contains(id(each))))
                                .toList(),
                        concerned.others().stream()
                                .filter(each -> !isFixed(each) && !staying.contains(id(each)))
                                .toList());
                Plan found = Repair.of(
                                model.problem(),
                                booked(model),
                                plan.seed(),
                                Repair.USUAL_ITERATIONS,
                                System::nanoTime,
                                this)
                        .plan();
                Set<UUID> more = impossible(model, found);
                if (more.isEmpty()) {
                    return result(concerned, model, found);
                }
                staying.addAll(more);
            }
        }

        /** Excluded by an organizer. */
        private boolean isFixed(Item item) {
            StoredItem before = present.get(id(item));
            return before != null && before.item().excluded();
        }

        private @Nullable Slot pin(Item item) {
            StoredItem before = present.get(id(item));
            Slot slot = before == null ? null : before.slot();
            return slot != null && slot.pinned() ? slot : null;
        }

        /** Where everything is booked, or pinned by hand. */
        private Plan booked(Model model) {
            List<Plan.Placement> placed = new ArrayList<>();
            for (int i = 0; i < model.items().size(); i++) {
                Item item = model.items().get(i);
                Slot pin = pin(item);
                Optional<Plan.Placement> where = pin == null ? Optional.empty() : model.placement(i, pin);
                if (where.isEmpty()) {
                    where = model.standing(i);
                }
                if (!item.excluded()) {
                    where.ifPresent(placed::add);
                }
            }
            return new Plan(model.items().size(), placed, Cost.NONE);
        }

        private Set<UUID> impossible(Model model, Plan found) {
            Set<UUID> impossible = new HashSet<>();
            List<Plan.Placement> checked = new ArrayList<>();
            for (int i = 0; i < model.items().size(); i++) {
                Item item = model.items().get(i);
                Plan.Placement where = found.of(i);
                if (where == null && !item.excluded()) {
                    impossible.add(id(item));
                } else if (where != null) {
                    boolean stays = where.pinned() || !isMoved(item, model.slot(where));
                    checked.add(new Plan.Placement(i, where.shift(), where.place(), where.start(), Plan.NONE, stays));
                }
            }
            Plan plan = new Plan(model.items().size(), checked, Cost.NONE);
            Plan reachable = model.reachable(plan);
            for (Plan.Placement each : checked) {
                if (reachable.of(each.visit()) == null) {
                    impossible.add(id(model.items().get(each.visit())));
                }
            }
            for (PlanCheck.Broken each : PlanCheck.of(model.problem(), plan).broken()) {
                int visit = isStanding(plan, each.visit()) ? each.other() : each.visit();
                if (visit != Plan.NONE && !isStanding(plan, visit)) {
                    impossible.add(id(model.items().get(visit)));
                }
            }
            return impossible;
        }

        private static boolean isStanding(Plan plan, int visit) {
            Plan.Placement where = plan.of(visit);
            return where == null || where.pinned();
        }

        private static boolean isMoved(Item item, Slot slot) {
            return Objects.requireNonNull(item.standing()).isLeftFor(slot);
        }

        /** All that cannot stay, and the others that move or about which an organizer decided. */
        private Repaired result(Concerned concerned, Model model, Plan found) {
            Map<UUID, Slot> slots = new HashMap<>();
            model.slots(found)
                    .forEach((number, slot) -> slots.put(id(model.items().get(number)), slot));
            List<Item> items = new ArrayList<>();
            for (Item each : concerned.lost()) {
                items.add(each.excluded(isFixed(each)));
            }
            for (Item each : concerned.others()) {
                Slot slot = slots.get(id(each));
                Standing booking = Objects.requireNonNull(each.standing());
                if (isFixed(each) || (slot != null && (slot.pinned() || booking.isLeftFor(slot)))) {
                    items.add(each.excluded(isFixed(each)));
                }
            }
            Map<Integer, Slot> placed = new TreeMap<>();
            for (int i = 0; i < items.size(); i++) {
                Slot slot = slots.get(id(items.get(i)));
                if (slot != null) {
                    placed.put(i, slot);
                }
            }
            return new Repaired(items, placed);
        }
    }

    private String write(SearchProgress progress) {
        try {
            return json.writeValueAsString(progress);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the progress of a repair cannot be written as JSON", e);
        }
    }
}
