package org.lectern.scheduler.booking.series;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Transactions;
import org.lectern.chassis.http.Etag;
import org.lectern.chassis.problem.InvalidRequest;
import org.lectern.chassis.problem.Messages;
import org.lectern.chassis.problem.NotFound;
import org.lectern.chassis.problem.Violation;
import org.lectern.chassis.time.Uuid7;
import org.lectern.chassis.time.Zones;
import org.lectern.scheduler.booking.Attempt;
import org.lectern.scheduler.booking.BookingBatch;
import org.lectern.scheduler.booking.BookingBatch.Item;
import org.lectern.scheduler.booking.BookingCommand.Book;
import org.lectern.scheduler.booking.BookingCommand.Cancel;
import org.lectern.scheduler.booking.BookingCommand.Change;
import org.lectern.scheduler.booking.BookingCommand.Rearrange;
import org.lectern.scheduler.booking.BookingCommands;
import org.lectern.scheduler.booking.BookingSearch;
import org.lectern.scheduler.booking.BookingView;
import org.lectern.scheduler.booking.ChangeAssessment;
import org.lectern.scheduler.booking.ChangePreview;
import org.lectern.scheduler.booking.ChangedMeanwhile;
import org.lectern.scheduler.booking.ChangesRefused;
import org.lectern.scheduler.booking.ConflictResolution;
import org.lectern.scheduler.booking.Finding;
import org.lectern.scheduler.booking.Locks;
import org.lectern.scheduler.booking.Neighbour;
import org.lectern.scheduler.booking.series.Pattern.Occurrence;
import org.lectern.scheduler.booking.series.PlannedOccurrence.Outcome;
import org.lectern.scheduler.booking.series.SeriesChangeView.LeftAlone;
import org.lectern.scheduler.booking.series.SeriesChangeView.Why;
import org.lectern.scheduler.booking.series.SeriesRequest.OnClash;
import org.lectern.scheduler.idempotency.Answer;
import org.lectern.scheduler.idempotency.Idempotency;
import org.lectern.scheduler.idempotency.IdempotencyKey;
import org.lectern.scheduler.schedule.calendar.WorkingCalendar;

/** Series, each in one transaction. A preview runs the real operation under the same locks and rolls back. */
@ApplicationScoped
class SeriesService {

    /** The number of conflicting dates that come with alternatives; each needs its own search. */
    private static final int DATES_WITH_ALTERNATIVES = 5;

    private final BookingCommands commands;
    private final BookingSearch bookings;
    private final ConflictResolution settlement;
    private final WorkingCalendar calendar;
    private final SeriesStore store;
    private final SeriesConfig config;
    private final Idempotency idempotency;
    private final Messages messages;
    private final ObjectMapper json;
    private final Clock clock;

    @Inject
    SeriesService(
            BookingCommands commands,
            BookingSearch bookings,
            ConflictResolution settlement,
            WorkingCalendar calendar,
            SeriesStore store,
            SeriesConfig config,
            Idempotency idempotency,
            Messages messages,
            ObjectMapper json,
            Clock clock) {
        this.commands = commands;
        this.bookings = bookings;
        this.settlement = settlement;
        this.calendar = calendar;
        this.store = store;
        this.config = config;
        this.idempotency = idempotency;
        this.messages = messages;
        this.json = json;
        this.clock = clock;
    }

    /** The result for one date. */
    private record Planned(Occurrence occurrence, @Nullable Attempt attempt) {}

    SeriesView get(UUID id) {
        return view(id, List.of());
    }

