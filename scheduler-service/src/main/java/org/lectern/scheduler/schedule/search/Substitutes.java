package org.lectern.scheduler.schedule.search;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.schedule.AvailabilityConfig;
import org.lectern.scheduler.schedule.BookingConditions;
import org.lectern.scheduler.schedule.FreeSlot;
import org.lectern.scheduler.schedule.FreeSlot.Kind;
import org.lectern.scheduler.schedule.FreeSlot.Lecturer;
import org.lectern.scheduler.schedule.FreeSlot.Reason;
import org.lectern.scheduler.schedule.LectureRules;
import org.lectern.scheduler.schedule.Occupancy;
import org.lectern.scheduler.schedule.Occupancy.Candidate;
import org.lectern.scheduler.schedule.Occupancy.Engagement;
import org.lectern.scheduler.schedule.Occupancy.Hall;
import org.lectern.scheduler.schedule.Schedules;
import org.lectern.scheduler.schedule.search.Ranking.Preference;
import org.lectern.scheduler.schedule.travel.Travel;

/**
 * Spreads lectures that need another lecturer over all who could take them. Who takes a lecture keeps windows,
 * blackouts, limits, notice and travel, also with all other lectures that the same proposal gives to them. The lecturer
 * with the fewest of these lectures comes first, then the better score of {@link Ranking}.
 */
@ApplicationScoped
public class Substitutes {

    /** The load of a lecturer is counted over the ISO week of the lecture. */
    private static final int DAYS = 7;

    private final OccupancyReader reader;
    private final LectureRules rules;
    private final Travel travel;
    private final Schedules schedules;
    private final AvailabilityConfig config;

    @Inject
    Substitutes(
            OccupancyReader reader, LectureRules rules, Travel travel, Schedules schedules, AvailabilityConfig config) {
        this.reader = reader;
        this.rules = rules;
        this.travel = travel;
        this.schedules = schedules;
        this.config = config;
    }

    /**
     * A lecture that stays where and when it is.
     *
     * @param among the lecturers to choose from; empty for all on the topic
     */
    public record Lecture(
            Set<UUID> among,
            UUID bookingId,
            UUID lecturerId,
            UUID topicId,
            UUID branchId,
            @Nullable UUID venueId,
            String format,
            Instant start,
            Instant end,
            ZoneId zone) {}

    /**
     * Who takes a lecture.
     *
     * @param chosen null when no lecturer can take it
     * @param others who could take it instead, besides everything else that is proposed; best first
     */
    public record Choice(@Nullable Lecturer chosen, List<Lecturer> others) {}

    /**
     * A fair spread, by booking.
     *
     * @param refused lecturers that must not be proposed for a booking
     * @param mostOthers of each lecture
     */
    public Map<UUID, Choice> spread(List<Lecture> lectures, Map<UUID, Set<UUID>> refused, int mostOthers) {
        List<Task> tasks = new ArrayList<>();
        for (Lecture lecture : lectures) {
            tasks.add(new Task(lecture, read(lecture, refused.getOrDefault(lecture.bookingId(), Set.of()))));
        }
        var plan = new Plan(tasks);
        plan.assign();
        plan.balance();
        Map<UUID, Choice> choices = new LinkedHashMap<>();
        for (Task task : tasks) {
            choices.put(
                    task.lecture.bookingId(),
                    new Choice(
                            task.chosen,
                            plan.able(task).stream()
                                    .filter(each -> !each.equals(task.chosen))
                                    .limit(mostOthers)
                                    .toList()));
        }
        return choices;
    }

    private Occupancy read(Lecture lecture, Set<UUID> refused) {
        Set<UUID> among = lecture.among();
        Occupancy all = reader.read(wanted(lecture), lecture.venueId() != null);
        return with(
                all,
                all.lecturers().stream()
                        .filter(each -> {
                            UUID id = each.lecturer().id();
                            return !id.equals(lecture.lecturerId())
                                    && (among.isEmpty() || among.contains(id))
                                    && !refused.contains(id);
                        })
                        .toList());
    }

    private static SearchRequest wanted(Lecture lecture) {
        LocalDate monday =
                BookingConditions.monday(lecture.start().atZone(lecture.zone()).toLocalDate());
        return new SearchRequest(
                lecture.topicId(),
                lecture.branchId(),
                monday.atStartOfDay(lecture.zone()).toInstant(),
                monday.plusDays(DAYS).atStartOfDay(lecture.zone()).toInstant(),
                Duration.between(lecture.start(), lecture.end()),
                lecture.format(),
                null,
                null,
                lecture.venueId(),
                null,
                lecture.bookingId(),
                Set.of(),
                true,
                Assumed.NOTHING);
    }

    private static Occupancy with(Occupancy all, List<Candidate> lecturers) {
        return new Occupancy(
                all.now(),
                all.zone(),
                all.branchSpot(),
                all.minutes(),
                all.branchBusy(),
                all.branchLastVisit(),
                lecturers,
                all.halls(),
                all.calendar(),
                all.first(),
                all.last());
    }

    private static final class Task {

