package org.lectern.scheduler.schedule.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.schedule.Intervals.Interval;
import org.lectern.scheduler.schedule.Occupancy;
import org.lectern.scheduler.schedule.Occupancy.Candidate;
import org.lectern.scheduler.schedule.Occupancy.Engagement;
import org.lectern.scheduler.schedule.Occupancy.Hall;
import org.lectern.scheduler.schedule.travel.Location;

/** An occupancy as if some lectures were booked already. Pure. */
final class AssumedOccupancy {

    private final Map<UUID, List<Engagement>> lecturers = new HashMap<>();
    private final Map<UUID, List<Interval>> venues = new HashMap<>();
    private final List<Interval> branch = new ArrayList<>();

    /**
     * Lectures with the same buffers.
     *
     * @param spots where they take place, in their order; null without a place
     */
    AssumedOccupancy(
            List<Assumed.Lecture> lectures, List<@Nullable Location> spots, UUID host, long setup, long teardown) {
        for (int i = 0; i < lectures.size(); i++) {
            Assumed.Lecture each = lectures.get(i);
            long start = each.start().getEpochSecond();
            long end = each.end().getEpochSecond();
            Interval occupied = new Interval(start - setup, end + teardown);
            lecturers
                    .computeIfAbsent(each.lecturerId(), id -> new ArrayList<>())
                    .add(new Engagement(start, end, occupied.from(), occupied.until(), spots.get(i)));
            if (each.venueId() != null) {
                venues.computeIfAbsent(each.venueId(), id -> new ArrayList<>()).add(occupied);
            }
            if (each.branchId().equals(host)) {
                branch.add(occupied);
            }
        }
    }

    Occupancy with(Occupancy booked) {
        return new Occupancy(
                booked.now(),
                booked.zone(),
                booked.branchSpot(),
                booked.minutes(),
                booked.branchBusy().and(branch),
                booked.branchLastVisit(),
                booked.lecturers().stream().map(this::with).toList(),
                booked.halls().stream().map(this::with).toList(),
                booked.calendar(),
                booked.first(),
                booked.last());
    }

    private Candidate with(Candidate booked) {
        List<Engagement> all = new ArrayList<>(booked.engagements());
        all.addAll(lecturers.getOrDefault(booked.lecturer().id(), List.of()));
        all.sort(Comparator.comparingLong(Engagement::occupiedFrom));
        return new Candidate(booked.lecturer(), booked.home(), booked.schedule(), all, booked.lastVisit());
    }

    private Hall with(Hall booked) {
        return new Hall(
                booked.venue(),
                booked.ofTheBranch(),
                booked.capacity(),
                booked.spot(),
                booked.hours(),
                booked.busy().and(venues.getOrDefault(booked.venue().id(), List.of())));
    }
}
