package org.lectern.scheduler.planning.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lectern.scheduler.planning.search.TinyCity.at;
import static org.lectern.scheduler.planning.search.TinyCity.hours;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One test per rule: the smallest city where it bites, its allowed and its refused side. */
class PlanRulesTest {

    private static final long DAY = hours(9, 10, 11, 12, 13, 14, 15, 16);

    private final TinyCity city = new TinyCity();

    @BeforeEach
    void oneDay() {
        city.days = 1;
    }

    private static int start(Plan plan, int visit) {
        return Objects.requireNonNull(plan.of(visit)).start();
    }

    @Test
    void lecturerWithoutTheTopic_isNotSent() {
        city.visit(city.branch(10, DAY));
        city.lecturer(3, 5, DAY);
        assertThat(city.plan().leftOut()).isEmpty();
        city.able = (lecturer, skill) -> false;
        assertThat(city.plan().leftOut()).containsExactly(0);
    }

    @Test
    void lectureTakesPlace_whenLecturerAndRoomHaveTime() {
        city.visit(city.branch(10, hours(9, 14)));
        city.lecturer(3, 5, hours(11, 14, 15));
        assertThat(start(city.plan(), 0)).isEqualTo(at(0, 14));
    }

    @Test
    void noCommonStart_leavesOut() {
        city.visit(city.branch(10, hours(9, 10)));
        city.lecturer(3, 5, hours(11, 12));
        assertThat(city.plan().leftOut()).containsExactly(0);
    }

    @Test
    void wayBetweenLectures_needsTime() {
        city.visit(city.branch(0, hours(9)));
        city.visit(city.branch(60, hours(11)));
        city.lecturer(3, 5, DAY);
        assertThat(city.plan().leftOut()).isEmpty();
        city.kilometres.set(1, 61);
        assertThat(city.plan().leftOut()).hasSize(1);
    }

    @Test
    void wayToStandingBooking_needsTime() {
        city.visit(city.branch(60, hours(11)));
        int far = city.location(0);
        city.lecturer(3, 5, DAY, new Instance.Booked(at(0, 9), 0, 60, far, 1));
        assertThat(city.plan().leftOut()).isEmpty();
        city.kilometres.set(far, -1);
        assertThat(city.plan().leftOut()).containsExactly(0);
    }

    @Test
    void broadcastBetweenLectures_doesNotShortenTheWay() {
        city.visit(city.branch(0, hours(9)));
        city.visit(city.branch(61, hours(12)));
        city.lecturer(3, 5, DAY, new Instance.Booked(at(0, 10), 0, 60, Instance.NOWHERE, 1));
        assertThat(city.plan().leftOut()).hasSize(1);
        city.kilometres.set(1, 60);
        assertThat(city.plan().leftOut()).isEmpty();
    }

    @Test
    void dayLimit_countsBookings() {
        city.visit(city.branch(0, DAY));
        city.visit(city.branch(0, DAY));
        city.lecturer(3, 9, DAY, new Instance.Booked(at(0, 9), 0, 60, city.location(0), 1));
        assertThat(city.plan().leftOut()).isEmpty();
        city.visit(city.branch(0, DAY));
        assertThat(city.plan().leftOut()).hasSize(1);
    }

    @Test
    void weekLimit_countsAllDaysOfTheWeek() {
        city.days = 7;
        for (int i = 0; i < 3; i++) {
            city.visit(city.branch(i, DAY));
        }
        city.lecturer(1, 2, DAY);
        assertThat(city.plan().leftOut()).hasSize(1);
    }

    @Test
    void sharedHall_holdsOneLectureAtATime() {
        int first = city.branch(0, hours(9));
        city.visit(first, first, 10, null);
        city.visit(city.branch(0, hours(9)), first, 10, null);
        city.lecturer(3, 5, DAY);
        city.lecturer(3, 5, DAY);
        assertThat(city.plan().leftOut()).hasSize(1);
        city.places.set(first, new Instance.Place(0, 100, (day, shape) -> hours(9, 10)));
        assertThat(city.plan().leftOut()).isEmpty();
    }

    @Test
    void branchWithTwoLectures_hearsOneAtATime() {
        int branch = city.branch(0, hours(9));
        int hall = city.branch(0, hours(9));
        city.visit(branch, branch, 10, null);
        city.visit(branch, hall, 10, null);
        city.lecturer(3, 5, DAY);
        city.lecturer(3, 5, DAY);
        assertThat(city.plan().leftOut()).hasSize(1);
        city.branches.set(branch, new Instance.Branch(0, false, Instance.Starts.ALL));
        assertThat(city.plan().leftOut()).isEmpty();
    }

