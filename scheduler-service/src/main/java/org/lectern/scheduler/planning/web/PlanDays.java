package org.lectern.scheduler.planning.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.booking.Participants.LecturerRef;
import org.lectern.scheduler.planning.draft.StoredItem;
import org.lectern.scheduler.planning.draft.StoredPlan;
import org.lectern.scheduler.planning.facts.Model;
import org.lectern.scheduler.planning.facts.Model.PlannedDay;

/** The lecturers' days of a plan, with their travel as of now. */
@ApplicationScoped
class PlanDays {

    private final Workbench workbench;
    private final PlanItems items;

    @Inject
    PlanDays(Workbench workbench, PlanItems items) {
        this.workbench = workbench;
        this.items = items;
    }

    /** The filter of a list; absent criteria do not filter. */
    record Criteria(
            @Nullable UUID lecturer,
            @Nullable LocalDate from,
            @Nullable LocalDate to) {

        boolean matches(Model model, int shift) {
            LocalDate date = model.date(shift);
            return (lecturer == null || model.lecturer(shift).id().equals(lecturer))
                    && (from == null || !date.isBefore(from))
                    && (to == null || !date.isAfter(to));
        }
    }

    /** A day with its position in the list: lecturer and date. */
    record Listed(DayView day, String key) {}

    /** By the lecturer's code and the date, after a key. */
    List<Listed> list(StoredPlan plan, Criteria criteria, @Nullable String after, int most) {
        return workbench.with(plan, work -> {
            Model model = work.model();
            List<PlannedDay> days = model.days(model.plan(work.slots())).stream()
                    .filter(day -> criteria.matches(model, day.shift()))
                    .filter(day -> after == null || key(model, day).compareTo(after) > 0)
                    .sorted(Comparator.comparing(day -> key(model, day)))
                    .limit(most)
                    .toList();
            List<StoredItem> shown = new ArrayList<>();
            days.forEach(
                    day -> day.visits().forEach(visit -> shown.add(work.items().get(visit))));
            Map<Integer, PlanItemView> views = items.views(plan, shown).stream()
                    .collect(Collectors.toMap(PlanItemView::number, Function.identity()));
            Map<UUID, LecturerRef> lecturers = items.lecturersById(
                    plan,
                    days.stream().map(day -> model.lecturer(day.shift()).id()).toList());
            List<Listed> listed = new ArrayList<>();
            for (PlannedDay day : days) {
                LecturerRef lecturer = lecturers.get(model.lecturer(day.shift()).id());
                if (lecturer == null) {
                    continue; // deleted since the facts were read
                }
                List<PlanItemView> lectures = new ArrayList<>();
                day.visits().forEach(visit -> {
                    PlanItemView view = views.get(visit);
                    if (view != null) {
                        lectures.add(view);
                    }
                });
                listed.add(new Listed(
                        new DayView(lecturer, model.date(day.shift()), day.minutes(), lectures), key(model, day)));
            }
            return listed;
        });
    }

    private static String key(Model model, PlannedDay day) {
        return model.lecturer(day.shift()).code() + " " + model.date(day.shift());
    }
}
