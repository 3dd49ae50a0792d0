package org.lectern.scheduler.planning.job;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.lectern.scheduler.planning.facts.Model;
import org.lectern.scheduler.planning.facts.Slot;
import org.lectern.scheduler.planning.search.Checkpoint;
import org.lectern.scheduler.planning.search.Plan;

/**
 * A checkpoint that names lecturers and venues rather than the search's numbers, because each worker numbers them
 * itself.
 */
record SavedSearch(
        long seed,
        long iteration,
        long random,
        List<Placed> current,
        List<Integer> leftOutOrder,
        List<Placed> best,
        List<Long> steps,
        long nanosSpent) {

    record Placed(int item, Slot slot) {}

    static SavedSearch of(Checkpoint at, Model model) {
        return new SavedSearch(
                at.seed(),
                at.iteration(),
                at.random(),
                placed(model, at.current()),
                at.leftOutOrder(),
                placed(model, at.best()),
                at.steps(),
                at.nanosSpent());
    }

    private static List<Placed> placed(Model model, Plan plan) {
        List<Placed> placed = new ArrayList<>();
        model.slots(plan).forEach((item, slot) -> placed.add(new Placed(item, slot)));
        return placed;
    }

    Checkpoint in(Model model) {
        return new Checkpoint(
                seed, iteration, random, plan(model, current), leftOutOrder, plan(model, best), steps, nanosSpent);
    }

    private static Plan plan(Model model, List<Placed> placed) {
        Map<Integer, Slot> slots = new HashMap<>();
        placed.forEach(each -> slots.put(each.item(), each.slot()));
        return model.plan(slots);
    }
}
