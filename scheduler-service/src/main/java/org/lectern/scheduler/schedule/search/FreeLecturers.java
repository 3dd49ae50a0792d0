package org.lectern.scheduler.schedule.search;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.schedule.AvailabilityConfig;
import org.lectern.scheduler.schedule.FreeSlot;
import org.lectern.scheduler.schedule.FreeSlot.Kind;
import org.lectern.scheduler.schedule.FreeSlot.Reason;
import org.lectern.scheduler.schedule.Hours;
import org.lectern.scheduler.schedule.LectureRules;
import org.lectern.scheduler.schedule.Occupancy;
import org.lectern.scheduler.schedule.Occupancy.Candidate;
import org.lectern.scheduler.schedule.Occupancy.Hall;
import org.lectern.scheduler.schedule.Proposal;
import org.lectern.scheduler.schedule.Schedules;
import org.lectern.scheduler.schedule.Span;
import org.lectern.scheduler.schedule.search.Ranking.Preference;
import org.lectern.scheduler.schedule.travel.Travel;

/** Finds available lecturers and times. */
@ApplicationScoped
class FreeLecturers {

    private static final int ALTERNATIVES = 3;
    private static final int AT_THE_SAME_TIME = 2;
    private static final int OF_ONE_LECTURER = 3;
    private static final int MOST_POINTS_FOR_SOONER = 15;
    private static final Duration EARLIER = Duration.ofDays(3);
    private static final Duration LATER = Duration.ofDays(14);

    private final OccupancyReader reader;
    private final LectureRules rules;
    private final Travel travel;
    private final Schedules schedules;
    private final AvailabilityConfig config;
    private final Clock clock;
    private final ConcurrentMap<Proposal, CompletableFuture<List<FreeSlot>>> underWay = new ConcurrentHashMap<>();

    @Inject
    FreeLecturers(
            OccupancyReader reader,
            LectureRules rules,
            Travel travel,
            Schedules schedules,
            AvailabilityConfig config,
            Clock clock) {
        this.reader = reader;
        this.rules = rules;
        this.travel = travel;
        this.schedules = schedules;
        this.config = config;
        this.clock = clock;
    }

    /** The result of a search. */
    record Found(ZoneId zone, Duration duration, int candidates, boolean calendarAnnounced, List<FreeSlot> slots) {}

    Found search(SearchRequest wanted, int limit) {
        Occupancy occupancy = assuming(wanted, reader.read(wanted, !rules.isRemote(wanted.format())));
        Ranking ranking = ranking(occupancy, wanted);
        List<Long> starts = starts(occupancy, wanted, ranking.length(), 0);
        int perLecturer = wanted.lecturerId() == null ? OF_ONE_LECTURER : limit;
        long from = wanted.from().getEpochSecond();
        List<FreeSlot> slots = ranking.best(starts, new Sooner(from), limit, perLecturer, wanted.lecturerId() == null);
        LocalDate first = wanted.from().atZone(occupancy.zone()).toLocalDate();
        LocalDate last = wanted.until().atZone(occupancy.zone()).toLocalDate();
        return new Found(
                occupancy.zone(),
                Duration.ofSeconds(ranking.length()),
                occupancy.lecturers().size(),
                occupancy.calendar().on(first).announced()
                        && occupancy.calendar().on(last).announced(),
                slots);
    }

    private Occupancy assuming(SearchRequest wanted, Occupancy booked) {
        List<Assumed.Lecture> lectures = wanted.assumed().lectures();
        return lectures.isEmpty()
                ? booked
                : new AssumedOccupancy(
                                lectures,
                                reader.spots(lectures),
                                wanted.branchId(),
                                rules.setup(wanted.format()).toSeconds(),
                                rules.teardown(wanted.format()).toSeconds())
                        .with(booked);
    }

    /**
     * Alternatives to a refused lecture: at the same time with another venue or lecturer, or with the same lecturer as
     * near as possible. Refusals of the same proposal at the same moment share one computation.
     */
    List<FreeSlot> insteadOf(Proposal proposal) {
        var mine = new CompletableFuture<List<FreeSlot>>();
        CompletableFuture<List<FreeSlot>> others = underWay.putIfAbsent(proposal, mine);
        if (others != null) {
            try {
                return others.join();
            } catch (CompletionException e) {
                return List.of();
            }
        }
        try {
            List<FreeSlot> found = find(proposal);
            mine.complete(found);
            return found;
        } catch (RuntimeException e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            underWay.remove(proposal, mine);
        }
    }

    private List<FreeSlot> find(Proposal proposal) {
        long start = proposal.start().getEpochSecond();
        List<FreeSlot> found = new ArrayList<>(sameTime(proposal, start));
        Instant now = clock.instant();
        Instant earliest = later(now, proposal.start().minus(EARLIER));
        Instant latest = earlier(later(now, proposal.start()).plus(LATER), now.plus(rules.horizon()));
        if (earliest.isBefore(latest)) {
            SearchRequest near = wanted(proposal, earliest, latest, true);
            add(found, near(proposal, near, start, false));
            if (found.size() < ALTERNATIVES) {
                add(found, near(proposal, wanted(proposal, earliest, latest, false), start, true));
            }
        }
        return found;
    }

