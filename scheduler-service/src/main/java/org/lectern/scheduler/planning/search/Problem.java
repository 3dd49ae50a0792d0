package org.lectern.scheduler.planning.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An {@link Instance} as the search needs it: flat tables and whole seconds of cost. Immutable. */
public final class Problem {

    final Instance instance;
    final int days;
    final Instance.Shape[] shapes;
    final int @Nullable [] firstStart;
    final int step;
    final Instance.Visit[] visits;
    final Instance.Place[] places;
    final Instance.Branch[] branches;
    final Instance.Lecturer[] lecturers;
    final Instance.Shift[] shifts;
    final Travel travel;
    final Instance.@Nullable Positions positions;
    final int interval;
    final Instance.Joint joint;
    final Weights weights;

    final int[][] ableLecturers;
    private final boolean[] able;
    private final int skills;
    private final long[] lecturerStarts;
    private final long[] @Nullable [] placeStarts;
    private final long[] @Nullable [] branchStarts;
    final boolean[] sharedPlace;
    final boolean[] sharedBranch;
    final int[][] shiftsOf;
    final int[][] visitsOf;
    private final int[][] visitedDays;
    final boolean alike;
    final int mostDemand;

    final long travelCost;
    final long dayCost;
    final long laterCost;
    final long guestCost;
    final double loadCost;
    final long[] leftOutCost;
    private final long[] loadCosts;
    final int[] capacity;
    final int[] weekLimit;
    /** The least cost of an option of each visit. */
    final long[] leastOptionCost;

    private final int[][] optionPlaces;
    private final long[][] optionCosts;
    final long[] lecturerCost;

    public Problem(Instance input) {
        instance = input;
        days = input.days();
        shapes = input.shapes().toArray(Instance.Shape[]::new);
        Instance.Grid grid = input.grid();
        firstStart = grid == null
                ? null
                : grid.firstStart().stream().mapToInt(each -> each).toArray();
        step = grid == null ? 1 : grid.step();
        visits = input.visits().toArray(Instance.Visit[]::new);
        places = input.places().toArray(Instance.Place[]::new);
        branches = input.branches().toArray(Instance.Branch[]::new);
        lecturers = input.lecturers().toArray(Instance.Lecturer[]::new);
        shifts = input.shifts().toArray(Instance.Shift[]::new);
        travel = input.travel();
        positions = input.positions();
        interval = input.interval();
        joint = input.joint();
        weights = input.weights();
        skills = input.skills();
        able = new boolean[lecturers.length * skills];
        ableLecturers = new int[skills][];
        for (int skill = 0; skill < skills; skill++) {
            int[] found = new int[lecturers.length];
            int count = 0;
            for (int lecturer = 0; lecturer < lecturers.length; lecturer++) {
                if (input.able().has(lecturer, skill)) {
                    able[lecturer * skills + skill] = true;
                    found[count++] = lecturer;
                }
            }
            ableLecturers[skill] = Arrays.copyOf(found, count);
        }
        lecturerStarts = new long[shifts.length * shapes.length];
        for (int shift = 0; shift < shifts.length; shift++) {
            for (int shape = 0; shape < shapes.length; shape++) {
                lecturerStarts[shift * shapes.length + shape] =
                        shifts[shift].starts().get(shape);
            }
        }
        placeStarts = new long[places.length][];
        for (int i = 0; i < places.length; i++) {
            placeStarts[i] = table(places[i].starts());
        }
        branchStarts = new long[branches.length][];
        for (int i = 0; i < branches.length; i++) {
            branchStarts[i] = table(branches[i].starts());
        }
        shiftsOf = grouped(lecturers.length, shifts.length, shift -> shifts[shift].lecturer());
        visitsOf = grouped(branches.length, visits.length, visit -> visits[visit].branch());
        visitedDays = new int[branches.length][];
        Arrays.fill(visitedDays, new int[0]);
        for (Instance.Visited each : input.visited()) {
            int[] before = visitedDays[each.branch()];
            int[] after = Arrays.copyOf(before, before.length + 1);
            after[before.length] = each.day();
            visitedDays[each.branch()] = after;
        }
        sharedPlace = sharedPlaces();
        sharedBranch = sharedBranches();
        if (grid == null && (any(sharedPlace) || any(sharedBranch) || joint.most() > 0)) {
            throw new IllegalArgumentException("Without a grid of starts, visits cannot share a place or a branch");
        }
        alike = alike();
        mostDemand =
                Arrays.stream(visits).mapToInt(Instance.Visit::demand).max().orElse(1);
        travelCost = Weights.seconds(weights.travel());
        dayCost = Weights.seconds(weights.day());
        laterCost = Weights.seconds(weights.later());
        guestCost = Weights.seconds(weights.guest());
        loadCost = weights.load();
        int loads = visits.length
                + Arrays.stream(lecturers)
                        .mapToInt(Instance.Lecturer::load)
                        .max()
                        .orElse(0);
        loadCosts = new long[loads + 1];
        for (int load = 0; load <= loads; load++) {
            loadCosts[load] = Weights.seconds(loadCost * (2 * load + 1));
        }
        capacity = Arrays.stream(shifts).mapToInt(Instance.Shift::capacity).toArray();
        weekLimit =
                Arrays.stream(lecturers).mapToInt(Instance.Lecturer::weekLimit).toArray();
        leastOptionCost = new long[visits.length];
        leftOutCost = new long[visits.length];
        optionPlaces = new int[visits.length][];
        optionCosts = new long[visits.length][];
        for (int i = 0; i < visits.length; i++) {
            leftOutCost[i] = Weights.seconds(weights.leftOut() * visits[i].importance());
            List<Instance.Option> options = visits[i].options();
            optionPlaces[i] = options.stream().mapToInt(Instance.Option::place).toArray();
            optionCosts[i] = options.stream()
                    .mapToLong(option -> Weights.seconds(option.cost()))
                    .toArray();
            leastOptionCost[i] = Arrays.stream(optionCosts[i]).min().orElse(0);
        }
        lecturerCost = new long[lecturers.length];
        for (int i = 0; i < lecturers.length; i++) {
            lecturerCost[i] = Weights.seconds(lecturers[i].cost());
        }
    }

