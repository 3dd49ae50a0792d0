package org.lectern.scheduler.booking.batch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
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
import org.lectern.chassis.database.Transactions;
import org.lectern.chassis.problem.InvalidRequest;
import org.lectern.chassis.problem.Messages;
import org.lectern.chassis.problem.Violation;
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
import org.lectern.scheduler.booking.Participants.BranchRef;
import org.lectern.scheduler.booking.Participants.GuestRef;
import org.lectern.scheduler.booking.PreviewStale;
import org.lectern.scheduler.booking.PreviewStale.Changed;
import org.lectern.scheduler.booking.RuleOverride;
import org.lectern.scheduler.booking.Selection;
import org.lectern.scheduler.booking.batch.BulkPreview.AffectedBranch;
import org.lectern.scheduler.booking.batch.BulkPreviewRequest.BulkSelection;
import org.lectern.scheduler.booking.batch.Previews.StoredPreview;
import org.lectern.scheduler.idempotency.Answer;
import org.lectern.scheduler.idempotency.Idempotency;
import org.lectern.scheduler.idempotency.IdempotencyKey;

/**
 * Bulk changes. A preview runs the real change under the same locks and rolls back. Applying makes exactly the
 * previewed change, or none.
 */
@ApplicationScoped
class BulkService {

    private static final int LECTURERS_EACH = 5;
    /** The number of impossible bookings that come with alternatives; each needs its own search. */
    private static final int ITEMS_WITH_ALTERNATIVES = 10;
    /** How often a preview is retried when concurrent changes overtake it. */
    private static final int ATTEMPTS = 3;
    /** The reason during a rehearsal; never stored. */
    private static final String REHEARSAL = "preview";

    private final BookingSearch bookings;
    private final BookingCommands commands;
    private final ConflictResolution settlement;
    private final Previews previews;
    private final BulkConfig config;
    private final Idempotency idempotency;
    private final Messages messages;
    private final ObjectMapper json;
    private final Clock clock;

    @Inject
    BulkService(
            BookingSearch bookings,
            BookingCommands commands,
            ConflictResolution settlement,
            Previews previews,
            BulkConfig config,
            Idempotency idempotency,
            Messages messages,
            ObjectMapper json,
            Clock clock) {
        this.bookings = bookings;
        this.commands = commands;
        this.settlement = settlement;
        this.previews = previews;
        this.config = config;
        this.idempotency = idempotency;
        this.messages = messages;
        this.json = json;
        this.clock = clock;
    }

    BulkPreview preview(BulkPreviewRequest request, String actor) {
        for (int attempt = 1; ; attempt++) {
            List<BookingView> selected = selected(request.selection());
            var terms = new Terms(REHEARSAL, request.override());
            Plan plan = plan(selected, request.action(), "/action", request.choices(), terms);
            try {
                List<ChangeAssessment> verdicts = rehearse(plan, actor);
                return shown(request, selected, plan, verdicts, actor);
            } catch (PreviewStale overtaken) {
                if (attempt == ATTEMPTS) {
                    throw overtaken;
                }
            }
        }
    }

    private List<ChangeAssessment> rehearse(Plan plan, String actor) {
        var batch = new BookingBatch(plan.items(), true, actor);
        try {
            return settlement.settle(() -> Transactions.rehearse(() -> commands.executeAll(batch)));
        } catch (ChangesRefused refused) {
            return refused.verdicts();
        }
    }

    /**
     * Applies the previewed change, once per key.
     *
     * @throws PreviewGone when the preview no longer exists
     * @throws PreviewStale when a booking has changed since, or the selection now matches others
     * @throws ChangesRefused when a change is impossible
     */
    Answer apply(IdempotencyKey key, BulkRequest request) {
        return settlement.settle(() -> idempotency.once(key, "POST /bookings/bulk", request, () -> {
            StoredPreview shown =
                    previews.take(request.previewToken(), key.principal()).orElseThrow(PreviewGone::new);
            List<BookingView> present = bookings.all(shown.versions().keySet());
            demandUnchanged(shown, present);
            boolean own = request.choices() != null;
            RuleOverride override = request.override() == null ? shown.request().override() : request.override();
            Plan plan = plan(
                    present,
                    shown.request().action(),
                    "/previewToken",
                    own ? request.choices() : shown.request().choices(),
                    new Terms(request.reason(), override));
            List<ChangeAssessment> verdicts =
                    commands.executeAll(new BookingBatch(plan.items(), true, key.principal()));
            demandNoOthers(shown); // under the locks of all parties that the selection can match
            return Answer.ok(write(result(verdicts, plan)));
        }));
    }

    private static void demandUnchanged(StoredPreview shown, List<BookingView> present) {
        List<Changed> changed = present.stream()
                .filter(booking -> booking.version() != shown.versions().getOrDefault(booking.id(), 0))
                .map(booking -> new Changed(
                        booking.id(),
                        shown.versions().getOrDefault(booking.id(), 0),
                        booking.version(),
                        booking.status()))
                .toList();
        if (!changed.isEmpty()) {
            throw new PreviewStale(changed, List.of());
        }
    }

