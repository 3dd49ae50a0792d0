package org.lectern.scheduler.booking.series;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.lectern.chassis.database.Transactions;
import org.lectern.chassis.http.Etag;
import org.lectern.chassis.problem.InvalidRequest;
import org.lectern.chassis.problem.Messages;
import org.lectern.chassis.problem.NotFound;
import org.lectern.chassis.problem.Violation;
import org.lectern.chassis.time.Uuid7;
import org.lectern.chassis.time.Zones;
import org.lectern.scheduler.booking.BookingBatch;
import org.lectern.scheduler.booking.BookingBatch.Item;
import org.lectern.scheduler.booking.BookingCommand.Cancel;
import org.lectern.scheduler.booking.BookingCommand.Change;
import org.lectern.scheduler.booking.BookingCommand.Rearrange;
import org.lectern.scheduler.booking.BookingCommands;
import org.lectern.scheduler.booking.BookingSearch;
import org.lectern.scheduler.booking.BookingView;
import org.lectern.scheduler.booking.ChangeAssessment;
import org.lectern.scheduler.booking.ChangePreview;
import org.lectern.scheduler.booking.ChangesRefused;
import org.lectern.scheduler.booking.ConflictResolution;
import org.lectern.scheduler.booking.LocalTimes;
import org.lectern.scheduler.booking.PreviewStale;
import org.lectern.scheduler.booking.series.Pattern.Occurrence;
import org.lectern.scheduler.booking.series.SeriesChangeView.SkipReason;
import org.lectern.scheduler.booking.series.SeriesChangeView.SkippedBooking;
import org.lectern.scheduler.booking.series.SeriesPlanner.Plan;
import org.lectern.scheduler.idempotency.Answer;
import org.lectern.scheduler.idempotency.Idempotency;
import org.lectern.scheduler.idempotency.IdempotencyKey;

/** Series, each in one transaction. A preview runs the real operation under the same locks and rolls back. */
@ApplicationScoped
class SeriesService {

