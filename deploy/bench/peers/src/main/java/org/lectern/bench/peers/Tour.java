package org.lectern.bench.peers;

import ai.timefold.solver.core.api.domain.entity.PlanningEntity;
import ai.timefold.solver.core.api.domain.lookup.PlanningId;
import ai.timefold.solver.core.api.domain.variable.PlanningListVariable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.planning.search.Instance;

/** A shift with its visits in order, for Timefold. Bookings take place between them as their times ask. */
@PlanningEntity
public class Tour {

    @PlanningId
    private int number;

    private @Nullable Instance instance;

    @PlanningListVariable(allowsUnassignedValues = true)
    private List<Lecture> lectures = new ArrayList<>();

    /** For Timefold, which clones. */
    public Tour() {}

    Tour(int number, Instance instance) {
        this.number = number;
        this.instance = instance;
    }

    private Instance instance() {
        Instance known = instance;
        if (known == null) {
            throw new IllegalStateException("The tour has no instance");
        }
        return known;
    }

    int number() {
        return number;
    }

    List<Lecture> lectures() {
        return lectures;
    }

    private Instance.Shift shift() {
        return instance().shifts().get(number);
    }

    int lecturer() {
        return shift().lecturer();
    }

    int week() {
        return shift().week();
    }

    /** Whether the day has lectures and no booking. */
    boolean isNewDay() {
        return !lectures.isEmpty() && shift().booked().isEmpty();
    }

    long broken() {
        return drive(new ArrayList<>()).broken();
    }

    /** The travel of the day beyond the one that its bookings need. */
    long travel() {
        return drive(new ArrayList<>()).travel();
    }

    /** The starts of the lectures. */
    List<Integer> starts() {
        List<Integer> starts = new ArrayList<>();
        drive(starts);
        return starts;
    }

    private record Driven(long travel, long broken) {}

    private Driven drive(List<Integer> starts) {
        Instance.Shift shift = shift();
        int home = instance().lecturers().get(shift.lecturer()).home();
        List<Instance.Booked> booked = shift.booked();
        int here = home;
        long free = shift.leaves();
        long travel = 0;
        long broken = 0;
        int demand = booked.stream().mapToInt(Instance.Booked::demand).sum();
        int passed = 0;
        for (Lecture each : lectures) {
            Instance.Visit visit = each.visit();
            Instance.Shape shape = instance().shapes().get(visit.shape());
            int location = instance().places().get(each.place()).location();
            demand += visit.demand();
            broken += instance().able().has(shift.lecturer(), visit.skill()) ? 0 : 1;
            while (true) {
                long start = start(each, free + way(here, location) + shape.setup());
                long until = start + shape.duration() + shape.teardown();
                if (passed < booked.size()) {
                    Instance.Booked next = booked.get(passed);
                    if (start < 0 || until + way(location, next.location()) > next.start() - next.before()) {
                        travel += way(here, next.location());
                        here = next.location();
                        free = next.start() + next.after();
                        passed++;
                        continue;
                    }
                }
                if (start < 0) {
                    broken++;
                    start = free + way(here, location) + shape.setup();
                    until = start + shape.duration() + shape.teardown();
                }
                starts.add((int) start);
                travel += way(here, location);
                here = location;
                free = until;
                break;
            }
        }
        while (passed < booked.size()) {
            Instance.Booked next = booked.get(passed++);
            travel += way(here, next.location());
            here = next.location();
            free = next.start() + next.after();
        }
        travel += way(here, home);
        broken += !lectures.isEmpty() && free + way(here, home) > shift.back() ? 1 : 0;
        broken += Math.max(0, demand - shift.capacity());
        return new Driven(travel, broken);
    }

    /** The earliest allowed start, negative if there is none. */
    private long start(Lecture lecture, long moment) {
        Instance.Visit visit = lecture.visit();
        Instance.Grid grid = instance().grid();
        long earliest = Math.max(moment, visit.ready());
        if (grid == null) {
            return earliest <= visit.due() ? earliest : -1;
        }
        int day = shift().day();
        long first = grid.firstStart().get(day);
        long slot = earliest <= first ? 0 : Math.ceilDiv(earliest - first, (long) grid.step());
        long starts = shift().starts().get(visit.shape())
                & instance().places().get(lecture.place()).starts().on(day, visit.shape())
                & instance().branches().get(visit.branch()).starts().on(day, visit.shape());
        long left = slot > 63 ? 0 : starts >>> slot;
        return left == 0 ? -1 : first + grid.step() * (slot + Long.numberOfTrailingZeros(left));
    }

    private int way(int from, int to) {
        return from == to || from < 0 || to < 0 ? 0 : instance().travel().between(from, to);
    }
}