    private long @Nullable [] table(Instance.Starts starts) {
        if (starts == Instance.Starts.ALL || firstStart == null) {
            return null;
        }
        long[] table = new long[days * shapes.length];
        for (int day = 0; day < days; day++) {
            for (int shape = 0; shape < shapes.length; shape++) {
                table[day * shapes.length + shape] = starts.on(day, shape);
            }
        }
        return table;
    }

    private interface GroupOf {

        int of(int index);
    }

    private static int[][] grouped(int groups, int size, GroupOf group) {
        List<List<Integer>> lists = new ArrayList<>();
        for (int i = 0; i < groups; i++) {
            lists.add(new ArrayList<>());
        }
        for (int i = 0; i < size; i++) {
            lists.get(group.of(i)).add(i);
        }
        return lists.stream()
                .map(list -> list.stream().mapToInt(each -> each).toArray())
                .toArray(int[][]::new);
    }

    /** Only a place or branch that two visits may use needs to be watched. */
    private boolean[] sharedPlaces() {
        int[] users = new int[places.length];
        for (Instance.Visit visit : visits) {
            for (Instance.Option option : visit.options()) {
                users[option.place()]++;
            }
        }
        boolean[] shared = new boolean[places.length];
        for (int i = 0; i < shared.length; i++) {
            shared[i] = users[i] > 1 && places[i].location() != Instance.NOWHERE;
        }
        return shared;
    }

    private boolean[] sharedBranches() {
        boolean[] shared = new boolean[branches.length];
        for (int i = 0; i < shared.length; i++) {
            shared[i] = branches[i].exclusive() && visitsOf[i].length > 1;
        }
        return shared;
    }

    private static boolean any(boolean[] flags) {
        for (boolean flag : flags) {
            if (flag) {
                return true;
            }
        }
        return false;
    }

    /** Whether all shifts are the same, as vehicles of a fleet: then one empty shift is as good as any. */
    private boolean alike() {
        for (int shift = 1; shift < shifts.length; shift++) {
            Instance.Shift one = shifts[0];
            Instance.Shift other = shifts[shift];
            if (other.day() != one.day()
                    || other.capacity() != one.capacity()
                    || other.leaves() != one.leaves()
                    || other.back() != one.back()
                    || !other.starts().equals(one.starts())
                    || !other.booked().isEmpty()
                    || !lecturers[other.lecturer()].equals(lecturers[one.lecturer()])
                    || shiftsOf[other.lecturer()].length != 1) {
                return false;
            }
        }
        return skills == 1 && shifts.length > 1 && shifts[0].booked().isEmpty();
    }

    boolean able(int lecturer, int skill) {
        return able[lecturer * skills + skill];
    }

    long lecturerStarts(int shift, int shape) {
        return lecturerStarts[shift * shapes.length + shape];
    }

    long placeStarts(int place, int day, int shape) {
        long[] table = placeStarts[place];
        return table == null ? Instance.EVERY_START : table[day * shapes.length + shape];
    }

    long branchStarts(int branch, int day, int shape) {
        long[] table = branchStarts[branch];
        return table == null ? Instance.EVERY_START : table[day * shapes.length + shape];
    }

    int optionPlace(int visit, int option) {
        return optionPlaces[visit][option];
    }

    long optionCost(int visit, int option) {
        return optionCosts[visit][option];
    }

    /** What one more lecture adds to the price of an even share. */
    long loadCost(int load) {
        return loadCosts[load];
    }

    /** The bit of a start that is on the grid; 0 for another one. */
    long bit(int day, int start) {
        int[] first = firstStart;
        if (first == null) {
            return 0;
        }
        int offset = start - first[day];
        return offset < 0 || offset % step != 0 || offset / step > 63 ? 0 : 1L << (offset / step);
    }

    int travel(int from, int to) {
        return from == to || from < 0 || to < 0 ? 0 : travel.between(from, to);
    }

    public int visitCount() {
        return visits.length;
    }

    public Instance.Visit visit(int index) {
        return visits[index];
    }

    public Instance.Shift shift(int index) {
        return shifts[index];
    }

    public Instance.Place place(int index) {
        return places[index];
    }

    public int shiftCount() {
        return shifts.length;
    }

    /** The interval forbids a lecture at the branch on this day, because of a booking. */
    boolean tooNearBooking(int branch, int day) {
        for (int other : visitedDays[branch]) {
            if (Math.abs(other - day) < interval) {
                return true;
            }
        }
        return false;
    }
}
