package org.lectern.scheduler.schedule.search;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.schedule.BookingConditions;
import org.lectern.scheduler.schedule.FreeSlot;
import org.lectern.scheduler.schedule.FreeSlot.Kind;
import org.lectern.scheduler.schedule.FreeSlot.Reason;
import org.lectern.scheduler.schedule.Intervals;
import org.lectern.scheduler.schedule.LectureRules;
import org.lectern.scheduler.schedule.LecturerSchedule;
import org.lectern.scheduler.schedule.Occupancy;
import org.lectern.scheduler.schedule.Occupancy.Candidate;
import org.lectern.scheduler.schedule.Occupancy.Engagement;
import org.lectern.scheduler.schedule.Occupancy.Hall;
import org.lectern.scheduler.schedule.Span;
import org.lectern.scheduler.schedule.travel.Location;
import org.lectern.scheduler.schedule.travel.TravelTimes;

/**
 * Finds and ranks possible lectures. Pure: equal input gives an equal answer. Every proposal keeps the rules of
 * {@link BookingConditions} and has no conflict.
 *
 * <p>A slot scores 100 plus the points of its reasons. The answer reports all reasons:
 *
 * <ul>
 *   <li>travel: −1 per 6 minutes from the previous lecture (or home) and to the next lecture of that day
 *   <li>load: ±3 per lecture in the range that the lecturer has less or more than the average of the candidates
 *   <li>tier: as configured; scarce tiers are spared
 *   <li>last visit: up to −15 if the lecturer visited the branch within half a year
 *   <li>venue: +5 for a room of the branch
 *   <li>preference of the search: earlier, or nearer to the proposed time
 * </ul>
 *
 * <p>Equal scores are ordered by start, then by the lecturer's code.
 */
final class Ranking {

    private static final int BASE = 100;
    private static final int MINUTES_PER_POINT = 6;
    private static final int LONGEST_TRAVEL_COUNTED = 240;
    private static final int POINTS_PER_LECTURE = 3;
    private static final int MOST_POINTS_FOR_LOAD = 15;
    private static final int DAYS_A_VISIT_COUNTS = 180;
    private static final int OWN_ROOM = 5;
    /** The free venues considered for a start, nearest first, beside the branch's own rooms. */
    private static final int MOST_OTHER_HALLS = 6;

    private static final Span ALL_DAY = new Span(0, Span.DAY);

    private final Occupancy occupancy;
    private final SearchRequest wanted;
    private final TravelTimes travel;
    private final Map<String, Integer> tierPoints;
    private final Span usual;
    private final long length;
    private final long setup;
    private final long teardown;
    private final boolean remote;
    private final Map<ZoneId, Map<Long, LocalDate>> dates = new HashMap<>();
    private final long totalLoad;

    Ranking(
            Occupancy occupancy,
            SearchRequest wanted,
            LectureRules rules,
            TravelTimes travel,
            Map<String, Integer> tierPoints,
            Span usual) {
        this.occupancy = occupancy;
        this.wanted = wanted;
        this.travel = travel;
        this.tierPoints = tierPoints;
        this.usual = usual;
        Duration duration = wanted.duration();
        length = duration == null ? occupancy.minutes() * 60L : duration.toSeconds();
        setup = rules.setup(wanted.format()).toSeconds();
        teardown = rules.teardown(wanted.format()).toSeconds();
        remote = rules.isRemote(wanted.format());
        totalLoad = occupancy.lecturers().stream().mapToLong(this::load).sum();
    }

    /** The preference of a search beyond the common criteria. */
    interface Preference {

        /** The points only: computed for every possibility. The reason is built for the best ones only. */
        int points(Candidate candidate, @Nullable Hall hall, long start);

        Reason reason(Candidate candidate, @Nullable Hall hall, long start);
    }

    long length() {
        return length;
    }

    /**
     * A time at which the branch and some venues are free.
     *
     * @param halls indexes of the venues in the list of all
     */
    private record Opening(long start, long end, long occupiedFrom, long occupiedUntil, int[] halls) {}

    private record Choice(Candidate candidate, @Nullable Hall hall, Opening opening, int score, int minutes) {}

    private static final Comparator<Choice> BEST_FIRST = Comparator.comparingInt(Choice::score)
            .reversed()
            .thenComparingLong(choice -> choice.opening().start())
            .thenComparing(choice -> choice.candidate().lecturer().code())
            .thenComparing(
                    choice -> choice.hall() == null ? "" : choice.hall().venue().code());

