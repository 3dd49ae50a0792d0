package org.lectern.scheduler.planning.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Judges a plan from scratch: which rules it breaks and what it costs. Shares no code with the search but the problem, so
 * that a fault of the search's incremental evaluation shows.
 */
public final class PlanCheck {

    /** A rule that no plan may break, unless a pinned visit does. */
    public enum Rule {
        SKILL,
        PLACE,
        START,
        DAY_LIMIT,
        WEEK_LIMIT,
        LECTURER_OCCUPIED,
        TRAVEL,
        HOME_TOO_LATE,
        PLACE_OCCUPIED,
        BRANCH_OCCUPIED,
        INTERVAL,
        GUEST
    }

    /**
     * A rule and who breaks it.
     *
     * @param other another visit that the rule is about, or {@link Plan#NONE}
     */
    public record Broken(Rule rule, int visit, int other) {}

    public record Verdict(List<Broken> broken, Cost cost) {

        public Verdict {
            broken = List.copyOf(broken);
        }
    }

    /** What occupies a lecturer; a visit, or a booking (visit {@link Plan#NONE}). */
    private record Stay(int visit, int location, int start, int from, int until) {}

    private final Problem problem;
    private final Plan plan;
    private final Map<Integer, List<Plan.Placement>> hosts = new HashMap<>();
    private final List<Broken> broken = new ArrayList<>();

    private PlanCheck(Problem problem, Plan plan) {
        this.problem = problem;
        this.plan = plan;
        for (Plan.Placement each : plan.placed()) {
            if (each.host() == Plan.NONE) {
                hosts.computeIfAbsent(each.shift(), key -> new ArrayList<>()).add(each);
            }
        }
    }

    public static Verdict of(Problem problem, Plan plan) {
        PlanCheck check = new PlanCheck(problem, plan);
        check.visits();
        check.shared();
        check.intervals();
        return new Verdict(check.broken, check.cost());
    }

    private void breaks(Rule rule, int visit, int other) {
        broken.add(new Broken(rule, visit, other));
    }

    private Stay stay(Plan.Placement each) {
        Instance.Shape shape = problem.shapes[problem.visits[each.visit()].shape()];
        return new Stay(
                each.visit(),
                problem.places[each.place()].location(),
                each.start(),
                each.start() - shape.setup(),
                each.start() + shape.duration() + shape.teardown());
    }

    private List<Stay> day(int shift) {
        List<Stay> stays = new ArrayList<>();
        for (Instance.Booked each : problem.shifts[shift].booked()) {
            stays.add(new Stay(
                    Plan.NONE,
                    each.location(),
                    each.start(),
                    each.start() - each.before(),
                    each.start() + each.after()));
        }
        hosts.getOrDefault(shift, List.of()).forEach(each -> stays.add(stay(each)));
        stays.sort(Comparator.comparingInt(Stay::from).thenComparingInt(Stay::visit));
        return stays;
    }

    private void visits() {
        Map<Integer, Integer> weeks = new HashMap<>();
        Map<Integer, Integer> demands = new HashMap<>();
        int most = 1000;
        for (int shift = 0; shift < problem.shifts.length; shift++) {
            Instance.Shift each = problem.shifts[shift];
            weeks.merge(each.lecturer() * most + each.week(), each.booked().size(), Integer::sum);
            demands.put(
                    shift,
                    each.booked().stream().mapToInt(Instance.Booked::demand).sum());
        }
        Set<Integer> used = new HashSet<>();
        for (Plan.Placement each : plan.placed()) {
            used.add(each.shift());
            if (each.host() != Plan.NONE) {
                guest(each);
                continue;
            }
            Instance.Visit asked = problem.visits[each.visit()];
            Instance.Shift shift = problem.shifts[each.shift()];
            if (!problem.able(shift.lecturer(), asked.skill())) {
                breaks(Rule.SKILL, each.visit(), Plan.NONE);
            }
            if (asked.options().stream().noneMatch(option -> option.place() == each.place())) {
                breaks(Rule.PLACE, each.visit(), Plan.NONE);
            }
            if (!startAllowed(each, asked, shift)) {
                breaks(Rule.START, each.visit(), Plan.NONE);
            }
            int week = weeks.merge(shift.lecturer() * most + shift.week(), 1, Integer::sum);
            if (week > problem.lecturers[shift.lecturer()].weekLimit()) {
                breaks(Rule.WEEK_LIMIT, each.visit(), Plan.NONE);
            }
            if (demands.merge(each.shift(), asked.demand(), Integer::sum) > shift.capacity()) {
                breaks(Rule.DAY_LIMIT, each.visit(), Plan.NONE);
            }
        }
        used.forEach(this::journeys);
    }

