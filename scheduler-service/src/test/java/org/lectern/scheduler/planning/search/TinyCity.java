package org.lectern.scheduler.planning.search;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A problem written by hand: one lecturer's town, 60-minute lectures, starts each hour from 09:00, ways along a line.
 */
final class TinyCity {

    static final int NINE = 540;

    final List<Instance.Visit> visits = new ArrayList<>();
    final List<Instance.Place> places = new ArrayList<>();
    final List<Instance.Branch> branches = new ArrayList<>();
    final List<Instance.Lecturer> lecturers = new ArrayList<>();
    final List<Instance.Shift> shifts = new ArrayList<>();
    final List<Integer> kilometres = new ArrayList<>();
    final List<Instance.Visited> visited = new ArrayList<>();
    Instance.Skills able = (lecturer, skill) -> true;
    Instance.Joint joint = new Instance.Joint(0, 0);
    final Map<Set<Integer>, Integer> entered = new HashMap<>();
    int days = 1;
    int interval;

    static int at(int day, int hour) {
        return day * 1440 + hour * 60;
    }

    /** Starts of these hours. */
    static long hours(int... hours) {
        long mask = 0;
        for (int hour : hours) {
            mask |= 1L << (hour - 9);
        }
        return mask;
    }

    int location(int kilometre) {
        kilometres.add(kilometre);
        return kilometres.size() - 1;
    }

    /** A branch with a room of its own, a minute per kilometre from the origin. */
    int branch(int kilometre, long roomStarts) {
        int location = location(kilometre);
        branches.add(new Instance.Branch(location, true, Instance.Starts.ALL));
        places.add(new Instance.Place(location, 100, (day, shape) -> roomStarts));
        return branches.size() - 1;
    }

    int visit(int branch, int place, int heads, Instance.@Nullable Standing standing) {
        visits.add(new Instance.Visit(
                branch,
                0,
                0,
                List.of(new Instance.Option(place, 0)),
                1,
                1,
                heads,
                -Instance.ALWAYS,
                Instance.ALWAYS,
                true,
                standing));
        return visits.size() - 1;
    }

    int visit(int branch) {
        return visit(branch, branch, 10, null);
    }

    /** A lecturer at home at the origin with a shift a day. */
    int lecturer(int perDay, int perWeek, long starts, Instance.Booked... booked) {
        lecturers.add(new Instance.Lecturer(location(0), perWeek, 0, 0));
        int lecturer = lecturers.size() - 1;
        for (int day = 0; day < days; day++) {
            shifts.add(new Instance.Shift(
                    lecturer,
                    day,
                    day / 7,
                    perDay,
                    -Instance.ALWAYS,
                    Instance.ALWAYS,
                    List.of(starts),
                    day == 0 ? List.of(booked) : List.of()));
        }
        return lecturer;
    }

    Problem problem() {
        return new Problem(instance());
    }

    Instance instance() {
        List<Integer> first = new ArrayList<>();
        for (int day = 0; day < days; day++) {
            first.add(day * 1440 + NINE);
        }
        return new Instance(
                days,
                List.of(new Instance.Shape(60, 0, 0)),
                new Instance.Grid(first, 60),
                visits,
                places,
                branches,
                lecturers,
                shifts,
                1,
                able,
                (from, to) ->
                        entered.getOrDefault(Set.of(from, to), Math.abs(kilometres.get(from) - kilometres.get(to))),
                null,
                interval,
                visited,
                joint,
                Weights.USUAL);
    }

    Plan plan() {
        return planFrom(Plan.empty(problem()));
    }

    Plan planFrom(Plan from) {
        Problem problem = problem();
        Plan plan = Search.start(problem, from, 1, Settings.USUAL, new Budget.Iterations(600), () -> 0)
                .run(Search.Observer.NONE);
        if (!PlanCheck.of(problem, plan).broken().isEmpty()) {
            throw new AssertionError(PlanCheck.of(problem, plan).broken());
        }
        return plan;
    }
}