    private void demandNoOthers(StoredPreview shown) {
        BulkSelection selection = shown.request().selection();
        if (selection.bookingIds() != null) {
            return;
        }
        List<UUID> others = select(selection).stream()
                .map(BookingView::id)
                .filter(id -> !shown.versions().containsKey(id))
                .toList();
        if (!others.isEmpty()) {
            throw new PreviewStale(List.of(), others);
        }
    }

    private BulkResult result(List<ChangeAssessment> verdicts, Plan plan) {
        List<UUID> unchanged = new ArrayList<>(plan.skipped());
        verdicts.stream()
                .filter(verdict -> !verdict.isChange())
                .forEach(verdict -> unchanged.add(verdict.before().id()));
        return new BulkResult(
                verdicts.stream()
                        .filter(ChangeAssessment::isChange)
                        .map(ChangeAssessment::after)
                        .toList(),
                unchanged);
    }

    /** The selected bookings; refuses too many, none and unknown ones. */
    private List<BookingView> selected(BulkSelection selection) {
        List<Violation> violations = new ArrayList<>();
        List<UUID> ids = selection.bookingIds();
        boolean filtered =
                selection.lecturerId() != null || selection.venueId() != null || selection.branchId() != null;
        if ((ids != null) == filtered) {
            violations.add(new Violation("/selection", "bulk.ids-or-filter"));
        }
        if (ids == null) {
            demandRange(selection, violations);
        }
        InvalidRequest.unlessEmpty(violations);
        List<BookingView> found = ids == null ? select(selection) : named(ids, violations);
        if (violations.isEmpty() && found.isEmpty()) {
            violations.add(new Violation("/selection", "bulk.nothing-selected"));
        }
        if (found.size() > config.maxBookings()) {
            violations.add(new Violation("/selection", "bulk.too-many", config.maxBookings()));
        }
        InvalidRequest.unlessEmpty(violations);
        return found;
    }

    private static void demandRange(BulkSelection selection, List<Violation> violations) {
        if (selection.from() == null) {
            violations.add(new Violation("/selection/from", "bulk.range"));
        }
        if (selection.to() == null) {
            violations.add(new Violation("/selection/to", "bulk.range"));
        }
        if (selection.from() != null
                && selection.to() != null
                && !selection.from().toInstant().isBefore(selection.to().toInstant())) {
            violations.add(new Violation("/selection/to", "bulk.range"));
        }
    }

    private List<BookingView> named(List<UUID> ids, List<Violation> violations) {
        Map<UUID, BookingView> found = new HashMap<>();
        bookings.all(new HashSet<>(ids)).forEach(booking -> found.put(booking.id(), booking));
        Set<UUID> seen = new HashSet<>();
        for (int i = 0; i < ids.size(); i++) {
            BookingView booking = found.get(ids.get(i));
            String pointer = "/selection/bookingIds/" + i;
            if (booking == null) {
                violations.add(new Violation(pointer, "reference.unknown"));
            } else if (!seen.add(ids.get(i))) {
                violations.add(new Violation(pointer, "bulk.twice"));
            } else if (!booking.status().isActive()) {
                violations.add(new Violation(
                        pointer, "changes.not-active", booking.status().name()));
            }
        }
        return found.values().stream()
                .sorted(Comparator.comparing(
                                (BookingView booking) -> booking.start().toInstant())
                        .thenComparing(BookingView::id))
                .toList();
    }

    private List<BookingView> select(BulkSelection selection) {
        if (selection.from() == null || selection.to() == null) {
            throw new IllegalStateException("a selection without a range");
        }
        return bookings.select(
                new Selection(
                        selection.lecturerId(),
                        selection.venueId(),
                        selection.branchId(),
                        selection.from().toInstant(),
                        selection.to().toInstant()),
                config.maxBookings() + 1);
    }

    private record Plan(List<Item> items, List<UUID> skipped) {}

    /** What all changes share. */
    private record Terms(String reason, @Nullable RuleOverride override) {}

