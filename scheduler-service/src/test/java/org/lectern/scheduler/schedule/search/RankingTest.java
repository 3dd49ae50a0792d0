package org.lectern.scheduler.schedule.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lectern.scheduler.schedule.FreeSlot;
import org.lectern.scheduler.schedule.FreeSlot.Kind;
import org.lectern.scheduler.schedule.FreeSlot.Reason;
import org.lectern.scheduler.schedule.Hours;
import org.lectern.scheduler.schedule.Intervals;
import org.lectern.scheduler.schedule.Intervals.Interval;
import org.lectern.scheduler.schedule.LectureRules;
import org.lectern.scheduler.schedule.LecturerSchedule;
import org.lectern.scheduler.schedule.Occupancy;
import org.lectern.scheduler.schedule.Occupancy.Candidate;
import org.lectern.scheduler.schedule.Occupancy.Engagement;
import org.lectern.scheduler.schedule.Occupancy.Hall;
import org.lectern.scheduler.schedule.Span;
import org.lectern.scheduler.schedule.calendar.CalendarDays;
import org.lectern.scheduler.schedule.calendar.WorkingCalendar;
import org.lectern.scheduler.schedule.search.Ranking.Preference;
import org.lectern.scheduler.schedule.travel.Distances;
import org.lectern.scheduler.schedule.travel.Location;
import org.lectern.scheduler.schedule.travel.TravelTimes;

/**
 * The proposed lectures, with order and reasons. One lecturer and the branch's own room, a one-hour lecture in the week
 * of Monday, 23 November 2026; each test changes the subject of its rule.
 */
class RankingTest {

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final LocalDate MONDAY = LocalDate.parse("2026-11-23");
    private static final Span ALL_DAY = new Span(0, Span.DAY);
    private static final UUID HERE = UUID.randomUUID();
    private static final UUID THERE = UUID.randomUUID();
    private static final Preference NONE = new Preference() {
        @Override
        public int points(Candidate candidate, @Nullable Hall hall, long start) {
            return 0;
        }

        @Override
        public Reason reason(Candidate candidate, @Nullable Hall hall, long start) {
            return Reason.of(Kind.SOONER, 0, "sooner", 0);
        }
    };

    private final List<Candidate> lecturers = new ArrayList<>();
    private final List<Hall> halls = new ArrayList<>(List.of(hall("V-1", true, null)));
    private Lectures lectures = new Lectures(Duration.ZERO, Duration.ZERO);
    private TravelTimes travel = Distances.aMinuteAKilometre();
    private WorkingCalendar.Days calendar = CalendarDays.announcedFor(2026).days();
    private Intervals branchBusy = Intervals.NEVER;
    private @Nullable Long branchLastVisit;
    private @Nullable Integer headCount;
    private @Nullable Duration duration = Duration.ofHours(1);
    private String format = "lecture";
    private Assumed assumed = Assumed.NOTHING;

    /** Existing bookings of lectures; broadcasts are remote. */
    private record Lectures(Duration setup, Duration teardown) implements LectureRules {
        @Override
        public Set<String> formats() {
            return Set.of("lecture", "broadcast");
        }

        @Override
        public boolean isRemote(String format) {
            return format.equals("broadcast");
        }

        @Override
        public Duration setup(String format) {
            return setup;
        }

        @Override
        public Duration teardown(String format) {
            return teardown;
        }

        @Override
        public Duration horizon() {
            return Duration.ofDays(1096);
        }

        @Override
        public Duration shortest() {
            return Duration.ofMinutes(5);
        }

        @Override
        public Duration longest() {
            return Duration.ofHours(12);
        }
    }

    /** A lecturer with only the properties that a test sets. */
    private static final class Lecturer {
        private final String code;
        private String tier = "municipal";
        private @Nullable Location home;
        private List<Span> weekly = List.of();
        private Intervals blackouts = Intervals.NEVER;
        private @Nullable Integer perDay;
        private @Nullable Integer perWeek;
        private int noticeHours;
        private @Nullable Long lastVisit;
        private final List<Engagement> engagements = new ArrayList<>();

        private Lecturer(String code) {
            this.code = code;
        }

        private Lecturer tier(String value) {
            tier = value;
            return this;
        }

        private Lecturer home(Location value) {
            home = value;
            return this;
        }

        private Lecturer weekly(Span... value) {
            weekly = List.of(value);
            return this;
        }

