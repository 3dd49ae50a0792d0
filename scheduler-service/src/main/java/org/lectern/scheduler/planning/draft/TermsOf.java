package org.lectern.scheduler.planning.draft;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.planning.draft.PlanRequest.PlanWeights;
import org.lectern.scheduler.planning.facts.Prices;
import org.lectern.scheduler.planning.facts.Terms;
import org.lectern.scheduler.planning.search.Weights;
import org.lectern.scheduler.schedule.AvailabilityConfig;

/** The terms of a stored plan, as of now. */
@ApplicationScoped
public class TermsOf {

    private final PlanningConfig config;
    private final AvailabilityConfig availability;
    private final Clock clock;

    @Inject
    TermsOf(PlanningConfig config, AvailabilityConfig availability, Clock clock) {
        this.config = config;
        this.availability = availability;
        this.clock = clock;
    }

    public Terms terms(StoredPlan plan) {
        PlanRequest asked = plan.terms();
        PlanRequest.Guests guests = asked.guests();
        return new Terms(
                plan.campaignId(),
                given(asked.from()),
                given(asked.until()),
                clock.instant().plus(config.lead()),
                given(asked.format()),
                asked.joinLink(),
                guests == null ? 0 : guests.most(),
                guests == null ? 0 : guests.minutes(),
                Boolean.TRUE.equals(asked.headCounts()),
                perDay(asked),
                prices(asked.weights() == null ? PlanWeights.NONE : asked.weights()),
                gone(asked),
                asked.extra() == null
                        ? List.of()
                        : asked.extra().stream()
                                .map(each -> new Terms.Extra(each.likeLecturerId(), each.count()))
                                .toList());
    }

    /** Lectures a day of lecturers without a limit. */
    public int perDay(PlanRequest asked) {
        Integer own = asked.lecturesPerDay();
        return own == null ? availability.proposedPerDay() : own;
    }

    public static List<Terms.Gone> gone(PlanRequest asked) {
        List<PlanRequest.Gone> gone = asked.gone();
        return gone == null
                ? List.of()
                : gone.stream()
                        .map(each -> new Terms.Gone(each.lecturerId(), each.venueId(), each.from(), each.until()))
                        .toList();
    }

    private static <T> T given(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("a stored plan lacks a default");
        }
        return value;
    }

    /** The weights with all defaults. */
    public static PlanWeights complete(@Nullable PlanWeights some) {
        PlanWeights asked = some == null ? PlanWeights.NONE : some;
        Weights usual = Weights.USUAL;
        Prices prices = Prices.USUAL;
        return new PlanWeights(
                or(asked.travel(), usual.travel()),
                or(asked.day(), usual.day()),
                or(asked.load(), usual.load()),
                or(asked.later(), usual.later()),
                or(asked.leftOut(), usual.leftOut()),
                or(asked.priority(), prices.priority()),
                or(asked.requested(), prices.requested()),
                or(asked.hall(), prices.hall()),
                or(asked.guest(), usual.guest()),
                or(asked.guestTravel(), usual.guestTravel()),
                or(asked.otherLecturer(), usual.otherLecturer()),
                or(asked.otherTime(), usual.otherTime()),
                or(asked.otherDay(), usual.otherDay()));
    }

    private static Prices prices(PlanWeights some) {
        PlanWeights all = complete(some);
        return new Prices(
                new Weights(
                        number(all.travel()),
                        number(all.day()),
                        number(all.load()),
                        number(all.later()),
                        number(all.leftOut()),
                        number(all.guest()),
                        number(all.guestTravel()),
                        number(all.otherLecturer()),
                        number(all.otherTime()),
                        number(all.otherDay())),
                number(all.priority()),
                number(all.requested()),
                number(all.hall()));
    }

    private static double number(@Nullable Double value) {
        return value == null ? 0 : value;
    }

    private static double or(@Nullable Double asked, double usual) {
        return asked == null ? usual : asked;
    }
}
