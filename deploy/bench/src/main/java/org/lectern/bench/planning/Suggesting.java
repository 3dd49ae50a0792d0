package org.lectern.bench.planning;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.planning.search.Cost;
import org.lectern.scheduler.planning.search.Plan;
import org.lectern.scheduler.planning.search.Problem;

/**
 * Plans a city as an organizer would who books suggestions in batches of 50. It imitates {@code Suggestions} and
 * {@code Ranking}, which read a database: their order, points and limits, on the data of the city. {@link
 * AgainstSuggestions} asks the real ones.
 */
final class Suggesting {

    private static final int BATCH = 50;

    private final City city;
    private final List<List<List<City.Standing>>> booked = new ArrayList<>();
    private final int[] load;
    private final int[][] inWeek;

    /** A possible lecture. */
    private record Slot(int lecturer, int day, int start, int points) {}

    private Suggesting(City city) {
        this.city = city;
        load = new int[city.lecturers];
        inWeek = new int[city.lecturers][city.days / 7];
        for (int lecturer = 0; lecturer < city.lecturers; lecturer++) {
            List<List<City.Standing>> days = new ArrayList<>();
            for (int day = 0; day < city.days; day++) {
                days.add(new ArrayList<>(city.standing.get(lecturer).get(day)));
                load[lecturer] += days.get(day).size();
                inWeek[lecturer][day / 7] += days.get(day).size();
            }
            booked.add(days);
        }
    }

    static Plan plan(City city, Problem problem) {
        return new Suggesting(city).plan(problem);
    }

    private Plan plan(Problem problem) {
        Map<List<Integer>, Integer> shifts = new HashMap<>();
        for (int shift = 0; shift < problem.shiftCount(); shift++) {
            shifts.put(
                    List.of(
                            problem.shift(shift).lecturer(),
                            problem.shift(shift).day()),
                    shift);
        }
        List<Integer> order = new ArrayList<>();
        for (int branch = 0; branch < city.branches; branch++) {
            order.add(branch);
        }
        order.sort(Comparator.comparing((Integer branch) -> !city.priority[branch]));
        List<Plan.Placement> placed = new ArrayList<>();
        int inBatch = 0;
        boolean[][] taken = new boolean[city.lecturers][city.days];
        List<Integer> again = new ArrayList<>();
        for (int round = 0; round < 3 && !order.isEmpty(); round++) {
            for (int branch : order) {
                if (inBatch == BATCH) {
                    inBatch = 0;
                    for (boolean[] each : taken) {
                        Arrays.fill(each, false);
                    }
                }
                Slot best = best(branch, taken);
                if (best == null) {
                    again.add(branch);
                    continue;
                }
                inBatch++;
                taken[best.lecturer()][best.day()] = true;
                load[best.lecturer()]++;
                inWeek[best.lecturer()][best.day() / 7]++;
                List<City.Standing> day = booked.get(best.lecturer()).get(best.day());
                day.add(new City.Standing(best.start(), branch));
                day.sort(Comparator.comparingInt(City.Standing::start));
                int shift = shifts.getOrDefault(List.of(best.lecturer(), best.day()), -1);
                placed.add(new Plan.Placement(branch, shift, branch, best.start(), Plan.NONE, false));
            }
            order = new ArrayList<>(again);
            again.clear();
            inBatch = BATCH;
        }
        return new Plan(city.branches, placed, Cost.NONE);
    }

    private @Nullable Slot best(int branch, boolean[][] taken) {
        int able = 0;
        long total = 0;
        for (int lecturer = 0; lecturer < city.lecturers; lecturer++) {
            if (city.able[lecturer][city.topic[branch]]) {
                able++;
                total += load[lecturer];
            }
        }
        double mean = Arrays.stream(load).average().orElse(0);
        @Nullable Slot best = null;
        for (int lecturer = 0; lecturer < city.lecturers; lecturer++) {
            if (!city.able[lecturer][city.topic[branch]]) {
                continue;
            }
            int fixed = 100
                    + Math.clamp((total - (long) load[lecturer] * able) * 3 / able, -15, 15)
                    + Math.clamp(Math.round((mean - load[lecturer]) * 3), -15, 15);
            for (int day = 0; day < city.days; day++) {
                List<City.Standing> lectures = booked.get(lecturer).get(day);
                long starts = city.free[lecturer][day] & city.room[branch][day];
                if (starts == 0
                        || taken[lecturer][day]
                        || lectures.size() >= city.perDay[lecturer]
                        || inWeek[lecturer][day / 7] >= city.perWeek[lecturer]) {
                    continue;
                }
                for (int slot = 0; slot < City.STARTS; slot++) {
                    int start = day * 1440 + City.FIRST + slot * City.STEP;
                    if ((starts >>> slot & 1) == 1) {
                        int minutes = minutes(lecturer, lectures, branch, start);
                        if (minutes >= 0) {
                            int points = fixed - Math.min(minutes, 240) / 6 - Math.min(day / 2, 15);
                            if (best == null || points > best.points()) {
                                best = new Slot(lecturer, day, start, points);
                            }
                        }
                    }
                }
            }
        }
        return best;
    }

    /** Travel from the lecture before (or home) and to the one after, negative if it does not fit. */
    private int minutes(int lecturer, List<City.Standing> lectures, int branch, int start) {
        int there = city.minutes(city.home(lecturer), branch);
        int onward = 0;
        for (City.Standing each : lectures) {
            int way = city.minutes(each.location(), branch);
            int needed = way + City.LENGTH + 2 * City.BUFFER;
            if (Math.abs(each.start() - start) < needed) {
                return -1;
            }
            if (each.start() < start) {
                there = way;
            } else if (onward == 0) {
                onward = way;
            }
        }
        return there + onward;
    }
}
