package org.lectern.scheduler.planning.search;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What an instance becomes when a lecturer, a place or some days drop out, or when there were more lecturers. Numbers
 * keep their meaning, so a plan of one is a plan of the other; what it places there no longer fits.
 */
public final class WhatIf {

    private WhatIf() {}

    /**
     * A lecturer gives no lecture on these days. Bookings outside of the instance stay.
     *
     * @param until the first day after them
     */
    public static Instance withoutLecturer(Instance instance, int lecturer, int from, int until) {
        List<Instance.Shift> shifts = new ArrayList<>();
        for (Instance.Shift each : instance.shifts()) {
            shifts.add(each.lecturer() == lecturer && isWithin(each.day(), from, until) ? closed(each) : each);
        }
        return instance.with(
                gone(instance, slot -> slot.lecturer() == lecturer && isWithin(slot.day(), from, until)),
                instance.places(),
                shifts,
                instance.weights());
    }

    /**
     * Nothing takes place at a place on these days.
     *
     * @param until the first day after them
     */
    public static Instance withoutPlace(Instance instance, int place, int from, int until) {
        List<Instance.Place> places = new ArrayList<>(instance.places());
        Instance.Place open = places.get(place);
        Instance.Starts starts = open.starts();
        places.set(
                place,
                new Instance.Place(
                        open.location(),
                        open.capacity(),
                        (day, shape) -> isWithin(day, from, until) ? 0 : starts.on(day, shape)));
        return instance.with(
                gone(instance, slot -> slot.place() == place && isWithin(slot.day(), from, until)),
                places,
                instance.shifts(),
                instance.weights());
    }

    /**
     * Nothing takes place on these days: a holiday, or the end of a shorter campaign.
     *
     * @param until the first day after them
     */
    public static Instance withoutDays(Instance instance, int from, int until) {
        List<Instance.Shift> shifts = new ArrayList<>();
        for (Instance.Shift each : instance.shifts()) {
            shifts.add(isWithin(each.day(), from, until) ? closed(each) : each);
        }
        return instance.with(
                gone(instance, slot -> isWithin(slot.day(), from, until)),
                instance.places(),
                shifts,
                instance.weights());
    }

    /**
     * Some more lecturers with the hours, topics, limits and home of one there is, but without bookings. They are
     * numbered after all others, as are their shifts.
     */
    public static Instance withMoreLecturers(Instance instance, int like, int count) {
        List<Instance.Lecturer> lecturers = new ArrayList<>(instance.lecturers());
        List<Instance.Shift> shifts = new ArrayList<>(instance.shifts());
        int known = lecturers.size();
        Instance.Lecturer model = lecturers.get(like);
        for (int i = 0; i < count; i++) {
            lecturers.add(new Instance.Lecturer(model.home(), model.weekLimit(), 0, model.cost()));
            for (Instance.Shift each : instance.shifts()) {
                if (each.lecturer() == like) {
                    shifts.add(new Instance.Shift(
                            known + i,
                            each.day(),
                            each.week(),
                            each.capacity(),
                            each.leaves(),
                            each.back(),
                            each.starts(),
                            List.of()));
                }
            }
        }
        Instance.Skills able = instance.able();
        return new Instance(
                instance.days(),
                instance.shapes(),
                instance.grid(),
                instance.visits(),
                instance.places(),
                instance.branches(),
                lecturers,
                shifts,
                instance.skills(),
                (lecturer, skill) -> able.has(lecturer < known ? lecturer : like, skill),
                instance.travel(),
                instance.positions(),
                instance.interval(),
                instance.visited(),
                instance.joint(),
                instance.weights());
    }

    private static boolean isWithin(int day, int from, int until) {
        return from <= day && day < until;
    }

    private static Instance.Shift closed(Instance.Shift shift) {
        return new Instance.Shift(
                shift.lecturer(),
                shift.day(),
                shift.week(),
                0,
                shift.leaves(),
                shift.back(),
                shift.starts().stream().map(each -> 0L).toList(),
                shift.booked());
    }

    private static List<Instance.Visit> gone(Instance instance, Predicate<Instance.Standing> lost) {
        List<Instance.Visit> visits = new ArrayList<>();
        for (Instance.Visit each : instance.visits()) {
            Instance.@Nullable Standing slot = each.standing();
            visits.add(slot != null && lost.test(slot) ? each.with(each.importance(), slot.gone()) : each);
        }
        return visits;
    }
}