        private Lecturer blackout(String from, String until) {
            blackouts = Intervals.of(List.of(new Interval(at(from), at(until))));
            return this;
        }

        private Lecturer limits(@Nullable Integer day, @Nullable Integer week) {
            perDay = day;
            perWeek = week;
            return this;
        }

        private Lecturer notice(int hours) {
            noticeHours = hours;
            return this;
        }

        private Lecturer lastVisit(long moment) {
            lastVisit = moment;
            return this;
        }

        private Lecturer engaged(String from, String until, @Nullable Location spot) {
            engagements.add(new Engagement(at(from), at(until), at(from), at(until), spot));
            return this;
        }

        private Candidate candidate() {
            var schedule = new LecturerSchedule(
                    UUID.randomUUID(), new Hours(SHANGHAI, weekly, Map.of()), blackouts, perDay, perWeek, noticeHours);
            return new Candidate(
                    new FreeSlot.Lecturer(schedule.lecturerId(), code, "林晓岚", tier),
                    home,
                    schedule,
                    List.copyOf(engagements),
                    lastVisit);
        }
    }

    private static Lecturer lecturer(String code) {
        return new Lecturer(code);
    }

    private static Location place(UUID venue) {
        return new Location(venue, null, null, null);
    }

    private static Hall hall(String code, boolean ofTheBranch, @Nullable Integer capacity) {
        return hall(code, ofTheBranch, capacity, List.of(), Intervals.NEVER, place(HERE));
    }

    private static Hall hall(
            String code,
            boolean ofTheBranch,
            @Nullable Integer capacity,
            List<Span> weekly,
            Intervals busy,
            @Nullable Location spot) {
        return new Hall(
                new FreeSlot.Venue(UUID.randomUUID(), code, "文化礼堂", null),
                ofTheBranch,
                capacity,
                spot,
                new Hours(SHANGHAI, weekly, Map.of()),
                busy);
    }

    /** A time of that week: the day of the month and the clock. */
    private static long at(String dayAndClock) {
        return LocalDateTime.parse("2026-11-" + dayAndClock.replace(' ', 'T'))
                .atZone(SHANGHAI)
                .toEpochSecond();
    }

    private RankingTest given(Lecturer... some) {
        Stream.of(some).map(Lecturer::candidate).forEach(lecturers::add);
        return this;
    }

    private Ranking ranking() {
        UUID any = UUID.randomUUID();
        return new Ranking(
                new Occupancy(
                        at("20 08:00"),
                        SHANGHAI,
                        place(HERE),
                        90,
                        branchBusy,
                        branchLastVisit,
                        lecturers,
                        halls,
                        calendar,
                        MONDAY.minusDays(1),
                        MONDAY.plusDays(8)),
                new SearchRequest(
                        any,
                        any,
                        Instant.ofEpochSecond(at("23 00:00")),
                        Instant.ofEpochSecond(at("30 00:00")),
                        duration,
                        format,
                        null,
                        null,
                        null,
                        headCount,
                        null,
                        Set.of(),
                        false,
                        assumed),
                lectures,
                travel,
                Map.of("municipal", 4, "provincial", -6),
                ALL_DAY);
    }

    private List<FreeSlot> best(String... starts) {
        return best(NONE, 50, 50, false, starts);
    }

    private List<FreeSlot> best(
            Preference preference, int limit, int perLecturer, boolean onePerDay, String... starts) {
        return ranking()
                .best(Stream.of(starts).map(RankingTest::at).toList(), preference, limit, perLecturer, onePerDay);
    }

    /** The proposed ones of these start times, each requested separately. */
    private List<String> proposed(String... starts) {
        return Stream.of(starts).filter(start -> !best(start).isEmpty()).toList();
    }

    private static Reason reason(FreeSlot slot, Kind kind) {
        return slot.reasons().stream()
                .filter(each -> each.kind() == kind)
                .findFirst()
                .orElseThrow();
    }

    private int points(Kind kind, String start) {
        return reason(best(start).getFirst(), kind).points();
    }

    @Test
    void slot_namesLecturerVenueAndTime() {
        given(lecturer("L-1"));

        assertThat(best("23 10:00")).singleElement().satisfies(slot -> {
            assertThat(slot.lecturer().code()).isEqualTo("L-1");
            assertThat(slot.venue()).isEqualTo(halls.getFirst().venue());
            assertThat(slot.start()).isEqualTo("2026-11-23T02:00:00Z");
            assertThat(slot.end()).isEqualTo("2026-11-23T03:00:00Z");
        });
    }