    private boolean startAllowed(Plan.Placement each, Instance.Visit asked, Instance.Shift shift) {
        Instance.Standing standing = asked.standing();
        boolean stands = standing != null
                && standing.lecturer() == shift.lecturer()
                && standing.start() == each.start()
                && standing.place() == each.place();
        boolean window = each.start() >= asked.ready() && each.start() <= asked.due();
        return stands || (window && onGrid(each, asked, each.shift(), each.place()));
    }

    private boolean onGrid(Plan.Placement each, Instance.Visit asked, int shift, int place) {
        int[] first = problem.firstStart;
        if (first == null) {
            return true;
        }
        int day = problem.shifts[shift].day();
        int offset = each.start() - first[day];
        if (offset < 0 || offset % problem.step != 0 || offset / problem.step >= 64) {
            return false;
        }
        int slot = offset / problem.step;
        long lecturer = problem.shifts[shift].starts().get(asked.shape());
        long room = problem.places[place].starts().on(day, asked.shape());
        long branch = problem.branches[asked.branch()].starts().on(day, asked.shape());
        return (lecturer >>> slot & 1) == 1 && (room >>> slot & 1) == 1 && (branch >>> slot & 1) == 1;
    }

    private void guest(Plan.Placement guest) {
        Plan.Placement host = plan.of(guest.host());
        Instance.Visit asked = problem.visits[guest.visit()];
        if (host == null || host.host() != Plan.NONE) {
            breaks(Rule.GUEST, guest.visit(), guest.host());
            return;
        }
        Instance.Visit other = problem.visits[host.visit()];
        int heads = other.heads();
        int guests = 0;
        Set<Integer> branches = new HashSet<>(Set.of(other.branch()));
        boolean twice = false;
        for (Plan.Placement each : plan.placed()) {
            if (each.host() == host.visit()) {
                heads += problem.visits[each.visit()].heads();
                guests++;
                twice |= !branches.add(problem.visits[each.visit()].branch());
            }
        }
        int from = problem.branches[asked.branch()].location();
        int to = problem.places[host.place()].location();
        if (twice
                || guests > problem.joint.most()
                || heads > problem.places[host.place()].capacity()
                || !asked.joins()
                || !other.joins()
                || asked.skill() != other.skill()
                || asked.shape() != other.shape()
                || problem.travel.between(from, to) > problem.joint.longestWay()
                || guest.shift() != host.shift()
                || guest.place() != host.place()
                || guest.start() != host.start()) {
            breaks(Rule.GUEST, guest.visit(), guest.host());
        }
        if (!onGrid(guest, asked, host.shift(), host.place())) {
            breaks(Rule.START, guest.visit(), guest.host());
        }
    }