    /**
     * The best slots.
     *
     * @param starts in order
     * @param perLecturer the maximum number per lecturer
     * @param onePerDay whether slots of one lecturer are on different days; otherwise they only do not overlap
     */
    List<FreeSlot> best(List<Long> starts, Preference preference, int limit, int perLecturer, boolean onePerDay) {
        List<Opening> openings = openings(starts);
        List<Choice> all = new ArrayList<>();
        for (Candidate candidate : occupancy.lecturers()) {
            List<Choice> sorted = choices(candidate, openings, preference, onePerDay);
            sorted.sort(BEST_FIRST);
            List<Choice> taken = new ArrayList<>();
            for (Choice choice : sorted) {
                if (taken.size() < perLecturer && taken.stream().noneMatch(other -> overlap(other, choice))) {
                    taken.add(choice);
                }
            }
            all.addAll(taken);
        }
        all.sort(BEST_FIRST);
        return all.stream().limit(limit).map(choice -> slot(choice, preference)).toList();
    }

    private static boolean overlap(Choice a, Choice b) {
        return a.opening().start() < b.opening().end()
                && b.opening().start() < a.opening().end();
    }

    /** Filters by what is independent of the lecturer: branch, venues and calendar. */
    private List<Opening> openings(List<Long> starts) {
        if (wanted.placed()) {
            int[] there = IntStream.range(0, occupancy.halls().size()).toArray();
            return starts.stream()
                    .map(start -> new Opening(start, start + length, start - setup, start + length + teardown, there))
                    .toList();
        }
        Map<Hall, Intervals> open = new HashMap<>();
        for (Hall hall : occupancy.halls()) {
            Integer capacity = hall.capacity();
            Integer heads = wanted.headCount();
            if (heads == null || capacity == null || heads <= capacity) {
                open.put(hall, hall.hours().open(occupancy.first(), occupancy.last(), occupancy.calendar(), ALL_DAY));
            }
        }
        List<Opening> openings = new ArrayList<>();
        for (long start : starts) {
            long end = start + length;
            long from = start - setup;
            long until = end + teardown;
            if (occupancy.branchBusy().touch(from, until)
                    || occupancy.calendar().on(date(occupancy.zone(), start)).publicHoliday()) {
                continue;
            }
            int[] halls = new int[occupancy.halls().size()];
            int free = 0;
            int others = 0;
            for (int i = 0; i < halls.length; i++) {
                Hall hall = occupancy.halls().get(i);
                Intervals hours = open.get(hall);
                if (hours != null && hours.cover(start, end) && !hall.busy().touch(from, until)) {
                    halls[free++] = i;
                    others += hall.ofTheBranch() ? 0 : 1;
                    if (others == MOST_OTHER_HALLS) {
                        break;
                    }
                }
            }
            halls = Arrays.copyOf(halls, free);
            if (remote || free > 0) {
                openings.add(new Opening(start, end, from, until, halls));
            }
        }
        return openings;
    }

    /**
     * The best choice per day or per start. It evaluates every possibility, so it allocates only numbers. Ties go to
     * the earlier start, then to the first venue.
     */
    private List<Choice> choices(
            Candidate candidate, List<Opening> openings, Preference preference, boolean onePerDay) {
        LecturerSchedule schedule = candidate.schedule();
        ZoneId zone = schedule.hours().zone();
        Intervals open = schedule.hours().open(occupancy.first(), occupancy.last(), occupancy.calendar(), usual);
        Limits limits = new Limits(candidate);
        List<Engagement> engagements = candidate.engagements();
        Ways ways = new Ways(candidate);
        int fixed = BASE + loadPoints(candidate) + tierPoints(candidate) + lastVisitPoints(candidate);
        List<Choice> best = new ArrayList<>();
        Best current = new Best();
        LocalDate day = null;
        int next = 0;
        for (Opening opening : openings) {
            while (next < engagements.size() && engagements.get(next).occupiedFrom() < opening.occupiedFrom()) {
                next++;
            }
            if ((next > 0 && engagements.get(next - 1).occupiedUntil() > opening.occupiedFrom())
                    || (next < engagements.size() && engagements.get(next).occupiedFrom() < opening.occupiedUntil())
                    || !open.cover(opening.start(), opening.end())
                    || schedule.blackouts().touch(opening.start(), opening.end())
                    || !schedule.noticed(opening.start(), occupancy.now())) {
                continue;
            }
            LocalDate date = date(zone, opening.start());
            if (limits.reached(date)) {
                continue;
            }
            if (!onePerDay || !date.equals(day)) {
                current.into(candidate, best);
                day = date;
            }
            Leg before = before(engagements, next, opening.occupiedFrom());
            Leg after = after(engagements, next, opening.occupiedUntil());
            boolean fromThere =
                    before != null && date(zone, before.lecture().start()).equals(date);
            boolean onToThere =
                    after != null && date(zone, after.lecture().start()).equals(date);
            if (opening.halls().length == 0) {
                boolean inTime = before == null
                        || after == null
                        || minutes(before.spot(), after.spot()) * 60L <= Math.max(before.free(), after.free());
                if (inTime) {
                    current.consider(opening, -1, fixed + preference.points(candidate, null, opening.start()), 0);
                }
                continue;
            }
            for (int hall : opening.halls()) {
                int there = before == null ? 0 : ways.between(before, hall);
                int onward = after == null ? 0 : ways.between(after, hall);
                if ((before != null && there * 60L > before.free()) || (after != null && onward * 60L > after.free())) {
                    continue;
                }
                int minutes = (fromThere ? there : ways.fromHome(hall)) + (onToThere ? onward : 0);
                Hall where = occupancy.halls().get(hall);
                int score = fixed
                        + travelPoints(minutes)
                        + venuePoints(where)
                        + preference.points(candidate, where, opening.start());
                current.consider(opening, hall, score, minutes);
            }
        }
        current.into(candidate, best);
        return best;
    }