    /** Previews the request; stores nothing. */
    SeriesPreview preview(SeriesRequest request, String actor) {
        List<Planned> plan = settlement.settle(() -> Transactions.rehearse(() -> plan(request, actor)));
        int[] asked = {0};
        List<PlannedOccurrence> shown = plan.stream()
                .map(each -> {
                    boolean ask = each.attempt() instanceof Attempt.Prevented && asked[0]++ < DATES_WITH_ALTERNATIVES;
                    return shown(each, ask);
                })
                .toList();
        int free = count(shown, Outcome.FREE);
        int prevented = count(shown, Outcome.CLASH) + count(shown, Outcome.RULES);
        boolean bookable = free > 0 && (prevented == 0 || request.whenClashing() == OnClash.SKIP);
        WorkingCalendar.Days days =
                calendar.between(shown.getFirst().date(), shown.getLast().date());
        List<Integer> notAnnounced = shown.stream()
                .map(each -> each.date().getYear())
                .distinct()
                .filter(year -> !days.announced(year))
                .toList();
        return new SeriesPreview(
                plan.getFirst().occurrence().start().getZone().getId(), free, prevented, bookable, notAnnounced, shown);
    }

    private static int count(List<PlannedOccurrence> occurrences, Outcome outcome) {
        return (int)
                occurrences.stream().filter(each -> each.outcome() == outcome).count();
    }

    /**
     * Books the series.
     *
     * @throws SeriesRefused when an occurrence is impossible and the request does not skip it, or when all are
     */
    Answer create(IdempotencyKey key, SeriesRequest request) {
        return settlement.settle(() -> idempotency.once(key, "POST /series", request, () -> {
            List<Planned> plan = plan(request, key.principal());
            List<Planned> prevented = plan.stream()
                    .filter(each -> each.attempt() instanceof Attempt.Prevented)
                    .toList();
            Optional<UUID> series = plan.stream()
                    .map(Planned::attempt)
                    .filter(Attempt.Booked.class::isInstance)
                    .map(attempt -> ((Attempt.Booked) attempt).booking().seriesId())
                    .findFirst();
            if (series.isEmpty() || (!prevented.isEmpty() && request.whenClashing() == OnClash.REFUSE)) {
                throw new SeriesRefused(
                        violations(prevented),
                        prevented.stream().map(each -> shown(each, false)).toList(),
                        plan.size());
            }
            List<PlannedOccurrence> skipped = plan.stream()
                    .filter(each -> !(each.attempt() instanceof Attempt.Booked))
                    .map(each -> shown(each, false))
                    .toList();
            SeriesView view = view(series.get(), skipped);
            return Answer.created("/api/v1/series/" + view.id(), Etag.of(view.version()), write(view));
        }));
    }

    /** Tries every date that is not excluded; possible ones are booked in the running transaction. */
    private List<Planned> plan(SeriesRequest request, String actor) {
        ZoneId zone = zone(request);
        List<Occurrence> occurrences = Pattern.occurrences(request, zone, config.mostOccurrences());
        UUID series = Uuid7.next();
        store.add(series, request, actor, clock.instant());
        commands.lockAll(
                Locks.of(List.of(lecture(request, occurrences.getFirst().start()))));
        List<Planned> plan = new ArrayList<>();
        for (Occurrence occurrence : occurrences) {
            boolean skip = request.skipped().contains(occurrence.date());
            plan.add(new Planned(occurrence, skip ? null : attempt(request, occurrence, series, actor)));
        }
        return plan;
    }

