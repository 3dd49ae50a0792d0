package org.lectern.scheduler.campaign.suggestion;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Transactions;
import org.lectern.chassis.problem.InvalidRequest;
import org.lectern.chassis.problem.Messages;
import org.lectern.scheduler.booking.BookingAttempt;
import org.lectern.scheduler.booking.BookingCommand.Book;
import org.lectern.scheduler.booking.BookingCommands;
import org.lectern.scheduler.booking.BookingView;
import org.lectern.scheduler.booking.CampaignPolicy;
import org.lectern.scheduler.booking.ConflictResolution;
import org.lectern.scheduler.booking.Locks;
import org.lectern.scheduler.booking.RuleViolation;
import org.lectern.scheduler.campaign.CampaignView;
import org.lectern.scheduler.campaign.Campaigns;
import org.lectern.scheduler.campaign.coverage.CoverageItem;
import org.lectern.scheduler.campaign.coverage.CoverageReader;
import org.lectern.scheduler.campaign.coverage.CoverageReason;
import org.lectern.scheduler.campaign.coverage.CoverageState;
import org.lectern.scheduler.campaign.coverage.Inventory;
import org.lectern.scheduler.campaign.coverage.Inventory.Criteria;
import org.lectern.scheduler.campaign.coverage.Inventory.Listed;
import org.lectern.scheduler.campaign.coverage.Inventory.Order;
import org.lectern.scheduler.campaign.coverage.LecturerLoad;
import org.lectern.scheduler.campaign.suggestion.Suggestion.Reason;
import org.lectern.scheduler.campaign.suggestion.Suggestion.WithoutLecturer;
import org.lectern.scheduler.campaign.suggestion.SuggestionsRefused.Refused;
import org.lectern.scheduler.idempotency.Answer;
import org.lectern.scheduler.idempotency.Idempotency;
import org.lectern.scheduler.idempotency.IdempotencyKey;
import org.lectern.scheduler.schedule.search.Assumed;
import org.lectern.scheduler.schedule.search.FreeSlotView;
import org.lectern.scheduler.schedule.search.SlotSearch;

/**
 * Suggests lectures for uncovered items of a campaign, each with the best lecturer and time. Priority branches come
 * first, then branches with requests. All suggestions of one answer can be booked together: each is searched as if
 * those before it were booked, and no lecturer, venue or branch occurs twice on one day.
 */
@ApplicationScoped
class Suggestions {

    private static final int SLOTS_EACH = 12;
    private static final int TRIED_PER_SUGGESTION = 3;
    private static final int POINTS_FOR_PRIORITY = 20;
    private static final int POINTS_FOR_ASKING = 10;
    private static final int POINTS_PER_LECTURE = 3;
    private static final int MOST_POINTS_FOR_FAIRNESS = 15;

    private final CoverageReader reader;
    private final Inventory inventory;
    private final LecturerLoad loads;
    private final SlotSearch openings;
    private final BookingCommands commands;
    private final CampaignPolicy terms;
    private final ConflictResolution settlement;
    private final Idempotency idempotency;
    private final Messages messages;
    private final ObjectMapper json;

    @Inject
    Suggestions(
            CoverageReader reader,
            Inventory inventory,
            LecturerLoad loads,
            SlotSearch openings,
            BookingCommands commands,
            CampaignPolicy terms,
            ConflictResolution settlement,
            Idempotency idempotency,
            Messages messages,
            ObjectMapper json) {
        this.reader = reader;
        this.inventory = inventory;
        this.loads = loads;
        this.openings = openings;
        this.commands = commands;
        this.terms = terms;
        this.settlement = settlement;
        this.idempotency = idempotency;
        this.messages = messages;
        this.json = json;
    }

    /** The parties and days already used in a batch, its lectures, and the load of each lecturer. */
    private record Batch(
            Set<List<Object>> taken, List<Assumed.Lecture> booked, Map<UUID, Integer> lectures, double mean) {

        boolean isFree(UUID who, LocalDate day) {
            return !taken.contains(List.<Object>of(who, day));
        }

        void take(UUID who, LocalDate day) {
            taken.add(List.of(who, day));
        }
    }