    @Test
    void score_isAHundredAndThePointsOfAllReasons() {
        given(
                lecturer("L-1").tier("provincial").lastVisit(at("23 00:00") - 6 * 86_400),
                lecturer("L-2").engaged("25 08:00", "25 09:00", null));

        assertThat(best("23 10:00"))
                .hasSize(2)
                .allSatisfy(slot -> assertThat(slot.score())
                        .isEqualTo(100
                                + slot.reasons().stream()
                                        .mapToInt(Reason::points)
                                        .sum()));
        assertThat(best("23 10:00")).extracting(FreeSlot::score).containsExactly(108, 86);
    }

    @Test
    void lectureWithoutDuration_lastsAsLongAsItsTopic() {
        duration = null;
        given(lecturer("L-1"));

        assertThat(best("23 10:00").getFirst().end()).isEqualTo("2026-11-23T03:30:00Z");
        assertThat(ranking().length()).isEqualTo(5400);
    }

    @ParameterizedTest(name = "{0} minutes: {1} points")
    @CsvSource({"0, 0", "5, 0", "6, -1", "11, -1", "12, -2", "239, -39", "240, -40", "600, -40"})
    void travel_costsAPointEverySixMinutesUpToForty(int minutes, int points) {
        travel = Distances.between(HERE, THERE, minutes);
        given(lecturer("L-1").engaged("23 00:00", "23 01:00", place(THERE)));

        assertThat(points(Kind.TRAVEL, "23 20:00")).isEqualTo(points);
    }

    @Test
    void travelBothWays_countsOnTheSameDay() {
        travel = Distances.between(HERE, THERE, 60);
        given(lecturer("L-1")
                .engaged("23 08:00", "23 09:00", place(THERE))
                .engaged("23 18:00", "23 19:00", place(THERE)));

        assertThat(points(Kind.TRAVEL, "23 12:00")).isEqualTo(-20);
        assertThat(points(Kind.TRAVEL, "23 20:00")).isEqualTo(-10);
        assertThat(points(Kind.TRAVEL, "22 12:00")).isZero();
        assertThat(points(Kind.TRAVEL, "24 12:00")).isZero();
    }

    @Test
    void travelFromHome_countsBeforeTheFirstLectureOfADay() {
        halls.set(0, hall("V-1", true, null, List.of(), Intervals.NEVER, Distances.kilometresNorth(0)));
        given(lecturer("L-1")
                .home(Distances.kilometresNorth(30))
                .engaged("23 08:00", "23 09:00", Distances.kilometresNorth(12)));

        assertThat(points(Kind.TRAVEL, "23 12:00")).isEqualTo(-2);
        assertThat(points(Kind.TRAVEL, "24 12:00")).isEqualTo(-5);
    }

    @ParameterizedTest(name = "own lectures {0}, of the other {1}: {2} points")
    @CsvSource({"0, 0, 0", "0, 2, 3", "2, 0, -3", "1, 0, -1", "0, 1, 1", "0, 10, 15", "0, 12, 15", "12, 0, -15"})
    void load_isThreePointsALectureFromTheAverageUpToFifteen(int own, int others, int points) {
        Lecturer mine = lecturer("L-1");
        Lecturer other = lecturer("L-2");
        for (int i = 0; i < own; i++) {
            mine.engaged("24 %02d:00".formatted(8 + i), "24 %02d:30".formatted(8 + i), null);
        }
        for (int i = 0; i < others; i++) {
            other.engaged("24 %02d:00".formatted(8 + i), "24 %02d:30".formatted(8 + i), null);
        }
        given(mine, other);

        FreeSlot slot = best("23 10:00").stream()
                .filter(each -> each.lecturer().code().equals("L-1"))
                .findFirst()
                .orElseThrow();
        assertThat(reason(slot, Kind.LOAD)).isEqualTo(Reason.of(Kind.LOAD, points, "load", own, (own + others) / 2.0));
    }

    @Test
    void load_isThatOfTheRangeOnly() {
        given(
                lecturer("L-1").engaged("22 08:00", "22 09:00", null).engaged("30 00:00", "30 01:00", null),
                lecturer("L-2"));

        assertThat(points(Kind.LOAD, "23 10:00")).isZero();
    }