    private Attempt attempt(SeriesRequest request, Occurrence occurrence, UUID series, String actor) {
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

    private ZoneId zone(SeriesRequest request) {
        String name = request.zone();
        if (name != null) {
            return Zones.find(name).orElseThrow(() -> new InvalidRequest("/zone", "zone.unknown"));
        }
        String ofBranch = store.zoneOfBranch(request.branchId());
        if (ofBranch == null) {
            throw new InvalidRequest("/branchId", "reference.unknown");
        }
        return ZoneId.of(ofBranch);
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
                        Outcome.SKIPPED,
                        occurrence.clockChange(),
                        List.of(),
                        List.of(),
                        List.of());
            case Attempt.Booked booked ->
                new PlannedOccurrence(
                        occurrence.date(),
                        start,
                        booked.booking().end(),
                        Outcome.FREE,
                        occurrence.clockChange(),
                        List.of(),
                        List.of(),
                        List.of());
            case Attempt.Prevented prevented ->
                new PlannedOccurrence(
                        occurrence.date(),
                        start,
                        prevented.wanted().slot().localEnd(),
                        prevented.neighbours().isEmpty() ? Outcome.RULES : Outcome.CLASH,
                        occurrence.clockChange(),
                        prevented.neighbours(),
                        Finding.ofRules(prevented.objections(), messages),
                        withAlternatives ? settlement.insteadOf(prevented.wanted()) : List.of());
        };
    }

    private static List<Violation> violations(List<Planned> prevented) {
        List<Violation> violations = new ArrayList<>();
        for (Planned planned : prevented) {
            if (planned.attempt() instanceof Attempt.Prevented attempt) {
                Occurrence occurrence = planned.occurrence();
                for (Neighbour neighbour : attempt.neighbours()) {
                    violations.add(new Violation(
                            occurrence.pointer(),
                            "series.occupied." + neighbour.resource(),
                            occurrence.date().toString(),
                            neighbour.start().toString(),
                            neighbour.end().toString()));
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

    private SeriesView view(UUID id, List<PlannedOccurrence> skipped) {
        SeriesStore.Stored stored = store.find(id).orElseThrow(NotFound::new);
        List<BookingView> occurrences = bookings.ofSeries(id);
        return new SeriesView(
                id,
                version(stored, occurrences),
                stored.pattern(),
                occurrences,
                skipped,
                stored.createdAt(),
                stored.updatedAt());
    }

    /** Increases with every change of the series or of one of its occurrences, so that an ETag detects each. */
    private static int version(SeriesStore.Stored stored, List<BookingView> occurrences) {
        return stored.revision()
                + occurrences.stream().mapToInt(BookingView::version).sum();
    }

    /** Changes an occurrence and all later ones, once per key. */
    Answer change(IdempotencyKey key, UUID id, int expected, SeriesChange change) {
        try {
            return settlement.settle(() -> idempotency.once(key, "series " + id, describe(change), () -> {
                Changed changed = make(id, expected, change, key.principal());
                store.changed(id, key.principal(), clock.instant());
                int version = view(id, List.of()).version();
                var view = new SeriesChangeView(
                        id,
                        version,
                        true,
                        changing(changed.verdicts()),
                        changed.verdicts().stream()
                                .filter(ChangeAssessment::isChange)
                                .map(ChangeAssessment::after)
                                .toList(),
                        null,
                        changed.leftAlone());
                return Answer.ok(Etag.of(version), write(view));
            }));
        } catch (ChangedMeanwhile meanwhile) {
            throw stale(id, expected, meanwhile);
        }
    }

    /** Previews the change; stores nothing. */
    SeriesChangeView preview(UUID id, int expected, SeriesChange change, String actor) {
        try {
            Changed changed = settlement.settle(() -> Transactions.rehearse(() -> make(id, expected, change, actor)));
            return preview(id, expected, changed.verdicts(), changed.leftAlone());
        } catch (ChangesRefused refused) {
            Chosen chosen = choose(id, change);
            return preview(id, expected, refused.verdicts(), chosen.leftAlone());
        } catch (ChangedMeanwhile meanwhile) {
            throw stale(id, expected, meanwhile);
        }
    }

    private SeriesChangeView preview(UUID id, int version, List<ChangeAssessment> verdicts, List<LeftAlone> leftAlone) {
        return new SeriesChangeView(
                id,
                version,
                verdicts.stream().allMatch(ChangeAssessment::isPossible),
                changing(verdicts),
                null,
                verdicts.stream()
                        .map(verdict -> ChangePreview.of(verdict, messages))
                        .toList(),
                leftAlone);
    }

    private static int changing(List<ChangeAssessment> verdicts) {
        return (int) verdicts.stream().filter(ChangeAssessment::isChange).count();
    }

    /** An occurrence changed between the check of the ETag and the locks. */
    private RuntimeException stale(UUID id, int expected, ChangedMeanwhile meanwhile) {
        Etag.check(expected, view(id, List.of()).version());
        return meanwhile;
    }

    private record Changed(List<ChangeAssessment> verdicts, List<LeftAlone> leftAlone) {}

    private record Chosen(List<Item> items, List<LeftAlone> leftAlone) {}

    private Changed make(UUID id, int expected, SeriesChange change, String actor) {
        SeriesStore.Stored stored = store.lock(id).orElseThrow(NotFound::new);
        Etag.check(expected, version(stored, bookings.ofSeries(id)));
        Chosen chosen = choose(id, change);
        if (chosen.items().isEmpty()) {
            throw new NothingToChange();
        }
        List<ChangeAssessment> verdicts = commands.executeAll(new BookingBatch(chosen.items(), false, actor));
        if (changing(verdicts) == 0) {
            throw new NothingToChange();
        }
        List<LeftAlone> leftAlone = new ArrayList<>(chosen.leftAlone());
        verdicts.stream()
                .filter(verdict -> !verdict.isChange())
                .forEach(verdict -> leftAlone.add(leftAlone(verdict.before(), Why.UNCHANGED)));
        return new Changed(verdicts, leftAlone);
    }

    /** Selects the occurrences to change: those that have begun, have ended or are detached stay unchanged. */
    private Chosen choose(UUID id, SeriesChange change) {
        List<Violation> violations = new ArrayList<>(change.violations());
        List<BookingView> occurrences = bookings.ofSeries(id);
        Optional<BookingView> first = occurrences.stream()
                .filter(each -> each.id().equals(change.fromOccurrence()))
                .findFirst();
        if (first.isEmpty()) {
            violations.add(new Violation("/fromOccurrence", "series.occurrence-unknown"));
        }
        InvalidRequest.unlessEmpty(violations);
        List<Item> chosen = new ArrayList<>();
        List<LeftAlone> leftAlone = new ArrayList<>();
        Set<UUID> seen = new HashSet<>();
        for (BookingView each : occurrences) {
            if (first.isEmpty() || each.start().isBefore(first.get().start()) || !seen.add(each.id())) {
                continue;
            }
            if (!each.status().isActive()) {
                leftAlone.add(leftAlone(each, Why.NOT_ACTIVE));
            } else if (!each.start().toInstant().isAfter(clock.instant())) {
                leftAlone.add(leftAlone(each, Why.PAST));
            } else if (Boolean.TRUE.equals(each.seriesDetached()) && !change.takesDetached()) {
                leftAlone.add(leftAlone(each, Why.DETACHED));
            } else {
                chosen.add(new Item(each.id(), each.version(), change.pointer(), command(change, each)));
            }
        }
        return new Chosen(chosen, leftAlone);
    }

    private static LeftAlone leftAlone(BookingView booking, Why why) {
        return new LeftAlone(booking.id(), booking.start(), why);
    }

    private static Change command(SeriesChange change, BookingView booking) {
        return switch (change) {
            case SeriesChange.Reschedule to -> move(to, booking);
            case SeriesChange.Reassign to ->
                Rearrange.assignment(to.lecturerId(), to.venueId(), to.joinLink(), to.reason(), to.override());
            case SeriesChange.Cancel cancel -> new Cancel(cancel.reason());
        };
    }

    private static Change move(SeriesChange.Reschedule change, BookingView booking) {
        ZonedDateTime start = booking.start().atZoneSameInstant(ZoneId.of(booking.zone()));
        SeriesChange.Shift shift = change.shift();
        if (shift != null) {
            start = start.plusDays(shift.days() == null ? 0 : shift.days());
            start = start.plusMinutes(shift.minutes() == null ? 0 : shift.minutes());
        } else if (change.startTime() != null) {
            start = ZonedDateTime.ofLocal(start.toLocalDate().atTime(change.startTime()), start.getZone(), null);
        }
        Integer minutes = change.durationMinutes();
        Duration length =
                minutes == null ? Duration.between(booking.start(), booking.end()) : Duration.ofMinutes(minutes);
        return Rearrange.time(
                start.toOffsetDateTime(), start.plus(length).toOffsetDateTime(), change.reason(), change.override());
    }

    /** The part of the request that a repeat under the same key must match. */
    private static Object describe(SeriesChange change) {
        return List.of(change.getClass().getSimpleName(), change);
    }

    private String write(Object view) {
        try {
            return json.writeValueAsString(view);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A series cannot be written as JSON", e);
        }
    }
}