    Suggestion.Found find(
            CampaignView campaign, Instant from, Instant until, @Nullable String wish, @Nullable UUID under, int most) {
        String format = format(campaign, wish);
        ZoneId zone = ZoneId.of(campaign.zone());
        Instant first = latest(from, campaign.from().atStartOfDay(zone).toInstant());
        Instant last = until;
        Instant end = Campaigns.after(campaign).atStartOfDay(zone).toInstant();
        if (end.isBefore(last)) {
            last = end;
        }
        LecturerLoad.Load load = loads.of(campaign);
        Map<UUID, Integer> lectures = new HashMap<>();
        load.items().forEach(each -> lectures.put(each.lecturer().id(), each.lectures()));
        Batch batch = new Batch(new HashSet<>(), new ArrayList<>(), lectures, load.mean());
        List<Suggestion> found = new ArrayList<>();
        List<WithoutLecturer> withoutLecturer = new ArrayList<>();
        int tried = 0;
        for (CoverageItem item : uncovered(campaign, under, most * TRIED_PER_SUGGESTION)) {
            if (found.size() == most || tried++ == most * TRIED_PER_SUGGESTION) {
                break;
            }
            Suggestion best = best(campaign, item, first, last, format, batch);
            if (best == null) {
                withoutLecturer.add(
                        new WithoutLecturer(item.branch(), item.topic(), messages.text("suggestion.without-lecturer")));
                continue;
            }
            LocalDate day = best.start().atZoneSameInstant(zone).toLocalDate();
            batch.take(best.lecturer().id(), day);
            batch.take(item.branch().id(), day);
            if (best.venue() != null) {
                batch.take(best.venue().id(), day);
            }
            batch.lectures().merge(best.lecturer().id(), 1, Integer::sum);
            batch.booked()
                    .add(new Assumed.Lecture(
                            best.lecturer().id(),
                            item.branch().id(),
                            best.venue() == null ? null : best.venue().id(),
                            best.start().toInstant(),
                            best.end().toInstant()));
            found.add(best);
        }
        return new Suggestion.Found(found, withoutLecturer);
    }

    /**
     * Uncovered items: priority branches, then branches with requests, then the others. Each branch gets one topic
     * before any branch gets two.
     */
    private List<CoverageItem> uncovered(CampaignView campaign, @Nullable UUID under, int most) {
        List<CoverageItem> items = new ArrayList<>();
        for (CoverageState state : List.of(CoverageState.REQUESTED, CoverageState.NOT_PLANNED)) {
            inventory.items(campaign, Criteria.of(under, state, Order.PRIORITY), null, most * 2).stream()
                    .map(Listed::item)
                    .filter(item -> item.reason() != CoverageReason.ON_HOLD)
                    .forEach(items::add);
        }
        Map<UUID, Integer> seen = new HashMap<>();
        Map<CoverageItem, Integer> round = new HashMap<>();
        items.forEach(item -> round.put(item, seen.merge(item.branch().id(), 1, Integer::sum)));
        items.sort(Comparator.comparing((CoverageItem item) -> !item.priority())
                .thenComparing(item -> item.state() != CoverageState.REQUESTED)
                .thenComparing(item -> round.getOrDefault(item, 0)));
        return items;
    }

    private @Nullable Suggestion best(
            CampaignView campaign, CoverageItem item, Instant from, Instant until, String format, Batch batch) {
        ZoneId zone = ZoneId.of(campaign.zone());
        String onlyTier = campaign.tiers().size() == 1 ? campaign.tiers().getFirst() : null;
        return openings
                .of(item.topic().id(), item.branch().id(), from, until, format, onlyTier, SLOTS_EACH, batch.booked())
                .stream()
                .filter(slot -> campaign.tiers().isEmpty()
                        || campaign.tiers().contains(slot.lecturer().tier()))
                .filter(slot -> {
                    LocalDate day = slot.start().atZoneSameInstant(zone).toLocalDate();
                    return batch.isFree(slot.lecturer().id(), day)
                            && batch.isFree(item.branch().id(), day)
                            && (slot.venue() == null
                                    || batch.isFree(slot.venue().id(), day))
                            && farEnough(campaign, item.branch().id(), day, batch);
                })
                .map(slot -> suggestion(item, slot, format, batch))
                .max(Comparator.comparingInt(Suggestion::score))
                .orElse(null);
    }

    /** Whether a lecture on that day keeps the interval to all others of the campaign at the branch. */
    private boolean farEnough(CampaignView campaign, UUID branch, LocalDate day, Batch batch) {
        int interval = campaign.minIntervalDays();
        for (int i = 1; i < interval; i++) {
            if (!batch.isFree(branch, day.minusDays(i)) || !batch.isFree(branch, day.plusDays(i))) {
                return false;
            }
        }
        return interval == 0 || reader.isFarFromOthers(campaign, branch, day);
    }

