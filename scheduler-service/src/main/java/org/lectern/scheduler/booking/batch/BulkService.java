package org.lectern.scheduler.booking.batch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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
import org.lectern.chassis.problem.Flaw;
import org.lectern.chassis.problem.InvalidRequest;
import org.lectern.chassis.problem.Messages;
import org.lectern.scheduler.booking.BookingBatch;
import org.lectern.scheduler.booking.BookingBatch.Item;
import org.lectern.scheduler.booking.BookingCommand.Cancel;
import org.lectern.scheduler.booking.BookingCommand.Change;
import org.lectern.scheduler.booking.BookingCommand.Reassign;
import org.lectern.scheduler.booking.BookingCommand.Reschedule;
import org.lectern.scheduler.booking.BookingCommands;
import org.lectern.scheduler.booking.BookingSearch;
import org.lectern.scheduler.booking.BookingView;
import org.lectern.scheduler.booking.ChangedMeanwhile;
import org.lectern.scheduler.booking.ChangedMeanwhile.Changed;
import org.lectern.scheduler.booking.ChangesRefused;
import org.lectern.scheduler.booking.JudgedChange;
import org.lectern.scheduler.booking.Parties.BranchRef;
import org.lectern.scheduler.booking.Parties.GuestRef;
import org.lectern.scheduler.booking.RuleOverride;
import org.lectern.scheduler.booking.Selection;
import org.lectern.scheduler.booking.Settlement;
import org.lectern.scheduler.booking.Verdict;
import org.lectern.scheduler.booking.batch.BulkPreview.AffectedBranch;
import org.lectern.scheduler.booking.batch.BulkPreviewRequest.BulkSelection;
import org.lectern.scheduler.booking.batch.Previews.Shown;
import org.lectern.scheduler.idempotency.Answer;
import org.lectern.scheduler.idempotency.Idempotency;
import org.lectern.scheduler.idempotency.IdempotencyKey;

/**
 * Changes of many bookings: a preview rehearses them under the locks of the real thing and is rolled back; what is
 * applied is exactly what was shown, or nothing.
 */
@ApplicationScoped
class BulkService {

    private static final int LECTURERS_EACH = 5;
    /** So many bookings that cannot be changed come with alternatives; each is a search of its own. */
    private static final int ITEMS_WITH_ALTERNATIVES = 10;
    /** A preview that is overtaken by other changes is made again so often. */
    private static final int ATTEMPTS = 3;
    /** The reason of a rehearsal, which nobody ever reads. */
    private static final String REHEARSAL = "preview";

