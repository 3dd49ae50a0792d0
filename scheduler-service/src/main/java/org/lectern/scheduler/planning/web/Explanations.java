package org.lectern.scheduler.planning.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import org.lectern.chassis.problem.InvalidRequest;
import org.lectern.chassis.problem.NotFound;
import org.lectern.scheduler.booking.Participants.LecturerRef;
import org.lectern.scheduler.planning.draft.StoredPlan;
import org.lectern.scheduler.planning.facts.Model;
import org.lectern.scheduler.planning.search.Explainer;
import org.lectern.scheduler.planning.search.Explainer.Alternative;
import org.lectern.scheduler.planning.search.Explainer.Displacement;
import org.lectern.scheduler.planning.search.Explainer.Trial;
import org.lectern.scheduler.planning.search.Plan;
import org.lectern.scheduler.planning.web.PlanItemView.PlannedVenue;
import org.lectern.scheduler.planning.web.WhyView.GiveWay;
import org.lectern.scheduler.planning.web.WhyView.Tried;
import org.lectern.scheduler.planning.web.WhyView.Way;
import org.lectern.scheduler.planning.web.Workbench.Work;

/** Explains plans by trying insertions, and says it in words. */
@ApplicationScoped
class Explanations {

    private static final int MOST_WAYS = 5;

    private final Workbench workbench;
    private final PlanItems items;
    private final PlanTexts texts;

    @Inject
    Explanations(Workbench workbench, PlanItems items, PlanTexts texts) {
        this.workbench = workbench;
        this.items = items;
        this.texts = texts;
    }

    WhyView why(StoredPlan plan, int number) {
        return workbench.with(plan, work -> {
            demandItem(work, number);
            Explainer explainer = explainer(work);
            if (explainer.plan().of(number) != null) {
                return placed(work, explainer, number);
            }
            return leftOut(work, explainer, number);
        });
    }

    private static void demandItem(Work work, int number) {
        if (number < 0 || number >= work.items().size()) {
            throw new NotFound();
        }
    }

    private static Explainer explainer(Work work) {
        return new Explainer(work.model().problem(), work.model().plan(work.slots()));
    }

    private WhyView placed(Work work, Explainer explainer, int number) {
        Explainer.Reasons reasons = explainer.why(number, MOST_WAYS);
        Names names = names(work, reasons.instead());
        return new WhyView(
                number,
                true,
                texts.adds(reasons.adds(), reasons.load(), reasons.meanLoad()),
                texts.differences(reasons.adds()),
                reasons.load(),
                reasons.meanLoad(),
                reasons.instead().stream().map(each -> names.way(each)).toList(),
                List.of(),
                null);
    }

    private WhyView leftOut(Work work, Explainer explainer, int number) {
        Explainer.LeftOut reasons = explainer.whyLeftOut(number);
        Displacement cheapest = reasons.giveWay();
        GiveWay giveWay = null;
        if (cheapest != null) {
            Names names = names(work, List.of(cheapest.way()));
            giveWay = new GiveWay(
                    cheapest.visit(),
                    cheapest.placedAgain(),
                    names.way(cheapest.way()),
                    texts.text(cheapest.placedAgain() ? "plan.give-way" : "plan.give-way.lost"));
        }
        boolean stale = work.items().get(number).slot() != null;
        return new WhyView(
                number,
                false,
                stale ? texts.text("plan.stale") : texts.impossible(reasons.obstacles()),
                List.of(),
                null,
                null,
                List.of(),
                texts.obstacles(reasons.obstacles()),
                giveWay);
    }

    Tried attempt(StoredPlan plan, int number, WhyView.Try request) {
        return workbench.with(plan, work -> {
            demandItem(work, number);
            Explainer explainer = explainer(work);
            Trial trial = trial(work.model(), explainer, number, request);
            return switch (trial) {
                case Trial.Possible possible ->
                    new Tried(
                            true,
                            texts.difference(possible.way().difference()),
                            names(work, List.of(possible.way())).way(possible.way()),
                            List.of());
                case Trial.Impossible impossible ->
                    new Tried(
                            false,
                            texts.impossible(impossible.obstacles()),
                            null,
                            texts.obstacles(impossible.obstacles()));
            };
        });
    }

    /** Tries what was asked for; what is not said may be anything. */
    static Trial trial(Model model, Explainer explainer, int number, WhyView.Try request) {
        OffsetDateTime start = request.start();
        LocalDate day = start == null ? request.day() : model.date(start.toInstant());
        if (request.venueId() != null && start == null) {
            throw new InvalidRequest("/venueId", "plan.venue-needs-start");
        }
        OptionalInt minute = start == null ? OptionalInt.empty() : model.start(start.toInstant());
        if (start != null && minute.isEmpty()) {
            throw new InvalidRequest("/start", "plan.other-days");
        }
        List<Integer> shifts = model.shifts(request.lecturerId(), day);
        OptionalInt place =
                request.venueId() == null ? OptionalInt.empty() : OptionalInt.of(model.place(request.venueId()));
        return explainer.attempt(number, shifts, minute, place);
    }

    Names names(Work work, List<Alternative> ways) {
        List<UUID> lecturers = new ArrayList<>();
        List<UUID> venues = new ArrayList<>();
        for (Alternative each : ways) {
            lecturers.add(work.model().lecturer(each.shift()).id());
            UUID venue = work.model().venue(each.place());
            if (venue != null) {
                venues.add(venue);
            }
        }
        return new Names(
                work.model(),
                work.plan().zone(),
                items.lecturersById(work.plan(), lecturers),
                items.venuesById(venues));
    }

    /** Describes ways with names. */
    final class Names {

        private final Model model;
        private final ZoneId zone;
        private final Map<UUID, LecturerRef> lecturers;
        private final Map<UUID, PlannedVenue> venues;

        Names(Model model, ZoneId zone, Map<UUID, LecturerRef> lecturers, Map<UUID, PlannedVenue> venues) {
            this.model = model;
            this.zone = zone;
            this.lecturers = lecturers;
            this.venues = venues;
        }

        Way way(Alternative way) {
            UUID venue = model.venue(way.place());
            return new Way(
                    lecturers.get(model.lecturer(way.shift()).id()),
                    venue == null ? null : venues.get(venue),
                    model.moment(way.start()).atZone(zone).toOffsetDateTime(),
                    way.host() == Plan.NONE ? null : (Integer) way.host(),
                    PlanTexts.minutes(way.difference().total()),
                    texts.differences(way.difference()),
                    texts.difference(way.difference()));
        }
    }
}
