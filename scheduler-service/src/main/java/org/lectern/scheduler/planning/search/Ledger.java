package org.lectern.scheduler.planning.search;

import java.util.Arrays;

/** The cost of a state by component, and the lectures of each lecturer and week. */
final class Ledger {

    private final Problem problem;
    final int[] load;
    private final int[] week;
    private final int weeks;

    long leftOut;
    long travel;
    long days;
    long loads;
    long later;
    long preference;
    long guests;
    long disturbance;

    Ledger(Problem problem) {
        this.problem = problem;
        load = new int[problem.lecturers.length];
        weeks = Arrays.stream(problem.shifts)
                        .mapToInt(Instance.Shift::week)
                        .max()
                        .orElse(0)
                + 1;
        week = new int[load.length * weeks];
        leftOut = Arrays.stream(problem.leftOutCost).sum();
        for (int i = 0; i < load.length; i++) {
            load[i] = problem.lecturers[i].load();
            loads += Weights.seconds(problem.loadCost * load[i] * load[i]);
        }
    }

    Cost cost() {
        return new Cost(leftOut, travel, days, loads, later, preference, guests, disturbance);
    }

    void cost(Cost cost) {
        leftOut = cost.leftOut();
        travel = cost.travel();
        days = cost.days();
        loads = cost.load();
        later = cost.later();
        preference = cost.preference();
        guests = cost.guests();
        disturbance = cost.disturbance();
    }

    /** All components but what is left out. */
    long placed() {
        return travel + days + loads + later + preference + guests + disturbance;
    }

    int inWeek(int lecturer, int number) {
        return week[lecturer * weeks + number];
    }

    void count(Route route, int sign) {
        load[route.lecturer] += sign;
        countWeek(route, sign);
    }

    void countWeek(Route route, int sign) {
        week[route.lecturer * weeks + problem.shifts[route.shift].week()] += sign;
    }

    /** What a visit costs that comes into a route or leaves it. Travel and counts are separate; counts follow. */
    void visit(int visit, Route route, int place, int fixed, boolean onlyOne, int sign) {
        Instance.Visit asked = problem.visits[visit];
        loads += sign * problem.loadCost(sign > 0 ? load[route.lecturer] : load[route.lecturer] - 1);
        later += sign * problem.laterCost * route.day;
        preference += sign * preference(asked, place, route.lecturer);
        disturbance += sign * disturbance(asked, route, fixed, place);
        leftOut -= sign * problem.leftOutCost[visit];
        if (onlyOne) {
            days += sign * problem.dayCost;
        }
    }

    /** @param position of the host */
    void guest(int visit, Route route, int position, int sign) {
        guests += sign * guestCost(visit, route.at[position]);
        later += sign * problem.laterCost * route.day;
        disturbance += sign * disturbanceOfGuest(problem.visits[visit], route, position);
        leftOut -= sign * problem.leftOutCost[visit];
    }

    /** A guest keeps its standing time only with a host that is fixed there: other hosts may still move. */
    long disturbanceOfGuest(Instance.Visit guest, Route route, int position) {
        int fixed = route.grid[position] ? Candidate.ANY : route.lo[position];
        return disturbance(guest, route, fixed, route.place[position]);
    }

    long guestCost(int visit, int location) {
        int home = problem.branches[problem.visits[visit].branch()].location();
        return problem.guestCost + Weights.seconds(problem.weights.guestTravel() * problem.travel(home, location));
    }

    private long preference(Instance.Visit visit, int place, int lecturer) {
        for (Instance.Option option : visit.options()) {
            if (option.place() == place) {
                return problem.lecturerCost[lecturer] + Weights.seconds(option.cost());
            }
        }
        throw new IllegalArgumentException("The place is no option of the visit: " + place);
    }

    /**
     * What leaving the standing slot costs.
     *
     * @param fixed the fixed start, or {@link Candidate#ANY} for one that is not the standing time
     */
    long disturbance(Instance.Visit visit, Route route, int fixed, int place) {
        Instance.Standing standing = visit.standing();
        if (standing == null) {
            return 0;
        }
        Weights weights = problem.weights;
        double minutes = route.day != standing.day()
                ? weights.otherDay()
                : fixed != standing.start()
                        ? weights.otherTime()
                        : (route.lecturer != standing.lecturer() ? weights.otherLecturer() : 0)
                                + (place != standing.place() ? weights.otherPlace() : 0);
        return Weights.seconds(minutes * standing.factor());
    }
}
