package org.lectern.scheduler.planning.draft;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.lectern.scheduler.planning.facts.Model;
import org.lectern.scheduler.planning.facts.Model.PlannedDay;
import org.lectern.scheduler.planning.search.Cost;
import org.lectern.scheduler.planning.search.Plan;

/**
 * What a plan costs and how even it is.
 *
 * @param cost in seconds of lecturers' time
 * @param lecturers who have a lecture of the campaign, in this plan or booked
 * @param least the fewest lectures of one of them
 * @param evenness Jain's index of their lectures: 1 when all have equally many
 * @param days of lecturers with a lecture of this plan
 * @param travelMinutes of these days
 */
public record Figures(
        Cost cost,
        int placed,
        int guests,
        int lecturers,
        int least,
        double mean,
        int most,
        double evenness,
        int days,
        int travelMinutes) {

    public static Figures of(Model model, Plan plan) {
        Map<UUID, Integer> loads = new HashMap<>();
        model.lecturers().forEach(each -> loads.put(each.id(), each.load()));
        int guests = 0;
        for (Plan.Placement each : plan.placed()) {
            if (each.host() == Plan.NONE) {
                loads.merge(model.lecturer(each.shift()).id(), 1, Integer::sum);
            } else {
                guests++;
            }
        }
        List<Integer> used = loads.values().stream().filter(load -> load > 0).toList();
        double sum = used.stream().mapToInt(load -> load).sum();
        double squares = used.stream().mapToDouble(load -> (double) load * load).sum();
        List<PlannedDay> days = model.days(plan);
        Set<Integer> shifts = new HashSet<>();
        days.forEach(day -> shifts.add(day.shift()));
        return new Figures(
                plan.cost(),
                plan.placed().size(),
                guests,
                used.size(),
                used.stream().mapToInt(load -> load).min().orElse(0),
                used.isEmpty() ? 0 : sum / used.size(),
                used.stream().mapToInt(load -> load).max().orElse(0),
                used.isEmpty() ? 1 : sum * sum / (used.size() * squares),
                shifts.size(),
                days.stream().mapToInt(PlannedDay::minutes).sum());
    }
}
