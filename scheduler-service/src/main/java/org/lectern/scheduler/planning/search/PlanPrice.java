package org.lectern.scheduler.planning.search;

import org.jspecify.annotations.Nullable;

/** What a plan costs, computed from scratch for {@link PlanCheck}. */
final class PlanPrice {

    private final PlanCheck check;
    private final Problem problem;
    private final Plan plan;

    PlanPrice(PlanCheck check) {
        this.check = check;
        problem = check.problem;
        plan = check.plan;
    }

    /** A guest keeps its time only with a host that cannot move: pinned, or at its own standing time. */
    static boolean isFixed(Problem problem, Plan plan, Plan.Placement each) {
        Plan.Placement host = each.host() == Plan.NONE ? null : plan.of(each.host());
        if (host == null) {
            return true;
        }
        Instance.Standing own = problem.visits[host.visit()].standing();
        return host.pinned()
                || (own != null && own.day() == problem.shifts[host.shift()].day() && own.start() == host.start());
    }

    Cost cost() {
        Weights weights = problem.weights;
        long leftOut = 0;
        long later = 0;
        long preference = 0;
        long guests = 0;
        long disturbance = 0;
        int[] load = new int[problem.lecturers.length];
        for (int visit = 0; visit < problem.visits.length; visit++) {
            Instance.Visit asked = problem.visits[visit];
            Plan.@Nullable Placement each = plan.of(visit);
            if (each == null) {
                leftOut += Weights.seconds(weights.leftOut() * asked.importance());
                continue;
            }
            Instance.Shift shift = problem.shifts[each.shift()];
            later += Weights.seconds(weights.later() * shift.day());
            disturbance += Weights.seconds(disturbance(asked, each, shift));
            if (each.host() == Plan.NONE) {
                load[shift.lecturer()]++;
                preference += Weights.seconds(problem.lecturers[shift.lecturer()].cost());
                for (Instance.Option option : asked.options()) {
                    preference += option.place() == each.place() ? Weights.seconds(option.cost()) : 0;
                }
            } else {
                int from = problem.branches[asked.branch()].location();
                int way = check.way(from, problem.places[each.place()].location());
                guests += Weights.seconds(weights.guest()) + Weights.seconds(weights.guestTravel() * way);
            }
        }
        long loads = 0;
        for (int lecturer = 0; lecturer < load.length; lecturer++) {
            int all = problem.lecturers[lecturer].load() + load[lecturer];
            loads += Weights.seconds(weights.load() * all * all);
        }
        long travel = 0;
        long days = 0;
        for (int shift = 0; shift < problem.shifts.length; shift++) {
            travel += Weights.seconds(weights.travel()) * journey(shift);
            boolean sent = problem.shifts[shift].booked().isEmpty() && check.hosts.containsKey(shift);
            days += sent ? Weights.seconds(weights.day()) : 0;
        }
        return new Cost(leftOut, travel, days, loads, later, preference, guests, disturbance);
    }

    private double disturbance(Instance.Visit asked, Plan.Placement each, Instance.Shift shift) {
        Instance.Standing standing = asked.standing();
        if (standing == null) {
            return 0;
        }
        Weights weights = problem.weights;
        if (shift.day() != standing.day()) {
            return standing.factor() * weights.otherDay();
        }
        if (each.start() != standing.start() || !isFixed(problem, plan, each)) {
            return standing.factor() * weights.otherTime();
        }
        double lecturer = shift.lecturer() == standing.lecturer() ? 0 : weights.otherLecturer();
        double place = each.place() == standing.place() ? 0 : weights.otherPlace();
        return standing.factor() * (lecturer + place);
    }

    private long journey(int shift) {
        int home = problem.lecturers[problem.shifts[shift].lecturer()].home();
        int here = home;
        long total = 0;
        for (PlanCheck.Stay each : check.day(shift)) {
            if (each.location() >= 0) {
                total += here < 0 ? 0 : check.way(here, each.location());
                here = each.location();
            }
        }
        return total + (here < 0 || home < 0 ? 0 : check.way(here, home));
    }
}
