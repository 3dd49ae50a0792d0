package org.lectern.scheduler.planning.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Judges a plan from scratch: which rules it breaks and what it costs. Shares no code with the search but the problem,
 * so that a fault of the search's incremental evaluation shows.
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
    record Stay(int visit, int location, int start, int from, int until) {}

    final Problem problem;
    final Plan plan;
    final Map<Integer, List<Plan.Placement>> hosts = new HashMap<>();
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
        return new Verdict(check.broken, new PlanPrice(check).cost());
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

    List<Stay> day(int shift) {
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
                && standing.holds()
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
        int slot = slot(day, each.start());
        if (slot < 0) {
            return false;
        }
        long lecturer = problem.shifts[shift].starts().get(asked.shape());
        long room = problem.places[place].starts().on(day, asked.shape());
        long branch = problem.branches[asked.branch()].starts().on(day, asked.shape());
        return (lecturer >>> slot & 1) == 1 && (room >>> slot & 1) == 1 && (branch >>> slot & 1) == 1;
    }

    /** The number of a start on the grid, negative for another one. */
    private int slot(int day, int start) {
        int[] first = problem.firstStart;
        int offset = first == null ? -1 : start - first[day];
        return offset < 0 || offset % problem.step != 0 || offset / problem.step > 63 ? -1 : offset / problem.step;
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
        if (twice || guest.shift() != host.shift() || guest.place() != host.place() || guest.start() != host.start()) {
            breaks(Rule.GUEST, guest.visit(), guest.host());
        }
        if (stoodThere(guest, asked, host)) {
            return;
        }
        if (guests > problem.joint.most()
                || heads > problem.places[host.place()].capacity()
                || !asked.joins()
                || !other.joins()
                || asked.skill() != other.skill()
                || asked.shape() != other.shape()
                || way(from, to) > problem.joint.longestWay()) {
            breaks(Rule.GUEST, guest.visit(), guest.host());
        }
        int day = problem.shifts[host.shift()].day();
        int slot = slot(day, guest.start());
        if (slot < 0 || (problem.branches[asked.branch()].starts().on(day, asked.shape()) >>> slot & 1) == 0) {
            breaks(Rule.START, guest.visit(), guest.host());
        }
    }

    /** A guest that is booked there stays, whatever the rules for new guests say. */
    private boolean stoodThere(Plan.Placement guest, Instance.Visit asked, Plan.Placement host) {
        Instance.Standing standing = asked.standing();
        return standing != null
                && standing.holds()
                && standing.day() == problem.shifts[host.shift()].day()
                && standing.start() == guest.start()
                && standing.place() == guest.place()
                && PlanPrice.isFixed(problem, plan, guest);
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

    int way(int from, int to) {
        return from == to || from < 0 || to < 0 ? 0 : problem.travel.between(from, to);
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
}