        private final Lecture lecture;
        private final Occupancy occupancy;
        private @Nullable Lecturer chosen;

        Task(Lecture lecture, Occupancy occupancy) {
            this.lecture = lecture;
            this.occupancy = occupancy;
        }

        /** The lecture as part of its lecturer's day. */
        Engagement engagement(LectureRules rules) {
            long start = lecture.start().getEpochSecond();
            long end = lecture.end().getEpochSecond();
            Hall hall = occupancy.halls().isEmpty() ? null : occupancy.halls().getFirst();
            return new Engagement(
                    start,
                    end,
                    start - rules.setup(lecture.format()).toSeconds(),
                    end + rules.teardown(lecture.format()).toSeconds(),
                    hall == null ? null : hall.spot());
        }
    }

    /** Who has which of the lectures so far. */
    private final class Plan {

        private final List<Task> tasks;
        private final Map<Lecturer, Set<Task>> given = new HashMap<>();

        Plan(List<Task> tasks) {
            this.tasks = tasks;
        }

        private int count(Lecturer lecturer) {
            return given.getOrDefault(lecturer, Set.of()).size();
        }

        private void give(Task task, @Nullable Lecturer lecturer) {
            if (task.chosen != null) {
                given.getOrDefault(task.chosen, new HashSet<>()).remove(task);
            }
            task.chosen = lecturer;
            if (lecturer != null) {
                given.computeIfAbsent(lecturer, each -> new HashSet<>()).add(task);
            }
        }

        /** Lectures that few can take come first, so that no one else uses up those few. */
        void assign() {
            Map<Task, Integer> choice = new HashMap<>();
            tasks.forEach(task -> {
                List<Lecturer> able = able(task);
                able.forEach(lecturer -> given.computeIfAbsent(lecturer, each -> new HashSet<>()));
                choice.put(task, able.size());
            });
            List<Task> hardestFirst = new ArrayList<>(tasks);
            hardestFirst.sort(Comparator.comparingInt((Task task) -> choice.get(task))
                    .thenComparing(task -> task.lecture.start())
                    .thenComparing(task -> task.lecture.bookingId()));
            for (Task task : hardestFirst) {
                // min keeps the first of equals, which is the better ranked
                give(
                        task,
                        able(task).stream()
                                .min(Comparator.comparingInt(this::count))
                                .orElse(null));
            }
        }

        /** Moves lectures from who has most to who has at least two fewer, while one of them can be taken over. */
        void balance() {
            for (int moves = tasks.size() * 2; moves > 0 && moveOne(); moves--) {
                // each move makes the spread more even
            }
        }

        private boolean moveOne() {
            List<Lecturer> busiest = new ArrayList<>(given.keySet());
            busiest.sort(Comparator.comparingInt(this::count).reversed().thenComparing(Lecturer::code));
            for (Lecturer from : busiest) {
                if (count(from) - count(busiest.getLast()) < 2) {
                    return false;
                }
                List<Task> has = new ArrayList<>(given.getOrDefault(from, Set.of()));
                has.sort(Comparator.comparing(task -> task.lecture.start()));
                for (Task task : has) {
                    Lecturer to = able(task).stream()
                            .filter(other -> count(other) <= count(from) - 2)
                            .min(Comparator.comparingInt(this::count))
                            .orElse(null);
                    if (to != null) {
                        give(task, to);
                        return true;
                    }
                }
            }
            return false;
        }

        /** Who can take the lecture besides what the plan gives them otherwise, best first. */
        List<Lecturer> able(Task task) {
            SearchRequest wanted = wanted(task.lecture);
            List<Candidate> lecturers = task.occupancy.lecturers().stream()
                    .map(candidate -> occupied(candidate, task))
                    .toList();
            var ranking = new Ranking(
                    with(task.occupancy, lecturers),
                    wanted,
                    rules,
                    travel.times(),
                    config.tierPoints(),
                    schedules.usual());
            return ranking
                    .best(List.of(task.lecture.start().getEpochSecond()), AS_RANKED, lecturers.size(), 1, false)
                    .stream()
                    .map(FreeSlot::lecturer)
                    .toList();
        }

        private Candidate occupied(Candidate candidate, Task except) {
            List<Engagement> more = new ArrayList<>(candidate.engagements());
            for (Task task : given.getOrDefault(candidate.lecturer(), Set.of())) {
                if (task != except) {
                    more.add(task.engagement(rules));
                }
            }
            if (more.size() == candidate.engagements().size()) {
                return candidate;
            }
            more.sort(Comparator.comparingLong(Engagement::occupiedFrom));
            return new Candidate(
                    candidate.lecturer(), candidate.home(), candidate.schedule(), more, candidate.lastVisit());
        }
    }

    /** No preference beyond the common criteria. */
    private static final Preference AS_RANKED = new Preference() {

        @Override
        public int points(Candidate candidate, @Nullable Hall hall, long start) {
            return 0;
        }

        @Override
        public Reason reason(Candidate candidate, @Nullable Hall hall, long start) {
            return Reason.of(Kind.INSTEAD, 0, "instead.other-lecturer");
        }
    };
}