    private final BookingCommands commands;
    private final BookingSearch bookings;
    private final ConflictResolution settlement;
    private final SeriesPlanner planner;
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
            SeriesPlanner planner,
            SeriesStore store,
            SeriesConfig config,
            Idempotency idempotency,
            Messages messages,
            ObjectMapper json,
            Clock clock) {
        this.commands = commands;
        this.bookings = bookings;
        this.settlement = settlement;
        this.planner = planner;
        this.store = store;
        this.config = config;
        this.idempotency = idempotency;
        this.messages = messages;
        this.json = json;
        this.clock = clock;
    }

    SeriesView get(UUID id) {
        return view(id, List.of(), List.of());
    }

    /** Previews the request; stores nothing. */
    SeriesPreview preview(SeriesRequest request, String actor) {
        Plan plan = settlement.settle(() -> Transactions.rehearse(() -> plan(request, Uuid7.next(), actor)));
        return planner.preview(plan, request.whenConflicting());
    }

    /**
     * Books the series.
     *
     * @throws SeriesRefused when an occurrence is impossible and the request does not skip it, or when all are
     */
    Answer create(IdempotencyKey key, SeriesRequest request) {
        return settlement.settle(() -> idempotency.once(key, "POST /series", request, () -> {
            UUID series = Uuid7.next();
            Plan plan = plan(request, series, key.principal());
            planner.demandBookable(plan, request.whenConflicting());
            store.miss(series, plan.missing());
            SeriesView view = view(series, List.of(), planner.left(plan));
            return Answer.created("/api/v1/series/" + view.id(), Etag.of(view.version()), write(view));
        }));
    }

    private Plan plan(SeriesRequest request, UUID series, String actor) {
        List<Occurrence> occurrences = Pattern.occurrences(request, zone(request), config.maxOccurrences());
        store.add(series, request, actor, clock.instant());
        return planner.plan(request, series, occurrences, request.skipped(), actor);
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

    /** Previews further dates; stores nothing. */
    SeriesPreview previewMore(UUID id, int expected, SeriesExtension more, String actor) {
        Plan plan = settlement.settle(() -> Transactions.rehearse(() -> add(id, expected, more, actor)));
        return planner.preview(plan, more.whenConflicting());
    }

    /**
     * Adds dates to the series, once per key.
     *
     * @throws SeriesRefused when a date is impossible and the request does not skip it, or when all are
     */
    Answer add(IdempotencyKey key, UUID id, int expected, SeriesExtension more) {
        return settlement.settle(() -> idempotency.once(key, "series " + id + " occurrences", more, () -> {
            Plan plan = add(id, expected, more, key.principal());
            planner.demandBookable(plan, more.whenConflicting());
            store.changed(id, key.principal(), clock.instant());
            Set<LocalDate> missing =
                    new TreeSet<>(store.find(id).orElseThrow(NotFound::new).missing());
            missing.addAll(plan.missing());
            missing.removeAll(plan.bookedDates());
            store.miss(id, List.copyOf(missing));
            SeriesView view =
                    view(id, plan.booked().stream().map(BookingView::id).toList(), planner.left(plan));
            return Answer.ok(Etag.of(view.version()), write(view));
        }));
    }

    private Plan add(UUID id, int expected, SeriesExtension more, String actor) {
        SeriesStore.Stored stored = store.lock(id).orElseThrow(NotFound::new);
        List<BookingView> present = bookings.ofSeries(id);
        Etag.check(expected, version(stored, present));
        SeriesRequest like = Template.of(stored.pattern(), zone(stored.pattern()), present, more.override());
        List<Occurrence> occurrences =
                Pattern.further(stored.pattern(), stored.missing(), like, present, more, config.maxOccurrences());
        return planner.plan(like, id, occurrences, Set.of(), actor);
    }

    private SeriesView view(UUID id, List<UUID> added, List<PlannedOccurrence> skipped) {
        SeriesStore.Stored stored = store.find(id).orElseThrow(NotFound::new);
        List<BookingView> occurrences = bookings.ofSeries(id);
        return new SeriesView(
                id,
                version(stored, occurrences),
                stored.pattern(),
                occurrences,
                stored.missing(),
                added,
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
                int version = view(id, List.of(), List.of()).version();
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
                        changed.skipped());
                return Answer.ok(Etag.of(version), write(view));
            }));
        } catch (PreviewStale overtaken) {
            throw stale(id, expected, overtaken);
        }
    }

    /** Previews the change; stores nothing. */
    SeriesChangeView preview(UUID id, int expected, SeriesChange change, String actor) {
        try {
            Changed changed = settlement.settle(() -> Transactions.rehearse(() -> make(id, expected, change, actor)));
            return preview(id, expected, changed.verdicts(), changed.skipped());
        } catch (ChangesRefused refused) {
            SelectedOccurrences chosen = choose(id, change);
            return preview(id, expected, refused.verdicts(), chosen.skipped());
        } catch (PreviewStale overtaken) {
            throw stale(id, expected, overtaken);
        }
    }

    private SeriesChangeView preview(
            UUID id, int version, List<ChangeAssessment> verdicts, List<SkippedBooking> skipped) {
        return new SeriesChangeView(
                id,
                version,
                verdicts.stream().allMatch(ChangeAssessment::isPossible),
                changing(verdicts),
                null,
                verdicts.stream()
                        .map(verdict -> ChangePreview.of(verdict, messages))
                        .toList(),
                skipped);
    }

    private static int changing(List<ChangeAssessment> verdicts) {
        return (int) verdicts.stream().filter(ChangeAssessment::isChange).count();
    }

    /** An occurrence changed between the check of the ETag and the locks. */
    private RuntimeException stale(UUID id, int expected, PreviewStale overtaken) {
        Etag.check(expected, view(id, List.of(), List.of()).version());
        return overtaken;
    }

    private record Changed(List<ChangeAssessment> verdicts, List<SkippedBooking> skipped) {}

    private record SelectedOccurrences(List<Item> items, List<SkippedBooking> skipped) {}

    private Changed make(UUID id, int expected, SeriesChange change, String actor) {
        SeriesStore.Stored stored = store.lock(id).orElseThrow(NotFound::new);
        Etag.check(expected, version(stored, bookings.ofSeries(id)));
        SelectedOccurrences chosen = choose(id, change);
        if (chosen.items().isEmpty()) {
            throw new NothingToChange();
        }
        List<ChangeAssessment> verdicts = commands.executeAll(new BookingBatch(chosen.items(), false, actor));
        if (changing(verdicts) == 0) {
            throw new NothingToChange();
        }
        List<SkippedBooking> skipped = new ArrayList<>(chosen.skipped());
        verdicts.stream()
                .filter(verdict -> !verdict.isChange())
                .forEach(verdict -> skipped.add(skipped(verdict.before(), SkipReason.UNCHANGED)));
        return new Changed(verdicts, skipped);
    }

    /** Selects the occurrences to change: those that have begun, have ended or are detached stay unchanged. */
    private SelectedOccurrences choose(UUID id, SeriesChange change) {
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
        List<SkippedBooking> skipped = new ArrayList<>();
        Set<UUID> seen = new HashSet<>();
        for (BookingView each : occurrences) {
            if (first.isEmpty() || each.start().isBefore(first.get().start()) || !seen.add(each.id())) {
                continue;
            }
            if (!each.status().isActive()) {
                skipped.add(skipped(each, SkipReason.NOT_ACTIVE));
            } else if (!each.start().toInstant().isAfter(clock.instant())) {
                skipped.add(skipped(each, SkipReason.PAST));
            } else if (Boolean.TRUE.equals(each.seriesDetached()) && !change.takesDetached()) {
                skipped.add(skipped(each, SkipReason.DETACHED));
            } else {
                chosen.add(new Item(each.id(), each.version(), change.pointer(), command(change, each)));
            }
        }
        return new SelectedOccurrences(chosen, skipped);
    }

    private static SkippedBooking skipped(BookingView booking, SkipReason reason) {
        return new SkippedBooking(booking.id(), booking.start(), reason);
    }

    private static Change command(SeriesChange change, BookingView booking) {
        return switch (change) {
            case SeriesChange.Reschedule to -> move(to, booking);
            case SeriesChange.Reassign to ->
                Rearrange.assignment(to.lecturerId(), to.venueId(), to.joinLink(), to.why(), to.override());
            case SeriesChange.Cancel cancel -> Cancel.of(cancel.why());
        };
    }

    private static Change move(SeriesChange.Reschedule change, BookingView booking) {
        ZonedDateTime start = booking.start().atZoneSameInstant(ZoneId.of(booking.zone()));
        LocalDateTime local = start.toLocalDateTime();
        SeriesChange.Shift shift = change.shift();
        if (shift != null) {
            local = local.plusDays(shift.days() == null ? 0 : shift.days())
                    .plusMinutes(shift.minutes() == null ? 0 : shift.minutes());
        } else if (change.startTime() != null) {
            local = local.with(change.startTime());
        }
        OffsetDateTime moved = LocalTimes.like(start, local);
        Integer minutes = change.durationMinutes();
        Duration length =
                minutes == null ? Duration.between(booking.start(), booking.end()) : Duration.ofMinutes(minutes);
        OffsetDateTime end =
                moved.plus(length).atZoneSameInstant(start.getZone()).toOffsetDateTime();
        return Rearrange.time(moved, end, change.why(), change.override());
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