    @Test
    void interval_keepsLecturesOfABranchApart() {
        city.days = 4;
        int branch = city.branch(0, DAY);
        city.visit(branch);
        city.visit(branch);
        city.lecturer(3, 9, DAY);
        city.interval = 3;
        Plan plan = city.plan();
        assertThat(plan.leftOut()).isEmpty();
        assertThat(Math.abs(start(plan, 0) - start(plan, 1))).isGreaterThanOrEqualTo(3 * 1440);
        city.interval = 4;
        assertThat(city.plan().leftOut()).hasSize(1);
    }

    @Test
    void interval_countsBookedLecturesOfTheCampaign() {
        city.days = 3;
        city.visit(city.branch(0, DAY));
        city.lecturer(3, 9, DAY);
        city.interval = 2;
        city.visited.add(new Instance.Visited(0, 0));
        assertThat(start(city.plan(), 0)).isGreaterThanOrEqualTo(2 * 1440);
        city.visited.add(new Instance.Visited(0, 2));
        assertThat(city.plan().leftOut()).hasSize(1);
    }

    @Test
    void guestsJoin_whenHeadsAndWayAllow() {
        city.visit(city.branch(0, hours(9)));
        city.visit(city.branch(20, hours(9)));
        city.lecturer(1, 5, DAY);
        city.joint = new Instance.Joint(1, 20);
        Plan plan = city.plan();
        assertThat(plan.leftOut()).isEmpty();
        assertThat(plan.placed()).filteredOn(each -> each.host() != Plan.NONE).hasSize(1);
        city.joint = new Instance.Joint(1, 19);
        assertThat(city.plan().leftOut()).hasSize(1);
        city.joint = new Instance.Joint(1, 20);
        city.visits.clear();
        city.visit(0, 0, 60, null);
        city.visit(1, 1, 60, null);
        assertThat(city.plan().leftOut()).hasSize(1);
    }

    @Test
    void importantLecture_isPlacedFirst() {
        city.visit(city.branch(0, hours(9)));
        Instance.Visit usual = city.visits.getFirst();
        city.branch(5, hours(9));
        city.visits.add(new Instance.Visit(
                1, 0, 0, List.of(new Instance.Option(1, 0)), 3, 1, 10, usual.ready(), usual.due(), true, null));
        city.lecturer(3, 5, DAY);
        assertThat(city.plan().leftOut()).containsExactly(0);
    }

    @Test
    void standingLecture_staysUnlessItsLecturerIsGone() {
        city.days = 2;
        int branch = city.branch(50, DAY);
        city.visit(branch, branch, 10, new Instance.Standing(0, 1, at(1, 13), branch, 1));
        city.lecturer(3, 5, DAY);
        city.lecturer(3, 5, DAY);
        Plan kept = city.plan();
        assertThat(kept.cost().disturbance()).isZero();
        assertThat(start(kept, 0)).isEqualTo(at(1, 13));
        city.shifts.removeIf(shift -> shift.lecturer() == 0);
        Plan repaired = city.plan();
        assertThat(start(repaired, 0)).isEqualTo(at(1, 13));
        assertThat(repaired.cost().disturbance()).isEqualTo(30 * 60);
    }

    @Test
    void unaffectedLectures_stayWhenOneIsRepaired() {
        city.days = 3;
        for (int i = 0; i < 6; i++) {
            int branch = city.branch(10 * i, DAY);
            int day = i % 3;
            city.visit(branch, branch, 10, new Instance.Standing(i / 3, day, at(day, 9 + i), branch, 10));
        }
        city.lecturer(4, 9, DAY);
        city.lecturer(4, 9, DAY);
        city.shifts.removeIf(shift -> shift.lecturer() == 0 && shift.day() == 1);
        Plan plan = city.plan();
        assertThat(plan.leftOut()).isEmpty();
        for (int visit = 0; visit < 6; visit++) {
            if (visit != 1) {
                assertThat(start(plan, visit)).isEqualTo(at(visit % 3, 9 + visit));
            }
        }
    }

    @Test
    void evenShare_spreadsLecturesOverLecturers() {
        city.days = 4;
        for (int i = 0; i < 4; i++) {
            city.visit(city.branch(0, hours(9)));
        }
        city.lecturer(3, 9, DAY);
        city.lecturer(3, 9, DAY);
        Plan plan = city.plan();
        Problem problem = city.problem();
        assertThat(plan.placed().stream()
                        .filter(each -> problem.shift(each.shift()).lecturer() == 0))
                .hasSize(2);
    }
}