    /** Travel between located stops takes place in one free stretch, whatever broadcasts lie between. */
    private void journeys(int shift) {
        List<Stay> stays = day(shift);
        Instance.Shift day = problem.shifts[shift];
        int home = problem.lecturers[day.lecturer()].home();
        for (int i = 0; i < stays.size(); i++) {
            Stay one = stays.get(i);
            int longest = Integer.MIN_VALUE;
            int end = one.until();
            boolean arrived = false;
            for (int j = i + 1; j < stays.size(); j++) {
                Stay other = stays.get(j);
                boolean booked = one.visit() == Plan.NONE && other.visit() == Plan.NONE;
                if (!booked && other.from() < one.until()) {
                    breaks(Rule.LECTURER_OCCUPIED, Math.max(one.visit(), other.visit()), other.visit());
                }
                longest = Math.max(longest, other.from() - end);
                end = Math.max(end, other.until());
                if (!arrived && one.location() >= 0 && other.location() >= 0) {
                    arrived = true;
                    if (!booked && longest < way(one.location(), other.location())) {
                        breaks(Rule.TRAVEL, Math.max(one.visit(), other.visit()), other.visit());
                    }
                }
            }
            if (one.visit() != Plan.NONE && one.location() >= 0 && home >= 0) {
                if (i == 0 && day.leaves() + way(home, one.location()) > one.from()) {
                    breaks(Rule.TRAVEL, one.visit(), Plan.NONE);
                }
                if (i == stays.size() - 1 && one.until() + way(one.location(), home) > day.back()) {
                    breaks(Rule.HOME_TOO_LATE, one.visit(), Plan.NONE);
                }
            }
        }
    }

    private int way(int from, int to) {
        return from == to ? 0 : problem.travel.between(from, to);
    }

    private void shared() {
        List<Plan.Placement> placed = plan.placed();
        for (int i = 0; i < placed.size(); i++) {
            for (int j = i + 1; j < placed.size(); j++) {
                Plan.Placement one = placed.get(i);
                Plan.Placement other = placed.get(j);
                boolean together = host(one) == host(other);
                Stay first = stay(one);
                Stay second = stay(other);
                if (together || first.from() >= second.until() || second.from() >= first.until()) {
                    continue;
                }
                if (one.place() == other.place() && first.location() >= 0) {
                    breaks(Rule.PLACE_OCCUPIED, one.visit(), other.visit());
                }
                int branch = problem.visits[one.visit()].branch();
                if (branch == problem.visits[other.visit()].branch() && problem.branches[branch].exclusive()) {
                    breaks(Rule.BRANCH_OCCUPIED, one.visit(), other.visit());
                }
            }
        }
    }

    private static int host(Plan.Placement each) {
        return each.host() == Plan.NONE ? each.visit() : each.host();
    }

    private void intervals() {
        if (problem.interval == 0) {
            return;
        }
        Map<Integer, List<Plan.Placement>> byBranch = new HashMap<>();
        for (Plan.Placement each : plan.placed()) {
            int branch = problem.visits[each.visit()].branch();
            int day = problem.shifts[each.shift()].day();
            List<Plan.Placement> others = byBranch.computeIfAbsent(branch, key -> new ArrayList<>());
            for (Plan.Placement other : others) {
                if (Math.abs(problem.shifts[other.shift()].day() - day) < problem.interval) {
                    breaks(Rule.INTERVAL, each.visit(), other.visit());
                }
            }
            others.add(each);
            if (problem.tooNearBooking(branch, day)) {
                breaks(Rule.INTERVAL, each.visit(), Plan.NONE);
            }
        }
    }

    private Cost cost() {
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
                int way = way(from, problem.places[each.place()].location());
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
            boolean sent = problem.shifts[shift].booked().isEmpty() && hosts.containsKey(shift);
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
        if (each.start() != standing.start() || each.host() != Plan.NONE) {
            return standing.factor() * weights.otherTime();
        }
        return shift.lecturer() == standing.lecturer() ? 0 : standing.factor() * weights.otherLecturer();
    }

    private long journey(int shift) {
        int home = problem.lecturers[problem.shifts[shift].lecturer()].home();
        int here = home;
        long total = 0;
        for (Stay each : day(shift)) {
            if (each.location() >= 0) {
                total += here < 0 ? 0 : way(here, each.location());
                here = each.location();
            }
        }
        return total + (here < 0 || home < 0 ? 0 : way(here, home));
    }
}