    private List<FreeSlot> sameTime(Proposal proposal, long start) {
        SearchRequest wanted = wanted(proposal, proposal.start(), proposal.end(), false);
        Occupancy occupancy = reader.read(wanted, !rules.isRemote(wanted.format()));
        return ranking(occupancy, wanted).best(List.of(start), new SameTime(proposal), AT_THE_SAME_TIME, 1, false);
    }

    private List<FreeSlot> near(Proposal proposal, SearchRequest wanted, long start, boolean others) {
        Occupancy occupancy = reader.read(wanted, !rules.isRemote(wanted.format()));
        Ranking ranking = ranking(occupancy, wanted);
        return ranking.best(
                starts(occupancy, wanted, ranking.length(), start),
                new NearTime(proposal, start, others),
                ALTERNATIVES,
                others ? 1 : ALTERNATIVES,
                false);
    }

    /** Prefers earlier starts. */
    private record Sooner(long from) implements Preference {

        @Override
        public int points(Candidate candidate, @Nullable Hall hall, long start) {
            return -Math.min(days(start) / 2, MOST_POINTS_FOR_SOONER);
        }

        @Override
        public Reason reason(Candidate candidate, @Nullable Hall hall, long start) {
            return Reason.of(Kind.SOONER, points(candidate, hall, start), "sooner", days(start));
        }

        private int days(long start) {
            return (int) ((start - from) / 86_400);
        }
    }

    /** Scores slots at the proposed time: prefers the proposed lecturer, then the proposed venue. */
    private record SameTime(Proposal proposal) implements Preference {

        @Override
        public int points(Candidate candidate, @Nullable Hall hall, long start) {
            return (isLecturer(candidate) ? 20 : 0) + (isVenue(proposal, hall) ? 10 : 0);
        }

        @Override
        public Reason reason(Candidate candidate, @Nullable Hall hall, long start) {
            return Reason.of(
                    Kind.INSTEAD,
                    points(candidate, hall, start),
                    isLecturer(candidate) ? "instead.other-venue" : "instead.other-lecturer");
        }

        private boolean isLecturer(Candidate candidate) {
            return candidate.lecturer().id().equals(proposal.lecturerId());
        }
    }

    /** Prefers starts near the proposed time, and the proposed venue. */
    private record NearTime(Proposal proposal, long wanted, boolean others) implements Preference {

        @Override
        public int points(Candidate candidate, @Nullable Hall hall, long start) {
            return (isVenue(proposal, hall) ? 10 : 0) - (int) (Math.abs(start - wanted) / 60) / 30;
        }

        @Override
        public Reason reason(Candidate candidate, @Nullable Hall hall, long start) {
            return Reason.of(
                    Kind.INSTEAD,
                    points(candidate, hall, start),
                    others ? "instead.other-lecturer-and-time" : "instead.other-time",
                    Math.abs(start - wanted) / 60,
                    start < wanted ? 0 : 1);
        }
    }

    private static boolean isVenue(Proposal proposal, @Nullable Hall hall) {
        return hall == null || hall.venue().id().equals(proposal.venueId());
    }

    private static void add(List<FreeSlot> found, List<FreeSlot> more) {
        for (FreeSlot slot : more) {
            boolean known = found.stream()
                    .anyMatch(each -> each.lecturer().equals(slot.lecturer())
                            && each.start().equals(slot.start()));
            if (found.size() < ALTERNATIVES && !known) {
                found.add(slot);
            }
        }
    }

    private static SearchRequest wanted(Proposal proposal, Instant from, Instant until, boolean sameLecturer) {
        return new SearchRequest(
                proposal.topicId(),
                proposal.branchId(),
                from,
                until,
                Duration.between(proposal.start(), proposal.end()),
                proposal.format(),
                null,
                sameLecturer ? proposal.lecturerId() : null,
                null,
                proposal.expectedHeadCount(),
                proposal.itself(),
                proposal.guestIds(),
                false,
                Assumed.NOTHING);
    }

    private Ranking ranking(Occupancy occupancy, SearchRequest wanted) {
        return new Ranking(occupancy, wanted, rules, travel.times(), config.tierPoints(), schedules.usual());
    }

    /**
     * Starts in the proposed hours of the branch's days, at the configured step. The minute of {@code like} aligns
     * them.
     */
    private List<Long> starts(Occupancy occupancy, SearchRequest wanted, long length, long like) {
        Span hours = Span.ofText(config.searchHours());
        int step = (int) Math.max(1, config.searchStep().toMinutes());
        ZoneId zone = occupancy.zone();
        int offset = like == 0
                ? 0
                : Math.floorMod(
                        Instant.ofEpochSecond(like).atZone(zone).toLocalTime().toSecondOfDay() / 60 - hours.from(),
                        step);
        long from = wanted.from().getEpochSecond();
        long until = wanted.until().getEpochSecond();
        List<Long> starts = new ArrayList<>();
        LocalDate last = wanted.until().atZone(zone).toLocalDate();
        for (LocalDate date = wanted.from().atZone(zone).toLocalDate(); !date.isAfter(last); date = date.plusDays(1)) {
            long closing = Hours.moment(date, hours.until(), zone);
            for (int minute = hours.from() + offset; minute < hours.until(); minute += step) {
                long start = Hours.moment(date, minute, zone);
                if (start >= from
                        && start + length <= until
                        && start + length <= closing
                        && (starts.isEmpty() || start > starts.getLast())) {
                    starts.add(start);
                }
            }
        }
        return starts;
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }
}