    @ParameterizedTest
    @CsvSource({"municipal, 4", "provincial, -6", "unheard-of, 0"})
    void tier_hasThePointsThatAreConfigured(String tier, int points) {
        given(lecturer("L-1").tier(tier));

        assertThat(points(Kind.TIER, "23 10:00")).isEqualTo(points);
    }

    @ParameterizedTest(name = "{0} days ago: {1} points")
    @CsvSource({"0, -15", "1, -14", "12, -14", "13, -13", "168, -1", "169, 0", "179, 0", "180, 0", "400, 0"})
    void recentVisit_costsUpToFifteenPointsForHalfAYear(int days, int points) {
        given(lecturer("L-1").lastVisit(at("23 00:00") - days * 86_400L));
        branchLastVisit = at("23 00:00") - 86_400;

        assertThat(reason(best("23 10:00").getFirst(), Kind.LAST_VISIT))
                .isEqualTo(Reason.of(Kind.LAST_VISIT, points, "last-visit", days, 1));
    }

    @Test
    void firstVisit_costsNothing() {
        given(lecturer("L-1"));

        assertThat(reason(best("23 10:00").getFirst(), Kind.LAST_VISIT))
                .isEqualTo(Reason.of(Kind.LAST_VISIT, 0, "last-visit", -1, -1));
    }

    @Test
    void roomOfTheBranch_isWorthFivePoints() {
        halls.addFirst(hall("V-0", false, 200));
        given(lecturer("L-1"));

        FreeSlot own = best("23 10:00").getFirst();
        halls.removeLast();
        FreeSlot other = best("23 10:00").getFirst();

        assertThat(reason(own, Kind.VENUE)).isEqualTo(Reason.of(Kind.VENUE, 5, "venue.own", 0, 0));
        assertThat(reason(other, Kind.VENUE)).isEqualTo(Reason.of(Kind.VENUE, 0, "venue.hall", 200, 0));
    }

    @Test
    void equalScores_areInTheOrderOfStartThenCode() {
        given(lecturer("L-2"), lecturer("L-1"));

        assertThat(best("23 10:00", "23 12:00"))
                .extracting(slot -> slot.lecturer().code() + " " + slot.start())
                .containsExactly(
                        "L-1 2026-11-23T02:00:00Z",
                        "L-2 2026-11-23T02:00:00Z",
                        "L-1 2026-11-23T04:00:00Z",
                        "L-2 2026-11-23T04:00:00Z");
    }

    @Test
    void preference_isOneReasonOfTheScore() {
        given(lecturer("L-1"));
        Preference late = new Preference() {
            @Override
            public int points(Candidate candidate, @Nullable Hall hall, long start) {
                return start == at("23 12:00") ? 7 : 0;
            }

            @Override
            public Reason reason(Candidate candidate, @Nullable Hall hall, long start) {
                return Reason.of(Kind.INSTEAD, points(candidate, hall, start), "instead.other-time");
            }
        };

        List<FreeSlot> found = best(late, 50, 50, false, "23 10:00", "23 12:00");

        assertThat(found).extracting(FreeSlot::score).containsExactly(116, 109);
        assertThat(found.getFirst().start()).isEqualTo("2026-11-23T04:00:00Z");
        assertThat(reason(found.getFirst(), Kind.INSTEAD).points()).isEqualTo(7);
    }

    @Test
    void touchingLectures_doNotConflict() {
        given(lecturer("L-1").engaged("23 10:00", "23 11:00", null));

        assertThat(proposed("23 09:00", "23 09:01", "23 10:00", "23 10:59", "23 11:00"))
                .containsExactly("23 09:00", "23 11:00");
    }

    @Test
    void buffers_keepTheirDistanceFromOtherLectures() {
        lectures = new Lectures(Duration.ofMinutes(30), Duration.ofMinutes(15));
        given(lecturer("L-1").engaged("23 10:00", "23 11:00", null));

        assertThat(proposed("23 08:45", "23 08:46", "23 11:29", "23 11:30")).containsExactly("23 08:45", "23 11:30");
    }

    @Test
    void branchThatIsBusy_isNotVisited() {
        branchBusy = Intervals.of(List.of(new Interval(at("23 10:00"), at("23 11:00"))));
        given(lecturer("L-1"));

        assertThat(proposed("23 09:00", "23 09:01", "23 10:59", "23 11:00")).containsExactly("23 09:00", "23 11:00");
    }

