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
import org.lectern.chassis.http.Cursor;
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
import org.lectern.scheduler.booking.Participants.LecturerRef;
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
import org.lectern.scheduler.reason.Reason;
import org.lectern.scheduler.schedule.search.Substitutes.Choice;

/**
 * Bulk changes. A preview runs the real change under the same locks and rolls back. Applying makes exactly the
 * previewed change, or none.
 */
@ApplicationScoped
class BulkService {

    private static final int LECTURERS_EACH = 5;
    /** With more impossible bookings on a page none comes with alternatives; each needs its own search. */
    private static final int ITEMS_WITH_ALTERNATIVES = 20;
    /** How often refused substitutes are replaced by others before their lectures are left alone. */
    private static final int ROUNDS = 3;
    /** How often a preview is retried when concurrent changes overtake it. */
    private static final int ATTEMPTS = 3;
    /** The reason during a rehearsal; never stored. */
    private static final Reason REHEARSAL = Reason.of("preview");

    private final BookingSearch bookings;
    private final BookingCommands commands;
    private final ConflictResolution settlement;
    private final Previews previews;
    private final SubstituteProposals proposals;
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
            SubstituteProposals proposals,
            BulkConfig config,
            Idempotency idempotency,
            Messages messages,
            ObjectMapper json,
            Clock clock) {
        this.bookings = bookings;
        this.commands = commands;
        this.settlement = settlement;
        this.previews = previews;
        this.proposals = proposals;
        this.config = config;
        this.idempotency = idempotency;
        this.messages = messages;
        this.json = json;
        this.clock = clock;
    }

    /**
     * The result of the change, without making it.
     *
     * @param after the last booking of the page before; null for the first page
     * @param limit of items on the page
     */
    BulkPreview preview(BulkPreviewRequest request, @Nullable Cursor after, int limit, String actor) {
        for (int attempt = 1; ; attempt++) {
            List<BookingView> selected = selected(request.selection());
            try {
                return shown(request, selected, rehearsed(request, selected, actor), after, limit, actor);
            } catch (PreviewStale overtaken) {
                if (attempt == ATTEMPTS) {
                    throw overtaken;
                }
            }
        }
    }

    /** A rehearsed plan, and who could take the lectures that need a substitute. */
    private record Rehearsed(Plan plan, List<ChangeAssessment> verdicts, Map<UUID, Choice> proposed) {}

    /**
     * Rules that the search does not know, such as those of a campaign, may refuse a substitute in the rehearsal. The
     * lecture is then proposed to another lecturer.
     */
    private Rehearsed rehearsed(BulkPreviewRequest request, List<BookingView> selected, String actor) {
        var terms = new Terms(REHEARSAL, request.override());
        Map<UUID, Set<UUID>> refused = new HashMap<>();
        for (int round = 1; ; round++) {
            Map<UUID, Choice> proposed = proposals.of(selected, request, refused);
            Map<UUID, UUID> takers = SubstituteProposals.takers(proposed);
            if (round > ROUNDS) {
                takers.keySet().removeAll(refused.keySet());
            }
            Plan plan = plan(selected, request.action(), "/action", request.choices(), takers, terms);
            List<ChangeAssessment> verdicts = rehearse(plan, actor);
            boolean settled = true;
            for (ChangeAssessment verdict : verdicts) {
                UUID booking = verdict.item().bookingId();
                UUID taker = takers.get(booking);
                if (taker != null && !verdict.isPossible()) {
                    refused.computeIfAbsent(booking, id -> new HashSet<>()).add(taker);
                    settled = false;
                }
            }
            if (settled || round > ROUNDS) {
                return new Rehearsed(plan, verdicts, proposed);
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
                    shown.substitutes(),
                    new Terms(request.why(), override));
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

    /** @param unplaced those left alone because no lecturer can take them */
    private record Plan(List<Item> items, List<UUID> skipped, List<UUID> unplaced) {}

    /** What all changes share. */
    private record Terms(Reason why, @Nullable RuleOverride override) {}

    private static Plan plan(
            List<BookingView> selected,
            BulkAction action,
            String pointer,
            @Nullable List<BulkChoice> choices,
            Map<UUID, UUID> takers,
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
        List<UUID> unplaced = new ArrayList<>();
        for (BookingView booking : selected) {
            Integer choice = chosen.get(booking.id());
            BulkAction wanted = choice == null ? action : own.get(choice).action();
            Change change = change(wanted, booking, takers.get(booking.id()), terms);
            if (change == null) {
                skipped.add(booking.id());
                if (wanted instanceof BulkAction.Substitute) {
                    unplaced.add(booking.id());
                }
            } else {
                String where = choice == null ? pointer : "/choices/" + choice + "/action";
                items.add(new Item(booking.id(), booking.version(), where, change));
            }
        }
        return new Plan(items, skipped, unplaced);
    }

    /** The change of one booking, or null if it stays unchanged. */
    private static @Nullable Change change(BulkAction action, BookingView booking, @Nullable UUID taker, Terms terms) {
        ZonedDateTime start = booking.start().atZoneSameInstant(ZoneId.of(booking.zone()));
        return switch (action) {
            case BulkAction.Cancel cancel -> Cancel.of(terms.why());
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
            case BulkAction.Change to -> to.command(terms.why(), terms.override());
            case BulkAction.Reassign to ->
                Rearrange.assignment(to.lecturerId(), to.venueId(), to.joinLink(), terms.why(), terms.override());
            case BulkAction.Substitute to ->
                taker == null ? null : Rearrange.assignment(taker, null, null, terms.why(), terms.override());
            case BulkAction.Leave leave -> null;
        };
    }

    private static Change move(BookingView booking, OffsetDateTime start, Terms terms) {
        OffsetDateTime end = start.plus(length(booking))
                .atZoneSameInstant(ZoneId.of(booking.zone()))
                .toOffsetDateTime();
        return Rearrange.time(start, end, terms.why(), terms.override());
    }

    private static Duration length(BookingView booking) {
        return Duration.between(booking.start(), booking.end());
    }

    private BulkPreview shown(
            BulkPreviewRequest request,
            List<BookingView> selected,
            Rehearsed rehearsed,
            @Nullable Cursor after,
            int limit,
            String actor) {
        Plan plan = rehearsed.plan();
        List<ChangeAssessment> verdicts = rehearsed.verdicts();
        Map<UUID, Integer> versions = new LinkedHashMap<>();
        selected.forEach(booking -> versions.put(booking.id(), booking.version()));
        Map<UUID, UUID> takers = SubstituteProposals.takers(rehearsed.proposed());
        takers.keySet().removeAll(plan.unplaced());
        Instant expiresAt = clock.instant().plus(config.previewValidity());
        UUID token =
                Transactions.inNew(() -> previews.keep(actor, new StoredPreview(request, versions, takers), expiresAt));
        List<ChangeAssessment> rest = after == null
                ? verdicts
                : verdicts.stream().filter(each -> isAfter(each, after)).toList();
        List<ChangeAssessment> page = rest.subList(0, Math.min(limit, rest.size()));
        return new BulkPreview(
                token,
                expiresAt,
                verdicts.stream().allMatch(ChangeAssessment::isPossible),
                selected.size(),
                (int) verdicts.stream().filter(ChangeAssessment::isChange).count(),
                branches(verdicts),
                items(page, verdicts, rehearsed.proposed()),
                page.size() < rest.size() ? cursor(page.getLast()).encoded() : null,
                plan.skipped(),
                plan.unplaced(),
                proposals.shares(rehearsed.proposed(), takers));
    }

    private static Cursor cursor(ChangeAssessment verdict) {
        return new Cursor(
                verdict.before().start().toInstant().toString(),
                verdict.before().id());
    }

    private static boolean isAfter(ChangeAssessment verdict, Cursor last) {
        int order = verdict.before().start().toInstant().compareTo(last.moment());
        return order > 0
                || order == 0
                        && verdict.before().id().toString().compareTo(last.id().toString()) > 0;
    }

    private List<BulkPreview.Item> items(
            List<ChangeAssessment> page, List<ChangeAssessment> all, Map<UUID, Choice> proposed) {
        Map<UUID, List<LecturerRef>> free = proposals.free(page, proposed, LECTURERS_EACH);
        boolean search = page.stream().filter(verdict -> !verdict.isPossible()).count() <= ITEMS_WITH_ALTERNATIVES;
        var compatible = new CompatibleAlternatives(all);
        List<BulkPreview.Item> items = new ArrayList<>();
        for (ChangeAssessment verdict : page) {
            items.add(new BulkPreview.Item(
                    ChangePreview.of(verdict, messages),
                    free.getOrDefault(verdict.item().bookingId(), List.of()),
                    search && !verdict.isPossible()
                            ? compatible.of(verdict, settlement.insteadOf(verdict.wanted()))
                            : List.of()));
        }
        return items;
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