    private Suggestion suggestion(CoverageItem item, FreeSlotView slot, String format, Batch batch) {
        List<Reason> reasons = new ArrayList<>();
        if (item.priority()) {
            reasons.add(new Reason("priority", POINTS_FOR_PRIORITY, messages.text("suggestion.priority")));
        }
        if (item.state() == CoverageState.REQUESTED) {
            reasons.add(new Reason("requested", POINTS_FOR_ASKING, messages.text("suggestion.requested")));
        }
        reasons.add(new Reason("uncovered", 0, item.detail()));
        int has = batch.lectures().getOrDefault(slot.lecturer().id(), 0);
        int fair = (int) Math.round((batch.mean() - has) * POINTS_PER_LECTURE);
        fair = Math.max(-MOST_POINTS_FOR_FAIRNESS, Math.min(MOST_POINTS_FOR_FAIRNESS, fair));
        reasons.add(new Reason("fair-share", fair, messages.text("suggestion.fair-share", has, batch.mean())));
        slot.reasons().forEach(each -> reasons.add(new Reason(each.reason(), each.points(), each.detail())));
        return new Suggestion(
                item.branch(),
                item.topic(),
                slot.lecturer(),
                slot.venue(),
                format,
                slot.start(),
                slot.end(),
                slot.zone(),
                100 + reasons.stream().mapToInt(Reason::points).sum(),
                reasons);
    }

    private String format(CampaignView campaign, @Nullable String wish) {
        if (wish != null) {
            boolean allowed = campaign.formats().isEmpty() || campaign.formats().contains(wish);
            if (!allowed || !openings.knows(wish)) {
                throw new InvalidRequest("?format", "campaign.other-format", String.join(", ", campaign.formats()));
            }
            return wish;
        }
        return campaign.formats().stream()
                .filter(each -> openings.knows(each) && !openings.isRemote(each))
                .findFirst()
                .or(() -> campaign.formats().stream().findFirst())
                .orElse("lecture");
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** Previews the bookings; stores nothing. */
    SuggestionsBooked rehearse(UUID campaign, SuggestionsRequest request, String actor) {
        return settlement.settle(() -> Transactions.rehearse(() -> book(campaign, request, actor, true)));
    }

    /** Books all suggestions or none. */
    Answer book(IdempotencyKey key, UUID campaign, SuggestionsRequest request) {
        return settlement.settle(() ->
                idempotency.once(key, "POST /campaigns/" + campaign + "/suggestions/book", request, () -> {
                    return Answer.ok(write(book(campaign, request, key.principal(), false)));
                }));
    }

    private SuggestionsBooked book(UUID campaign, SuggestionsRequest request, String actor, boolean dryRun) {
        List<Book> lectures = request.items().stream()
                .map(each -> new Book(
                        each.lecturerId(),
                        each.topicId(),
                        each.branchId(),
                        each.venueId(),
                        each.joinLink(),
                        each.format(),
                        each.start(),
                        each.end(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        campaign))
                .toList();
        commands.lockAll(Locks.of(lectures));
        List<BookingView> booked = new ArrayList<>();
        List<Refused> refused = new ArrayList<>();
        for (int i = 0; i < lectures.size(); i++) {
            try {
                switch (commands.attempt(lectures.get(i), null, actor)) {
                    case BookingAttempt.Booked done -> booked.add(done.booking());
                    case BookingAttempt.NotBooked prevented ->
                        refused.add(new Refused(
                                i,
                                prevented.conflicts(),
                                RuleViolation.ofRules(prevented.objections(), messages),
                                List.of()));
                }
            } catch (InvalidRequest invalid) {
                refused.add(new Refused(
                        i, List.of(), List.of(), RuleViolation.ofViolations(invalid.violations(), messages)));
            }
        }
        if (!refused.isEmpty()) {
            throw new SuggestionsRefused(refused, lectures.size());
        }
        List<BookingView> shown = booked.stream().map(terms::warned).toList();
        return new SuggestionsBooked(dryRun, shown.size(), shown);
    }

    private String write(SuggestionsBooked booked) {
        try {
            return json.writeValueAsString(booked);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A result cannot be written as JSON", e);
        }
    }
}
