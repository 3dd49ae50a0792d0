package org.lectern.scheduler.planning.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Small random problems in which every rule bites: shared halls, guests, intervals, bookings, broadcasts. */
final class RandomProblem {

    static final int STEP = 30;
    static final int STARTS = 12;

    final Random random;
    int visits = 20;
    int lecturers = 4;
    int days = 5;
    int starts = STARTS;
    int interval;
    int guests;
    double twoLecturesPerBranch = 0.3;
    double bookings = 0.3;
    double broadcasts = 0.1;
    double halls = 0.5;
    boolean standing;
    /** The share of pairs with an entered travel time; it may be longer than a way over a third place. */
    double entered;
    /** Whether lecturers leave home and are back at given times. */
    boolean bounded;

    RandomProblem(long seed) {
        random = new Random(seed);
    }

    /** All rules at once. */
    static Problem any(long seed) {
        return some(new RandomProblem(seed));
    }

    /** All rules, but no broadcasts: around those the search is stricter than booking. */
    static Problem located(long seed) {
        RandomProblem made = new RandomProblem(seed);
        made.broadcasts = 0;
        return some(made);
    }

    private static Problem some(RandomProblem made) {
        made.visits = 5 + made.random.nextInt(25);
        made.lecturers = 1 + made.random.nextInt(5);
        made.days = 1 + made.random.nextInt(9);
        made.interval = made.random.nextInt(3);
        made.guests = made.random.nextInt(3);
        made.standing = made.random.nextInt(4) == 0;
        made.entered = made.random.nextInt(2) * 0.4;
        made.bounded = made.random.nextInt(3) == 0;
        return made.problem();
    }

    private long mask() {
        long mask = 0;
        int from = random.nextInt(starts);
        int until = Math.min(starts, from + 1 + random.nextInt(starts));
        for (int i = from; i < until; i++) {
            mask |= 1L << i;
        }
        return random.nextInt(5) == 0 ? 0 : mask;
    }

    private Instance.Starts table(int shapes) {
        long[] table = new long[days * shapes];
        for (int i = 0; i < table.length; i++) {
            table[i] = mask() | mask();
        }
        return (day, shape) -> table[day * shapes + shape];
    }

    Problem problem() {
        List<double[]> points = new ArrayList<>();
        List<Instance.Shape> shapes = List.of(new Instance.Shape(60, 10, 5), new Instance.Shape(90, 0, 15));
        List<Instance.Branch> branches = new ArrayList<>();
        List<Instance.Place> places = new ArrayList<>();
        List<Instance.Visit> made = new ArrayList<>();
        int hallCount = 2;
        for (int i = 0; i < hallCount; i++) {
            places.add(new Instance.Place(point(points), 120, table(2)));
        }
        int nowhere = places.size();
        places.add(new Instance.Place(Instance.NOWHERE, 0, Instance.Starts.ALL));
        while (made.size() < visits) {
            int location = point(points);
            int branch = branches.size();
            branches.add(new Instance.Branch(location, random.nextInt(10) > 0, table(2)));
            int own = places.size();
            places.add(new Instance.Place(location, 60 + random.nextInt(60), table(2)));
            int lectures = random.nextDouble() < twoLecturesPerBranch ? 2 : 1;
            for (int i = 0; i < lectures && made.size() < visits; i++) {
                List<Instance.Option> options = new ArrayList<>();
                if (random.nextDouble() < broadcasts) {
                    options.add(new Instance.Option(nowhere, 0));
                } else {
                    options.add(new Instance.Option(own, -30));
                    if (random.nextDouble() < halls) {
                        options.add(new Instance.Option(random.nextInt(hallCount), 5));
                    }
                }
                made.add(new Instance.Visit(
                        branch,
                        random.nextInt(2),
                        random.nextInt(2),
                        options,
                        1 + random.nextInt(3),
                        1,
                        20 + random.nextInt(30),
                        -Instance.ALWAYS,
                        Instance.ALWAYS,
                        true,
                        null));
            }
        }
        List<Instance.Lecturer> people = new ArrayList<>();
        List<Instance.Shift> shifts = new ArrayList<>();
        List<Integer> first = new ArrayList<>();
        for (int day = 0; day < days; day++) {
            first.add(day * 1440 + 540);
        }
        for (int lecturer = 0; lecturer < lecturers; lecturer++) {
            int home = random.nextInt(8) == 0 ? Instance.NOWHERE : point(points);
            people.add(new Instance.Lecturer(home, 2 + random.nextInt(4), random.nextInt(3), random.nextInt(20)));
            for (int day = 0; day < days; day++) {
                List<Instance.Booked> booked = new ArrayList<>();
                if (random.nextDouble() < bookings) {
                    int location = broadcasts > 0 && random.nextInt(6) == 0 ? Instance.NOWHERE : point(points);
                    booked.add(new Instance.Booked(
                            day * 1440 + 540 + random.nextInt(300), random.nextInt(20), 75, location, 1));
                }
                shifts.add(new Instance.Shift(
                        lecturer,
                        day,
                        day / 7,
                        2 + random.nextInt(2),
                        bounded ? day * 1440 + 480 : -Instance.ALWAYS,
                        bounded ? day * 1440 + 960 : Instance.ALWAYS,
                        List.of(mask() | mask() | mask(), mask() | mask() | mask()),
                        booked));
            }
        }
        boolean[][] able = new boolean[lecturers][2];
        for (boolean[] each : able) {
            each[0] = random.nextInt(4) > 0;
            each[1] = random.nextInt(4) > 0;
        }
        if (standing) {
            for (int i = 0; i < made.size(); i += 2) {
                Instance.Visit each = made.get(i);
                int day = random.nextInt(days);
                Instance.Standing slot = new Instance.Standing(
                        random.nextInt(lecturers),
                        day,
                        day * 1440 + 540 + random.nextInt(starts * 3) * 10,
                        each.options().getFirst().place(),
                        1 + random.nextInt(2));
                made.set(
                        i,
                        new Instance.Visit(
                                each.branch(),
                                each.skill(),
                                each.shape(),
                                each.options(),
                                each.importance(),
                                1,
                                each.heads(),
                                each.ready(),
                                each.due(),
                                each.joins(),
                                slot));
            }
        }
        int[][] minutes = minutes(points);
        return new Problem(new Instance(
                days,
                shapes,
                new Instance.Grid(first, STEP),
                made,
                places,
                branches,
                people,
                shifts,
                2,
                (lecturer, skill) -> able[lecturer][skill],
                (from, to) -> minutes[from][to],
                null,
                interval,
                interval == 0 ? List.of() : List.of(new Instance.Visited(0, 1)),
                new Instance.Joint(guests, 40),
                Weights.USUAL));
    }

    private int[][] minutes(List<double[]> points) {
        int[][] minutes = new int[points.size()][points.size()];
        for (int i = 0; i < minutes.length; i++) {
            for (int j = 0; j < i; j++) {
                double[] one = points.get(i);
                double[] other = points.get(j);
                minutes[i][j] = (int) Math.ceil(Math.hypot(one[0] - other[0], one[1] - other[1]));
                if (random.nextDouble() < entered) {
                    minutes[i][j] = random.nextInt(random.nextInt(4) == 0 ? 300 : 60);
                }
                minutes[j][i] = minutes[i][j];
            }
        }
        return minutes;
    }

    private int point(List<double[]> points) {
        points.add(new double[] {random.nextDouble() * 80, random.nextDouble() * 80});
        return points.size() - 1;
    }
}