    /** The best possibility so far. */
    private final class Best {

        private @Nullable Opening opening;
        private int hall;
        private int score;
        private int minutes;

        void consider(Opening possible, int where, int points, int onTheRoad) {
            if (opening == null || points > score) {
                opening = possible;
                hall = where;
                score = points;
                minutes = onTheRoad;
            }
        }

        /** Adds the best possibility, if any, and resets. */
        void into(Candidate candidate, List<Choice> choices) {
            Opening found = opening;
            if (found != null) {
                choices.add(new Choice(
                        candidate, hall < 0 ? null : occupancy.halls().get(hall), found, score, minutes));
            }
            opening = null;
        }
    }

    /** Travel minutes between the venues and a lecturer's other locations, each computed once. */
    private final class Ways {

        private static final int UNKNOWN = -1;

        private final Candidate candidate;
        private final int[] home = unknown();
        private final Map<Engagement, int[]> others = new IdentityHashMap<>();

        Ways(Candidate candidate) {
            this.candidate = candidate;
        }

        int fromHome(int hall) {
            if (home[hall] == UNKNOWN) {
                home[hall] =
                        minutes(candidate.home(), occupancy.halls().get(hall).spot());
            }
            return home[hall];
        }

        int between(Leg leg, int hall) {
            int[] minutes = others.computeIfAbsent(leg.lecture(), each -> unknown());
            if (minutes[hall] == UNKNOWN) {
                minutes[hall] = minutes(leg.spot(), occupancy.halls().get(hall).spot());
            }
            return minutes[hall];
        }

        private int minutes(@Nullable Location from, @Nullable Location to) {
            return Ranking.this.minutes(from, to);
        }

        private int[] unknown() {
            int[] minutes = new int[occupancy.halls().size()];
            Arrays.fill(minutes, UNKNOWN);
            return minutes;
        }
    }

    /**
     * The nearest lecture with a location, before or after an opening, and the longest free stretch in between.
     * Lectures without a location may interrupt the journey, but the travel itself takes place in one stretch.
     */
    private record Leg(Engagement lecture, Location spot, long free) {}

    private static @Nullable Leg before(List<Engagement> engagements, int next, long from) {
        long free = 0;
        long end = from;
        for (int i = next - 1; i >= 0; i--) {
            Engagement each = engagements.get(i);
            free = Math.max(free, end - each.occupiedUntil());
            Location spot = each.spot();
            if (spot != null) {
                return new Leg(each, spot, free);
            }
            end = each.occupiedFrom();
        }
        return null;
    }

    private static @Nullable Leg after(List<Engagement> engagements, int next, long until) {
        long free = 0;
        long start = until;
        for (int i = next; i < engagements.size(); i++) {
            Engagement each = engagements.get(i);
            free = Math.max(free, each.occupiedFrom() - start);
            Location spot = each.spot();
            if (spot != null) {
                return new Leg(each, spot, free);
            }
            start = each.occupiedUntil();
        }
        return null;
    }

    /** An unknown travel time counts as 0. */
    private int minutes(@Nullable Location from, @Nullable Location to) {
        return travel.minutes(from, to).orElse(0);
    }

    /** A lecturer's lectures per day and week, if limits apply. */
    private final class Limits {

        private final @Nullable Integer perDay;
        private final @Nullable Integer perWeek;
        private final Map<LocalDate, Integer> days = new HashMap<>();
        private final Map<LocalDate, Integer> weeks = new HashMap<>();