    @Test
    void venueThatIsTaken_isNotProposed() {
        halls.set(
                0,
                hall(
                        "V-1",
                        true,
                        null,
                        List.of(),
                        Intervals.of(List.of(new Interval(at("23 10:00"), at("23 11:00")))),
                        place(HERE)));
        given(lecturer("L-1"));

        assertThat(proposed("23 09:00", "23 09:01", "23 10:59", "23 11:00")).containsExactly("23 09:00", "23 11:00");
    }

    @Test
    void closedVenue_isNotProposedButNeedsNoTimeForBuffers() {
        lectures = new Lectures(Duration.ofMinutes(30), Duration.ofMinutes(15));
        halls.set(0, hall("V-1", true, null, List.of(new Span(540, 720)), Intervals.NEVER, place(HERE)));
        given(lecturer("L-1"));

        assertThat(proposed("23 08:59", "23 09:00", "23 11:00", "23 11:01", "24 10:00"))
                .containsExactly("23 09:00", "23 11:00");
    }

    @ParameterizedTest(name = "{0} expected, {1} seats: {2}")
    @CsvSource(
            nullValues = "-",
            value = {"31, 30, false", "30, 30, true", "-, 30, true", "31, -, true"})
    void venueThatIsTooSmall_isNotProposed(@Nullable Integer heads, @Nullable Integer capacity, boolean proposed) {
        headCount = heads;
        halls.set(0, hall("V-1", true, capacity));
        given(lecturer("L-1"));

        assertThat(best("23 10:00").isEmpty()).isEqualTo(!proposed);
    }

    @Test
    void lecturersWindows_coverTheLectureButNotItsBuffers() {
        lectures = new Lectures(Duration.ofMinutes(30), Duration.ofMinutes(15));
        given(lecturer("L-1").weekly(new Span(540, 720)));

        assertThat(proposed("23 08:59", "23 09:00", "23 11:00", "23 11:01", "24 10:00"))
                .containsExactly("23 09:00", "23 11:00");
    }

    @Test
    void blackout_isHalfOpen() {
        given(lecturer("L-1").blackout("23 10:00", "23 11:00"));

        assertThat(proposed("23 09:00", "23 09:01", "23 10:59", "23 11:00")).containsExactly("23 09:00", "23 11:00");
    }

    @Test
    void notice_isCountedFromNow() {
        given(lecturer("L-1").notice(74));

        assertThat(proposed("23 09:59", "23 10:00")).containsExactly("23 10:00");
    }

    @Test
    void dailyLimit_closesTheDayOnly() {
        given(lecturer("L-1")
                .limits(2, null)
                .engaged("23 08:00", "23 09:00", null)
                .engaged("23 10:00", "23 11:00", null)
                .engaged("24 10:00", "24 11:00", null));

        assertThat(proposed("23 20:00", "24 20:00", "25 20:00")).containsExactly("24 20:00", "25 20:00");
    }

    @Test
    void assumedDailyLimit_closesTheDayOfLecturersWithoutOne() {
        assumed = new Assumed(List.of(), 1);
        given(lecturer("L-1").engaged("23 09:00", "23 10:00", null));

        assertThat(proposed("23 14:00", "24 09:00")).containsExactly("24 09:00");
    }

    @Test
    void assumedDailyLimit_yieldsToTheLecturersOwn() {
        assumed = new Assumed(List.of(), 1);
        given(lecturer("L-1").limits(2, null).engaged("23 09:00", "23 10:00", null));

        assertThat(proposed("23 14:00")).containsExactly("23 14:00");
    }

    @Test
    void weeklyLimit_closesTheWeekFromMondayToSunday() {
        given(lecturer("L-1")
                .limits(null, 1)
                .engaged("22 20:00", "22 21:00", null)
                .engaged("29 23:00", "29 23:30", null));

        assertThat(proposed("23 00:00", "29 10:00", "30 00:00")).containsExactly("30 00:00");
    }

    @Test
    void publicHoliday_hasNoLectures() {
        calendar = CalendarDays.announcedFor(2026).holiday("2026-11-24").days();
        given(lecturer("L-1"));

        assertThat(proposed("23 23:59", "24 00:00", "24 23:59", "25 00:00")).containsExactly("23 23:59", "25 00:00");
    }