    private static Plan plan(
            List<BookingView> selected,
            BulkAction action,
            String pointer,
            @Nullable List<BulkChoice> choices,
            Terms terms) {
        List<Violation> violations = new ArrayList<>();
        if (action instanceof BulkAction.SingleBookingAction) {
            violations.add(new Violation("/action", "bulk.only-for-one"));
        } else {
            violations.addAll(action.violations("/action"));
        }
        Map<UUID, BookingView> known = new HashMap<>();
        selected.forEach(booking -> known.put(booking.id(), booking));
        Map<UUID, Integer> chosen = new HashMap<>();
        List<BulkChoice> own = choices == null ? List.of() : choices;
        for (int i = 0; i < own.size(); i++) {
            UUID id = own.get(i).bookingId();
            if (!known.containsKey(id)) {
                violations.add(new Violation("/choices/" + i + "/bookingId", "bulk.not-selected"));
            }
            if (chosen.put(id, i) != null) {
                violations.add(new Violation("/choices/" + i + "/bookingId", "bulk.twice"));
            }
            violations.addAll(own.get(i).action().violations("/choices/" + i + "/action"));
        }
        InvalidRequest.unlessEmpty(violations);
        List<Item> items = new ArrayList<>();
        List<UUID> skipped = new ArrayList<>();
        for (BookingView booking : selected) {
            Integer choice = chosen.get(booking.id());
            Change change = change(choice == null ? action : own.get(choice).action(), booking, terms);
            if (change == null) {
                skipped.add(booking.id());
            } else {
                String where = choice == null ? pointer : "/choices/" + choice + "/action";
                items.add(new Item(booking.id(), booking.version(), where, change));
            }
        }
        return new Plan(items, skipped);
    }

    /** The change of one booking, or null if it stays unchanged. */
    private static @Nullable Change change(BulkAction action, BookingView booking, Terms terms) {
        ZonedDateTime start = booking.start().atZoneSameInstant(ZoneId.of(booking.zone()));
        return switch (action) {
            case BulkAction.Cancel cancel -> new Cancel(terms.reason());
            case BulkAction.Shift shift ->
                move(
                        booking,
                        LocalTimes.like(
                                start,
                                start.toLocalDateTime()
                                        .plusDays(shift.days() == null ? 0 : shift.days())
                                        .plusMinutes(shift.minutes() == null ? 0 : shift.minutes())),
                        terms);
            case BulkAction.MoveToDay to ->
                move(booking, LocalTimes.like(start, to.day().atTime(start.toLocalTime())), terms);
            case BulkAction.Change to -> to.command(terms.reason(), terms.override());
            case BulkAction.Reassign to ->
                Rearrange.assignment(to.lecturerId(), to.venueId(), to.joinLink(), terms.reason(), terms.override());
            case BulkAction.Leave leave -> null;
        };
    }

    private static Change move(BookingView booking, OffsetDateTime start, Terms terms) {
        OffsetDateTime end = start.plus(length(booking))
                .atZoneSameInstant(ZoneId.of(booking.zone()))
                .toOffsetDateTime();
        return Rearrange.time(start, end, terms.reason(), terms.override());
    }

    private static Duration length(BookingView booking) {
        return Duration.between(booking.start(), booking.end());
    }

    private BulkPreview shown(
            BulkPreviewRequest request,
            List<BookingView> selected,
            Plan plan,
            List<ChangeAssessment> verdicts,
            String actor) {
        Map<UUID, Integer> versions = new LinkedHashMap<>();
        selected.forEach(booking -> versions.put(booking.id(), booking.version()));
        Instant expiresAt = clock.instant().plus(config.previewValidity());
        UUID token = Transactions.inNew(() -> previews.keep(actor, new StoredPreview(request, versions), expiresAt));
        List<BulkPreview.Item> items = new ArrayList<>();
        int searched = 0;
        for (ChangeAssessment verdict : verdicts) {
            boolean cannot = !verdict.isPossible();
            boolean search = cannot && searched++ < ITEMS_WITH_ALTERNATIVES;
            items.add(new BulkPreview.Item(
                    ChangePreview.of(verdict, messages),
                    cannot || verdict.item().command() instanceof Cancel
                            ? bookings.freeLecturers(verdict.wanted(), LECTURERS_EACH)
                            : List.of(),
                    search ? alternatives(verdict) : List.of()));
        }
        return new BulkPreview(
                token,
                expiresAt,
                verdicts.stream().allMatch(ChangeAssessment::isPossible),
                selected.size(),
                (int) verdicts.stream().filter(ChangeAssessment::isChange).count(),
                branches(verdicts),
                items,
                plan.skipped());
    }

    private List<BulkAlternative> alternatives(ChangeAssessment verdict) {
        return settlement.insteadOf(verdict.wanted()).stream()
                .map(BulkAlternative::of)
                .toList();
    }

    private static List<AffectedBranch> branches(List<ChangeAssessment> verdicts) {
        Map<BranchRef, Integer> count = new LinkedHashMap<>();
        for (ChangeAssessment verdict : verdicts) {
            if (verdict.isChange() || !verdict.isPossible()) {
                count.merge(verdict.before().branch(), 1, Integer::sum);
                for (GuestRef guest : verdict.before().guests()) {
                    count.merge(new BranchRef(guest.id(), guest.code(), guest.name()), 1, Integer::sum);
                }
            }
        }
        return count.entrySet().stream()
                .map(each -> new AffectedBranch(each.getKey(), each.getValue()))
                .sorted(Comparator.comparingInt(AffectedBranch::bookings)
                        .reversed()
                        .thenComparing(each -> each.branch().code()))
                .toList();
    }

    private String write(BulkResult result) {
        try {
            return json.writeValueAsString(result);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A result cannot be written as JSON", e);
        }
    }
}
