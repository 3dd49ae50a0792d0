package org.lectern.scheduler.planning.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.lectern.scheduler.planning.draft.Plans;
import org.lectern.scheduler.planning.draft.StoredItem;
import org.lectern.scheduler.planning.draft.StoredPlan;
import org.lectern.scheduler.planning.draft.TermsOf;
import org.lectern.scheduler.planning.facts.Item;
import org.lectern.scheduler.planning.facts.Model;
import org.lectern.scheduler.planning.facts.Models;
import org.lectern.scheduler.planning.facts.Slot;

/**
 * The problems of plans that organizers look into, kept for a short time: an explanation then needs no new reading of
 * all facts.
 */
@ApplicationScoped
class Workbench {

    private static final Duration KEPT = Duration.ofSeconds(20);
    private static final int MOST = 4;

    private final Plans plans;
    private final Models models;
    private final TermsOf terms;
    private final Clock clock;
    private final Map<UUID, Bench> benches = new LinkedHashMap<>();

    @Inject
    Workbench(Plans plans, Models models, TermsOf terms, Clock clock) {
        this.plans = plans;
        this.models = models;
        this.terms = terms;
        this.clock = clock;
    }

    private record Bench(int version, Instant at, Work work) {}

    /** A plan, its items and the problem they belong to. */
    record Work(StoredPlan plan, List<StoredItem> items, Model model) {

        Map<Integer, Slot> slots() {
            Map<Integer, Slot> slots = new TreeMap<>();
            items.forEach(each -> {
                Slot slot = each.slot();
                if (slot != null) {
                    slots.put(each.number(), slot);
                }
            });
            return slots;
        }
    }

    /** Looks into a plan; one caller at a time, since a model is not for concurrent use. */
    <T> T with(StoredPlan plan, Function<Work, T> use) {
        Work work = work(plan);
        synchronized (work.model()) {
            return use.apply(work);
        }
    }

    private Work work(StoredPlan plan) {
        Instant now = clock.instant();
        synchronized (benches) {
            benches.values().removeIf(each -> each.at().plus(KEPT).isBefore(now));
            Bench known = benches.get(plan.id());
            if (known != null && known.version() == plan.version()) {
                return known.work();
            }
        }
        Work work = fresh(plan, plans.items(plan.id()));
        synchronized (benches) {
            benches.put(plan.id(), new Bench(plan.version(), now, work));
            if (benches.size() > MOST) {
                benches.remove(benches.keySet().iterator().next());
            }
        }
        return work;
    }

    /** The problem as of now. */
    Work fresh(StoredPlan plan, List<StoredItem> items) {
        List<Item> asked = items.stream().map(StoredItem::item).toList();
        return new Work(plan, items, models.of(terms.terms(plan), asked));
    }
}
