package org.lectern.scheduler.booking.series;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.problem.InvalidRequest;
import org.lectern.chassis.problem.Messages;
import org.lectern.chassis.problem.Violation;
import org.lectern.scheduler.booking.BookingAttempt;
import org.lectern.scheduler.booking.BookingCommand.Book;
import org.lectern.scheduler.booking.BookingCommands;
import org.lectern.scheduler.booking.BookingView;
import org.lectern.scheduler.booking.ConflictResolution;
import org.lectern.scheduler.booking.ConflictingBooking;
import org.lectern.scheduler.booking.LocalTimes;
import org.lectern.scheduler.booking.Locks;
import org.lectern.scheduler.booking.RuleViolation;
import org.lectern.scheduler.booking.series.Pattern.ClockChange;
import org.lectern.scheduler.booking.series.Pattern.Occurrence;
import org.lectern.scheduler.booking.series.PlannedOccurrence.Outcome;
import org.lectern.scheduler.booking.series.SeriesRequest.OnConflict;
import org.lectern.scheduler.schedule.calendar.WorkingCalendar;

/** Plans dates of a series: tries each under the locks of the running transaction, and shows the results. */
@ApplicationScoped
class SeriesPlanner {

    /** The number of conflicting dates that come with alternatives; each needs its own search. */
    private static final int DATES_WITH_ALTERNATIVES = 5;

    private final BookingCommands commands;
    private final ConflictResolution settlement;
    private final WorkingCalendar calendar;
    private final Messages messages;

    @Inject
    SeriesPlanner(
            BookingCommands commands, ConflictResolution settlement, WorkingCalendar calendar, Messages messages) {
        this.commands = commands;
        this.settlement = settlement;
        this.calendar = calendar;
        this.messages = messages;
    }

    /**
     * The result for one date.
     *
     * @param attempt null if the date is left out or impossible
     * @param impossible if the clocks skip the time on that date
     */
    record Planned(Occurrence occurrence, @Nullable BookingAttempt attempt, Optional<Violation> impossible) {

        boolean isPrevented() {
            return attempt instanceof BookingAttempt.NotBooked || impossible.isPresent();
        }
    }

    /** The results for all dates, in order. */
    record Plan(List<Planned> dates) {

        List<BookingView> booked() {
            return dates.stream()
                    .flatMap(each -> each.attempt() instanceof BookingAttempt.Booked done
                            ? Stream.of(done.booking())
                            : Stream.empty())
                    .toList();
        }

        Set<LocalDate> bookedDates() {
            return dates.stream()
                    .filter(each -> each.attempt() instanceof BookingAttempt.Booked)
                    .map(each -> each.occurrence().date())
                    .collect(Collectors.toSet());
        }

        /** The dates that are not booked. */
        List<LocalDate> missing() {
            return dates.stream()
                    .filter(each -> !(each.attempt() instanceof BookingAttempt.Booked))
                    .map(each -> each.occurrence().date())
                    .toList();
        }

        private List<Planned> prevented() {
            return dates.stream().filter(Planned::isPrevented).toList();
        }
    }

    /** Tries every date that is not excluded; possible ones are booked in the running transaction. */
    Plan plan(SeriesRequest request, UUID series, List<Occurrence> occurrences, Set<LocalDate> skipped, String actor) {
        commands.lockAll(
                Locks.of(List.of(lecture(request, occurrences.getFirst().start()))));
        List<Planned> plan = new ArrayList<>();
        for (Occurrence occurrence : occurrences) {
            Optional<Violation> impossible = skipped.contains(occurrence.date())
                    ? Optional.empty()
                    : impossible(occurrence, request.startTime());
            boolean skip = skipped.contains(occurrence.date()) || impossible.isPresent();
            plan.add(new Planned(occurrence, skip ? null : attempt(request, occurrence, series, actor), impossible));
        }
        return new Plan(plan);
    }

    private static Optional<Violation> impossible(Occurrence occurrence, LocalTime time) {
        return occurrence.clockChange() == ClockChange.GAP
                ? LocalTimes.violation(
                        occurrence.date().atTime(time), occurrence.start().getZone())
                : Optional.empty();
    }

    /**
     * Refuses a plan without any date that can be booked, or with one that cannot and may not be left out.
     *
     * @throws SeriesRefused then
     */
    void demandBookable(Plan plan, OnConflict onConflict) {
        List<Planned> prevented = plan.prevented();
        if (plan.booked().isEmpty() || (!prevented.isEmpty() && onConflict == OnConflict.REFUSE)) {
            throw new SeriesRefused(
                    violations(prevented),
                    prevented.stream().map(each -> shown(each, false)).toList(),
                    plan.dates().size());
        }
    }

    /** The dates that were not booked. */
    List<PlannedOccurrence> left(Plan plan) {
        return plan.dates().stream()
                .filter(each -> !(each.attempt() instanceof BookingAttempt.Booked))
                .map(each -> shown(each, false))
                .toList();
    }