        Limits(Candidate candidate) {
            LecturerSchedule schedule = candidate.schedule();
            perDay = schedule.lecturesPerDay() == null ? wanted.assumed().perDay() : schedule.lecturesPerDay();
            perWeek = schedule.lecturesPerWeek();
            if (perDay != null || perWeek != null) {
                for (Engagement engagement : candidate.engagements()) {
                    LocalDate date = date(schedule.hours().zone(), engagement.start());
                    days.merge(date, 1, Integer::sum);
                    weeks.merge(BookingConditions.monday(date), 1, Integer::sum);
                }
            }
        }

        boolean reached(LocalDate date) {
            return (perDay != null && days.getOrDefault(date, 0) >= perDay)
                    || (perWeek != null && weeks.getOrDefault(BookingConditions.monday(date), 0) >= perWeek);
        }
    }

    private FreeSlot slot(Choice choice, Preference preference) {
        Candidate candidate = choice.candidate();
        Opening opening = choice.opening();
        Hall hall = choice.hall();
        List<Reason> reasons = new ArrayList<>();
        reasons.add(preference.reason(candidate, hall, opening.start()));
        reasons.add(Reason.of(Kind.TRAVEL, travelPoints(choice.minutes()), "travel", choice.minutes()));
        reasons.add(Reason.of(
                Kind.LOAD,
                loadPoints(candidate),
                "load",
                load(candidate),
                totalLoad / (double) Math.max(1, occupancy.lecturers().size())));
        reasons.add(Reason.of(
                Kind.TIER, tierPoints(candidate), "tier", candidate.lecturer().tier()));
        reasons.add(Reason.of(
                Kind.LAST_VISIT,
                lastVisitPoints(candidate),
                "last-visit",
                daysSince(candidate.lastVisit()),
                daysSince(occupancy.branchLastVisit())));
        if (hall != null) {
            Integer capacity = hall.capacity();
            reasons.add(Reason.of(
                    Kind.VENUE,
                    venuePoints(hall),
                    hall.ofTheBranch() ? "venue.own" : "venue.hall",
                    capacity == null ? 0 : capacity,
                    minutes(occupancy.branchSpot(), hall.spot())));
        }
        LocalDate date = date(occupancy.zone(), opening.start());
        if (!occupancy.calendar().on(date).announced()) {
            reasons.add(Reason.of(Kind.CALENDAR, 0, "calendar", Integer.toString(date.getYear())));
        }
        return new FreeSlot(
                candidate.lecturer(),
                hall == null ? null : hall.venue(),
                Instant.ofEpochSecond(opening.start()),
                Instant.ofEpochSecond(opening.end()),
                choice.score(),
                reasons);
    }

    private static int travelPoints(int minutes) {
        return -Math.min(minutes, LONGEST_TRAVEL_COUNTED) / MINUTES_PER_POINT;
    }

    private int load(Candidate candidate) {
        int load = 0;
        for (Engagement each : candidate.engagements()) {
            if (each.start() >= wanted.from().getEpochSecond()
                    && each.start() < wanted.until().getEpochSecond()) {
                load++;
            }
        }
        return load;
    }

    private int loadPoints(Candidate candidate) {
        int size = Math.max(1, occupancy.lecturers().size());
        long points = (totalLoad - (long) load(candidate) * size) * POINTS_PER_LECTURE / size;
        return Math.clamp(points, -MOST_POINTS_FOR_LOAD, MOST_POINTS_FOR_LOAD);
    }

    private int tierPoints(Candidate candidate) {
        return tierPoints.getOrDefault(candidate.lecturer().tier(), 0);
    }

    private int lastVisitPoints(Candidate candidate) {
        int days = daysSince(candidate.lastVisit());
        return days < 0 || days >= DAYS_A_VISIT_COUNTS ? 0 : -(DAYS_A_VISIT_COUNTS - days) / 12;
    }

    /** Whole days from a visit to the start of the range; -1 when there was none. */
    private int daysSince(@Nullable Long visit) {
        return visit == null ? -1 : (int) ((wanted.from().getEpochSecond() - visit) / 86_400);
    }

    private static int venuePoints(@Nullable Hall hall) {
        return hall != null && hall.ofTheBranch() ? OWN_ROOM : 0;
    }

    private LocalDate date(ZoneId zone, long moment) {
        return dates.computeIfAbsent(zone, each -> new HashMap<>())
                .computeIfAbsent(
                        moment, each -> Instant.ofEpochSecond(each).atZone(zone).toLocalDate());
    }
}