    @Test
    void yearWithoutAnnouncedHolidays_isReported() {
        given(lecturer("L-1"));
        assertThat(best("23 10:00").getFirst().reasons())
                .extracting(Reason::kind)
                .containsExactly(Kind.SOONER, Kind.TRAVEL, Kind.LOAD, Kind.TIER, Kind.LAST_VISIT, Kind.VENUE);
        calendar = CalendarDays.announcedFor(2025).days();

        assertThat(reason(best("23 10:00").getFirst(), Kind.CALENDAR))
                .isEqualTo(Reason.of(Kind.CALENDAR, 0, "calendar", "2026"));
    }

    @Test
    void gapBetweenLectures_leavesTimeForTravel() {
        travel = Distances.between(HERE, THERE, 40);
        given(lecturer("L-1")
                .engaged("23 08:00", "23 09:00", place(THERE))
                .engaged("23 12:00", "23 13:00", place(THERE)));

        assertThat(proposed("23 09:39", "23 09:40", "23 10:20", "23 10:21")).containsExactly("23 09:40", "23 10:20");
    }

    @Test
    void travel_needsOneFreeStretchAroundRemoteLectures() {
        travel = Distances.between(HERE, THERE, 40);
        given(lecturer("L-1").engaged("23 08:00", "23 09:00", place(THERE)).engaged("23 09:30", "23 10:30", null));

        assertThat(proposed("23 11:00", "23 11:09", "23 11:10")).containsExactly("23 11:10");
    }

    @Test
    void remoteLecture_needsNoVenueAndNoTravel() {
        format = "broadcast";
        halls.clear();
        given(lecturer("L-1").home(Distances.kilometresNorth(30)));

        assertThat(best("23 10:00")).singleElement().satisfies(slot -> {
            assertThat(slot.venue()).isNull();
            assertThat(slot.score()).isEqualTo(104);
            assertThat(slot.reasons()).extracting(Reason::kind).doesNotContain(Kind.VENUE);
            assertThat(reason(slot, Kind.TRAVEL).points()).isZero();
        });
    }

    @Test
    void remoteLecture_leavesTimeBetweenTwoOtherPlaces() {
        format = "broadcast";
        halls.clear();
        travel = Distances.between(HERE, THERE, 40);
        given(lecturer("L-1")
                .engaged("23 08:00", "23 09:00", place(HERE))
                .engaged("23 11:00", "23 12:00", place(THERE)));

        assertThat(proposed("23 09:00", "23 09:20", "23 09:21", "23 09:39", "23 09:40", "23 10:00"))
                .containsExactly("23 09:00", "23 09:20", "23 09:40", "23 10:00");
    }

    @Test
    void lectureThatNeedsAVenue_isNotProposedWithoutOne() {
        halls.clear();
        given(lecturer("L-1"));

        assertThat(best("23 10:00")).isEmpty();
    }

    @Test
    void onePerDay_proposesTheBestOfEachDay() {
        given(lecturer("L-1"));

        assertThat(best(NONE, 50, 50, true, "23 10:00", "23 14:00", "24 09:00", "24 10:00"))
                .extracting(slot -> slot.start().toString())
                .containsExactly("2026-11-23T02:00:00Z", "2026-11-24T01:00:00Z");
    }

    @Test
    void proposalsOfOneLecturer_doNotOverlap() {
        given(lecturer("L-1"));

        assertThat(best("23 10:00", "23 10:30", "23 11:00", "23 11:30"))
                .extracting(slot -> slot.start().toString())
                .containsExactly("2026-11-23T02:00:00Z", "2026-11-23T03:00:00Z");
    }

    @Test
    void proposals_areLimitedPerLecturerAndInAll() {
        given(lecturer("L-1"), lecturer("L-2"));
        String[] starts = {"23 08:00", "23 10:00", "23 12:00"};

        assertThat(best(NONE, 50, 2, false, starts)).hasSize(4);
        assertThat(best(NONE, 3, 2, false, starts))
                .extracting(slot -> slot.lecturer().code() + " " + slot.start())
                .containsExactly("L-1 2026-11-23T00:00:00Z", "L-2 2026-11-23T00:00:00Z", "L-1 2026-11-23T02:00:00Z");
    }

    @Test
    void noLecturers_meansNoProposals() {
        assertThat(best("23 10:00")).isEmpty();
    }
}
