package org.lectern.scheduler.planning.search;

import java.util.ArrayList;
import java.util.List;

/** The best plan by trying all, with the judge only. For a handful of visits. */
final class BruteForce {

    private final Problem problem;
    private final List<List<Plan.Placement>> ways = new ArrayList<>();
    private Cost best;

    private BruteForce(Problem problem) {
        this.problem = problem;
        Plan empty = Plan.empty(problem);
        for (int visit = 0; visit < problem.visitCount(); visit++) {
            ways.add(AllWays.of(problem, empty, visit).stream()
                    .filter(way ->
                            PlanCheck.of(problem, empty.with(way)).broken().isEmpty())
                    .toList());
        }
        best = PlanCheck.of(problem, Plan.empty(problem)).cost();
    }

    static Cost best(Problem problem) {
        BruteForce force = new BruteForce(problem);
        force.hosts(0, new ArrayList<>());
        return force.best;
    }

    /** Each visit is a host somewhere, or not yet placed. */
    private void hosts(int visit, List<Plan.Placement> placed) {
        if (visit == problem.visitCount()) {
            guests(0, placed);
            return;
        }
        hosts(visit + 1, placed);
        Plan plan = new Plan(problem.visitCount(), placed, Cost.NONE);
        for (Plan.Placement way : ways.get(visit)) {
            if (PlanCheck.of(problem, plan.with(way)).broken().isEmpty()) {
                placed.add(way);
                hosts(visit + 1, placed);
                placed.removeLast();
            }
        }
    }

    private void guests(int visit, List<Plan.Placement> placed) {
        Plan plan = new Plan(problem.visitCount(), placed, Cost.NONE);
        if (visit == problem.visitCount()) {
            Cost cost = PlanCheck.of(problem, plan).cost();
            if (cost.compareTo(best) < 0) {
                best = cost;
            }
            return;
        }
        guests(visit + 1, placed);
        if (plan.of(visit) == null && problem.joint.most() > 0) {
            for (Plan.Placement way : AllWays.of(problem, plan, visit)) {
                if (way.host() != Plan.NONE
                        && PlanCheck.of(problem, plan.with(way)).broken().isEmpty()) {
                    placed.add(way);
                    guests(visit + 1, placed);
                    placed.removeLast();
                }
            }
        }
    }
}