    /** The plan for people. Call it outside any transaction. */
    SeriesPreview preview(Plan plan, OnConflict onConflict) {
        int[] asked = {0};
        List<PlannedOccurrence> shown = plan.dates().stream()
                .map(each -> {
                    boolean ask =
                            each.attempt() instanceof BookingAttempt.NotBooked && asked[0]++ < DATES_WITH_ALTERNATIVES;
                    return shown(each, ask);
                })
                .toList();
        int free = count(shown, Outcome.FREE);
        int prevented =
                count(shown, Outcome.CONFLICT) + count(shown, Outcome.RULES) + count(shown, Outcome.NO_SUCH_TIME);
        boolean bookable = free > 0 && (prevented == 0 || onConflict == OnConflict.SKIP);
        WorkingCalendar.Days days =
                calendar.between(shown.getFirst().date(), shown.getLast().date());
        List<Integer> notAnnounced = shown.stream()
                .map(each -> each.date().getYear())
                .distinct()
                .filter(year -> !days.announced(year))
                .toList();
        return new SeriesPreview(
                plan.dates().getFirst().occurrence().start().getZone().getId(),
                free,
                prevented,
                bookable,
                notAnnounced,
                shown);
    }

    private static int count(List<PlannedOccurrence> occurrences, Outcome outcome) {
        return (int)
                occurrences.stream().filter(each -> each.outcome() == outcome).count();
    }

    private BookingAttempt attempt(SeriesRequest request, Occurrence occurrence, UUID series, String actor) {
        try {
            return commands.attempt(lecture(request, occurrence.start()), series, actor);
        } catch (InvalidRequest invalid) {
            throw new InvalidRequest(invalid.violations().stream()
                    .map(violation -> new Violation(
                            pointer(violation.pointer(), request, occurrence), violation.key(), violation.arguments()))
                    .toList());
        }
    }

    /** The location in the caller's request of a violation in one occurrence. */
    private static String pointer(String ofBooking, SeriesRequest request, Occurrence occurrence) {
        return switch (ofBooking) {
            case "/start" -> occurrence.pointer();
            case "/end" -> request.durationMinutes() == null ? "/topicId" : "/durationMinutes";
            default -> ofBooking;
        };
    }

    private static Book lecture(SeriesRequest request, ZonedDateTime start) {
        Integer minutes = request.durationMinutes();
        return new Book(
                request.lecturerId(),
                request.topicId(),
                request.branchId(),
                request.venueId(),
                request.joinLink(),
                request.format(),
                start.toOffsetDateTime(),
                minutes == null ? null : start.plusMinutes(minutes).toOffsetDateTime(),
                start.getZone().getId(),
                request.expectedHeadCount(),
                request.note(),
                null,
                request.override(),
                request.guests(),
                request.campaignId());
    }

    private PlannedOccurrence shown(Planned planned, boolean withAlternatives) {
        Occurrence occurrence = planned.occurrence();
        OffsetDateTime start = occurrence.start().toOffsetDateTime();
        return switch (planned.attempt()) {
            case null ->
                new PlannedOccurrence(
                        occurrence.date(),
                        start,
                        null,
                        planned.impossible().isPresent() ? Outcome.NO_SUCH_TIME : Outcome.SKIPPED,
                        occurrence.clockChange(),
                        List.of(),
                        List.of(),
                        RuleViolation.ofViolations(planned.impossible().stream().toList(), messages),
                        List.of());
            case BookingAttempt.Booked booked ->
                new PlannedOccurrence(
                        occurrence.date(),
                        start,
                        booked.booking().end(),
                        Outcome.FREE,
                        occurrence.clockChange(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of());
            case BookingAttempt.NotBooked prevented ->
                new PlannedOccurrence(
                        occurrence.date(),
                        start,
                        prevented.wanted().slot().localEnd(),
                        prevented.conflicts().isEmpty() ? Outcome.RULES : Outcome.CONFLICT,
                        occurrence.clockChange(),
                        prevented.conflicts(),
                        RuleViolation.ofRules(prevented.objections(), messages),
                        List.of(),
                        withAlternatives ? settlement.insteadOf(prevented.wanted()) : List.of());
        };
    }

    private static List<Violation> violations(List<Planned> prevented) {
        List<Violation> violations = new ArrayList<>();
        for (Planned planned : prevented) {
            planned.impossible()
                    .ifPresent(each -> violations.add(
                            new Violation(planned.occurrence().pointer(), each.key(), each.arguments())));
            if (planned.attempt() instanceof BookingAttempt.NotBooked attempt) {
                Occurrence occurrence = planned.occurrence();
                for (ConflictingBooking neighbour : attempt.conflicts()) {
                    violations.add(new Violation(
                            occurrence.pointer(),
                            "series.occupied." + neighbour.resource(),
                            occurrence.date(),
                            neighbour.start(),
                            neighbour.end()));
                }
                attempt.objections()
                        .forEach(objection -> violations.add(new Violation(
                                occurrence.pointer(),
                                objection.violation().key(),
                                objection.violation().arguments())));
            }
        }
        return violations;
    }
}
