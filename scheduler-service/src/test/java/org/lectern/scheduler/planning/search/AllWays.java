package org.lectern.scheduler.planning.search;

import java.util.ArrayList;
import java.util.List;

/** Every way to place a visit, whether allowed or not. */
final class AllWays {

    private AllWays() {}

    static List<Plan.Placement> of(Problem problem, Plan plan, int visit) {
        List<Plan.Placement> ways = new ArrayList<>();
        for (int shift = 0; shift < problem.shiftCount(); shift++) {
            int first = problem.shift(shift).day() * 1440 + 540;
            for (Instance.Option option : problem.visit(visit).options()) {
                for (int start = 0; start < RandomProblem.STARTS; start++) {
                    ways.add(new Plan.Placement(
                            visit, shift, option.place(), first + start * RandomProblem.STEP, Plan.NONE, false));
                }
            }
        }
        for (Plan.Placement host : plan.placed()) {
            if (host.host() == Plan.NONE && host.visit() != visit) {
                ways.add(new Plan.Placement(visit, host.shift(), host.place(), host.start(), host.visit(), false));
            }
        }
        return ways;
    }
}