    private final BookingSearch bookings;
    private final BookingCommands commands;
    private final Settlement settlement;
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
            Settlement settlement,
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
                List<Verdict> verdicts = rehearse(plan, actor);
                return shown(request, selected, plan, verdicts, actor);
            } catch (ChangedMeanwhile overtaken) {
                if (attempt == ATTEMPTS) {
                    throw overtaken;
                }
            }
        }
    }

    private List<Verdict> rehearse(Plan plan, String actor) {
        var batch = new BookingBatch(plan.items(), true, actor);
        try {
            return settlement.settle(() -> Transactions.rehearse(() -> commands.executeAll(batch)));
        } catch (ChangesRefused refused) {
            return refused.verdicts();
        }
    }

    /**
     * Makes the change that was shown, once per key.
     *
     * @throws PreviewGone when there is no such preview any more
     * @throws ChangedMeanwhile when any of the bookings has changed since, or others would be selected now
     * @throws ChangesRefused when a change cannot be
     */
    Answer apply(IdempotencyKey key, BulkRequest request) {
        return settlement.settle(() -> idempotency.once(key, "POST /bookings/bulk", request, () -> {
            Shown shown = previews.take(request.previewToken(), key.principal()).orElseThrow(PreviewGone::new);
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
            List<Verdict> verdicts = commands.executeAll(new BookingBatch(plan.items(), true, key.principal()));
            demandNoOthers(shown); // under the locks of all whom the selection can mean
            return Answer.ok(write(result(verdicts, plan)));
        }));
    }

    private static void demandUnchanged(Shown shown, List<BookingView> present) {
        List<Changed> changed = present.stream()
                .filter(booking -> booking.version() != shown.versions().getOrDefault(booking.id(), 0))
                .map(booking -> new Changed(
                        booking.id(),
                        shown.versions().getOrDefault(booking.id(), 0),
                        booking.version(),
                        booking.status()))
                .toList();
        if (!changed.isEmpty()) {
            throw new ChangedMeanwhile(changed, List.of());
        }
    }

    private void demandNoOthers(Shown shown) {
        BulkSelection selection = shown.request().selection();
        if (selection.bookingIds() != null) {
            return;
        }
        List<UUID> others = select(selection).stream()
                .map(BookingView::id)
                .filter(id -> !shown.versions().containsKey(id))
                .toList();
        if (!others.isEmpty()) {
            throw new ChangedMeanwhile(List.of(), others);
        }
    }

    private BulkResult result(List<Verdict> verdicts, Plan plan) {
        List<UUID> unchanged = new ArrayList<>(plan.leftAlone());
        verdicts.stream()
                .filter(verdict -> !verdict.isChange())
                .forEach(verdict -> unchanged.add(verdict.before().id()));
        return new BulkResult(
                verdicts.stream().filter(Verdict::isChange).map(Verdict::after).toList(), unchanged);
    }

    /** The bookings that are meant; too many, none or unknown ones are refused. */
    private List<BookingView> selected(BulkSelection selection) {
        List<Flaw> flaws = new ArrayList<>();
        List<UUID> ids = selection.bookingIds();
        boolean filtered =
                selection.lecturerId() != null || selection.venueId() != null || selection.branchId() != null;
        if ((ids != null) == filtered) {
            flaws.add(new Flaw("/selection", "bulk.ids-or-filter"));
        }
        if (ids == null) {
            demandRange(selection, flaws);
        }
        InvalidRequest.unlessEmpty(flaws);
        List<BookingView> found = ids == null ? select(selection) : named(ids, flaws);
        if (flaws.isEmpty() && found.isEmpty()) {
            flaws.add(new Flaw("/selection", "bulk.nothing-selected"));
        }
        if (found.size() > config.mostBookings()) {
            flaws.add(new Flaw("/selection", "bulk.too-many", config.mostBookings()));
        }
        InvalidRequest.unlessEmpty(flaws);
        return found;
    }

    private static void demandRange(BulkSelection selection, List<Flaw> flaws) {
        if (selection.from() == null) {
            flaws.add(new Flaw("/selection/from", "bulk.range"));
        }
        if (selection.to() == null) {
            flaws.add(new Flaw("/selection/to", "bulk.range"));
        }
        if (selection.from() != null
                && selection.to() != null
                && !selection.from().toInstant().isBefore(selection.to().toInstant())) {
            flaws.add(new Flaw("/selection/to", "bulk.range"));
        }
    }

    private List<BookingView> named(List<UUID> ids, List<Flaw> flaws) {
        Map<UUID, BookingView> found = new HashMap<>();
        bookings.all(new HashSet<>(ids)).forEach(booking -> found.put(booking.id(), booking));
        Set<UUID> seen = new HashSet<>();
        for (int i = 0; i < ids.size(); i++) {
            BookingView booking = found.get(ids.get(i));
            String pointer = "/selection/bookingIds/" + i;
            if (booking == null) {
                flaws.add(new Flaw(pointer, "reference.unknown"));
            } else if (!seen.add(ids.get(i))) {
                flaws.add(new Flaw(pointer, "bulk.twice"));
            } else if (!booking.status().isActive()) {
                flaws.add(
                        new Flaw(pointer, "changes.not-active", booking.status().name()));
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
                config.mostBookings() + 1);
    }

    private record Plan(List<Item> items, List<UUID> leftAlone) {}

    /** What all changes have in common. */
    private record Terms(String reason, @Nullable RuleOverride override) {}

    private static Plan plan(
            List<BookingView> selected,
            BulkAction action,
            String pointer,
            @Nullable List<BulkChoice> choices,
            Terms terms) {
        List<Flaw> flaws = new ArrayList<>();
        if (action instanceof BulkAction.ForOne) {
            flaws.add(new Flaw("/action", "bulk.only-for-one"));
        } else {
            flaws.addAll(action.flaws("/action"));
        }
        Map<UUID, BookingView> known = new HashMap<>();
        selected.forEach(booking -> known.put(booking.id(), booking));
        Map<UUID, Integer> chosen = new HashMap<>();
        List<BulkChoice> own = choices == null ? List.of() : choices;
        for (int i = 0; i < own.size(); i++) {
            UUID id = own.get(i).bookingId();
            if (!known.containsKey(id)) {
                flaws.add(new Flaw("/choices/" + i + "/bookingId", "bulk.not-selected"));
            }
            if (chosen.put(id, i) != null) {
                flaws.add(new Flaw("/choices/" + i + "/bookingId", "bulk.twice"));
            }
            flaws.addAll(own.get(i).action().flaws("/choices/" + i + "/action"));
        }
        InvalidRequest.unlessEmpty(flaws);
        List<Item> items = new ArrayList<>();
        List<UUID> leftAlone = new ArrayList<>();
        for (BookingView booking : selected) {
            Integer choice = chosen.get(booking.id());
            Change change = change(choice == null ? action : own.get(choice).action(), booking, terms);
            if (change == null) {
                leftAlone.add(booking.id());
            } else {
                String where = choice == null ? pointer : "/choices/" + choice + "/action";
                items.add(new Item(booking.id(), booking.version(), where, change));
            }
        }
        return new Plan(items, leftAlone);
    }

    /** The change of one booking, or nothing when it stays as it is. */
    private static @Nullable Change change(BulkAction action, BookingView booking, Terms terms) {
        ZonedDateTime start = booking.start().atZoneSameInstant(ZoneId.of(booking.zone()));
        return switch (action) {
            case BulkAction.Cancel cancel -> new Cancel(terms.reason());
            case BulkAction.Shift shift ->
                move(
                        booking,
                        start.plusDays(shift.days() == null ? 0 : shift.days())
                                .plusMinutes(shift.minutes() == null ? 0 : shift.minutes()),
                        terms);
            case BulkAction.MoveToDay to ->
                move(
                        booking,
                        ZonedDateTime.ofLocal(to.day().atTime(start.toLocalTime()), start.getZone(), null),
                        terms);
            case BulkAction.MoveTo to ->
                new Reschedule(
                        to.start(),
                        to.end() == null ? to.start().plus(length(booking)) : to.end(),
                        terms.reason(),
                        terms.override());
            case BulkAction.Reassign to ->
                new Reassign(to.lecturerId(), to.venueId(), to.joinLink(), terms.reason(), terms.override());
            case BulkAction.Leave leave -> null;
        };
    }

    private static Change move(BookingView booking, ZonedDateTime start, Terms terms) {
        return new Reschedule(
                start.toOffsetDateTime(),
                start.plus(length(booking)).toOffsetDateTime(),
                terms.reason(),
                terms.override());
    }

    private static Duration length(BookingView booking) {
        return Duration.between(booking.start(), booking.end());
    }

    private BulkPreview shown(
            BulkPreviewRequest request, List<BookingView> selected, Plan plan, List<Verdict> verdicts, String actor) {
        Map<UUID, Integer> versions = new LinkedHashMap<>();
        selected.forEach(booking -> versions.put(booking.id(), booking.version()));
        Instant expiresAt = clock.instant().plus(config.previewKeptFor());
        UUID token = Transactions.inNew(() -> previews.keep(actor, new Shown(request, versions), expiresAt));
        List<BulkPreview.Item> items = new ArrayList<>();
        int searched = 0;
        for (Verdict verdict : verdicts) {
            boolean cannot = !verdict.isPossible();
            boolean search = cannot && searched++ < ITEMS_WITH_ALTERNATIVES;
            items.add(new BulkPreview.Item(
                    JudgedChange.of(verdict, messages),
                    cannot || verdict.item().command() instanceof Cancel
                            ? bookings.freeLecturers(verdict.wanted(), LECTURERS_EACH)
                            : List.of(),
                    search ? settlement.insteadOf(verdict.wanted()) : List.of()));
        }
        return new BulkPreview(
                token,
                expiresAt,
                verdicts.stream().allMatch(Verdict::isPossible),
                selected.size(),
                (int) verdicts.stream().filter(Verdict::isChange).count(),
                branches(verdicts),
                items,
                plan.leftAlone());
    }

    private static List<AffectedBranch> branches(List<Verdict> verdicts) {
        Map<BranchRef, Integer> count = new LinkedHashMap<>();
        for (Verdict verdict : verdicts) {
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
