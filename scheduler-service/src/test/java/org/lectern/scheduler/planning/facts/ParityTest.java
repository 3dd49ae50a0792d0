package org.lectern.scheduler.planning.facts;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lectern.chassis.database.Transactions;
import org.lectern.chassis.problem.InvalidRequest;
import org.lectern.scheduler.booking.BookingAttempt;
import org.lectern.scheduler.booking.BookingCommand.Book;
import org.lectern.scheduler.booking.BookingCommands;
import org.lectern.scheduler.booking.ConflictingBooking;
import org.lectern.scheduler.booking.Locks;
import org.lectern.scheduler.booking.RuleOverride;
import org.lectern.scheduler.booking.SoftRule.Objection;
import org.lectern.scheduler.planning.RandomTown;
import org.lectern.scheduler.planning.search.Budget;
import org.lectern.scheduler.planning.search.Explainer;
import org.lectern.scheduler.planning.search.Explainer.Trial;
import org.lectern.scheduler.planning.search.Instance;
import org.lectern.scheduler.planning.search.Plan;
import org.lectern.scheduler.planning.search.PlanCheck;
import org.lectern.scheduler.planning.search.Search;
import org.lectern.scheduler.planning.search.Settings;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.scheduler.support.City;

/**
 * The search and booking agree: what the search may insert, {@link BookingCommands} books in real PostgreSQL; what the
 * search refuses, booking refuses.
 */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class ParityTest {

    private static final String ACTOR = "parity";
    private static final int PROPOSALS = 150;

    @Inject
    City city;

    @Inject
    Models models;

    @Inject
    BookingCommands commands;

    /** What was compared. */
    private static final class Count {
        int allowed;
        int refused;
        final Map<String, Integer> reasons = new TreeMap<>();
    }

    private static Terms terms(UUID campaign, RandomTown town, String format, boolean headCounts) {
        return new Terms(
                campaign,
                town.from,
                town.until,
                Instant.now(),
                format,
                null,
                0,
                0,
                headCounts,
                100,
                Prices.USUAL,
                List.of(),
                List.of());
    }

    private static Book book(
            Terms terms,
            Item item,
            UUID lecturer,
            @Nullable UUID venue,
            Instant start,
            Instant end,
            @Nullable Integer heads,
            @Nullable RuleOverride override) {
        ZoneId utc = ZoneId.of("UTC");
        return new Book(
                lecturer,
                item.topicId(),
                item.branchId(),
                venue,
                null,
                terms.format(),
                start.atZone(utc).toOffsetDateTime(),
                end.atZone(utc).toOffsetDateTime(),
                null,
                heads,
                null,
                null,
                override,
                null,
                terms.campaignId());
    }

    /** The causes of a refusal; empty if it was booked. */
    private List<String> refusals(Book lecture) {
        return Transactions.rehearse(() -> attempt(lecture));
    }

    private List<String> attempt(Book lecture) {
        commands.lockAll(Locks.of(List.of(lecture)));
        try {
            return switch (commands.attempt(lecture, null, ACTOR)) {
                case BookingAttempt.Booked booked -> List.of();
                case BookingAttempt.NotBooked refused -> {
                    List<String> causes = new ArrayList<>();
                    refused.conflicts().stream()
                            .map(ConflictingBooking::resource)
                            .forEach(causes::add);
                    refused.objections().stream().map(Objection::code).forEach(causes::add);
                    yield causes;
                }
            };
        } catch (InvalidRequest invalid) {
            return List.of(invalid.violations().getFirst().key());
        }
    }

    private Integer heads(Item item, boolean headCounts) {
        return headCounts ? (int) city.count("SELECT head_count FROM branch WHERE id = ?", item.branchId()) : null;
    }

    /** Lectures that stand already: of the campaign and of none, with places and broadcasts, held and confirmed. */
    private void standing(RandomTown town, Terms terms, Random random) {
        int booked = 0;
        for (int i = 0; i < 120 && booked < 25; i++) {
            boolean ofCampaign = random.nextInt(3) == 0;
            Instant start = town.day()
                    .atTime(8 + random.nextInt(12), random.nextInt(4) * 15)
                    .atZone(ZoneId.of("Asia/Shanghai"))
                    .toInstant();
            Item item = Item.missing(
                    town.branches.get(random.nextInt(town.branches.size())), town.topics.get(random.nextInt(2)), 1);
            UUID lecturer = town.lecturers.get(random.nextInt(town.lecturers.size()));
            List<UUID> venues = random.nextBoolean() ? town.rooms : town.halls;
            Book lecture = new Book(
                    lecturer,
                    item.topicId(),
                    item.branchId(),
                    venues.get(random.nextInt(venues.size())),
                    null,
                    terms.format(),
                    start.atOffset(ZoneOffset.UTC),
                    null,
                    null,
                    null,
                    null,
                    null,
                    random.nextInt(4) == 0 ? new RuleOverride("按活动安排") : null,
                    null,
                    ofCampaign ? terms.campaignId() : null);
            if (refusals(lecture).isEmpty()
                    && Transactions.inNew(() -> attempt(lecture)).isEmpty()) {
                booked++;
            }
        }
        assertThat(booked).isGreaterThan(8);
    }

    private void compare(
            Terms terms, Model model, Plan plan, RandomTown town, Random random, int proposals, Count count) {
        Explainer explainer = new Explainer(model.problem(), plan);
        List<Integer> absent = plan.leftOut();
        for (int i = 0; i < proposals; i++) {
            int visit = absent.get(random.nextInt(absent.size()));
            Item item = model.items().get(visit);
            Instance.Visit asked = model.problem().visit(visit);
            int shift = random.nextInt(model.problem().shiftCount());
            if (model.date(shift).isBefore(town.from) || model.date(shift).isAfter(town.until)) {
                continue;
            }
            Instant start = model.date(shift)
                    .atTime(8, 30)
                    .atZone(ZoneId.of("Asia/Shanghai"))
                    .toInstant()
                    .plusSeconds(1800L * random.nextInt(25));
            OptionalInt minute = model.start(start);
            Trial trial = explainer.attempt(visit, List.of(shift), minute);
            Integer heads = heads(item, terms.headCounts());
            UUID lecturer = model.lecturer(shift).id();
            long length = 60L * city.count("SELECT duration_minutes FROM topic WHERE id = ?", item.topicId());
            Instant end = start.plusSeconds(length);
            if (trial instanceof Trial.Possible possible) {
                UUID venue = model.venue(possible.way().place());
                assertThat(refusals(book(terms, item, lecturer, venue, start, end, heads, null)))
                        .as("the search allows %s with %s at %s in %s", item, lecturer, start, venue)
                        .isEmpty();
                count.allowed++;
            } else {
                if (end.isAfter(model.date(shift)
                        .atTime(21, 0)
                        .atZone(ZoneId.of("Asia/Shanghai"))
                        .toInstant())) {
                    continue; // beyond the hours of proposals
                }
                for (Instance.Option option : asked.options()) {
                    UUID venue = model.venue(option.place());
                    List<String> causes = refusals(book(terms, item, lecturer, venue, start, end, heads, null));
                    assertThat(causes)
                            .as("the search refuses %s with %s at %s in %s: %s", item, lecturer, start, venue, trial)
                            .isNotEmpty();
                    causes.forEach(cause -> count.reasons.merge(cause, 1, Integer::sum));
                }
                count.refused++;
            }
        }
    }

    private Count run(long seed, int proposals) {
        Random random = new Random(seed);
        RandomTown town = new RandomTown(city, seed * 31, 12, 5, 6);
        town.holiday();
        try {
            String format = seed % 2 == 0 ? "field-class" : "lecture";
            UUID campaign =
                    town.campaign(seed % 3 == 0 ? 0 : 3, seed % 2 == 0 ? List.of("county", "municipal") : List.of());
            Terms terms = terms(campaign, town, format, seed % 3 != 1);
            standing(town, terms, random);
            Count count = new Count();
            Model model = models.missing(terms, List.of());
            compare(terms, model, Plan.empty(model.problem()), town, random, proposals, count);
            // a whole plan is booked without a refusal, and half of it is then in the way of the rest
            Plan whole = Search.start(
                            model.problem(),
                            Plan.empty(model.problem()),
                            seed,
                            Settings.USUAL,
                            new Budget.Iterations(2000),
                            () -> 0)
                    .run(Search.Observer.NONE);
            assertThat(PlanCheck.of(model.problem(), whole).broken()).isEmpty();
            assertThat(model.reachable(whole).placed()).hasSameSizeAs(whole.placed());
            assertThat(whole.placed()).hasSizeGreaterThan(3);
            Plan half = Plan.empty(model.problem());
            for (Plan.Placement each : whole.placed()) {
                Slot slot = model.slot(each);
                Item item = model.items().get(each.visit());
                Book lecture = book(
                        terms,
                        item,
                        slot.lecturerId(),
                        slot.venueId(),
                        slot.start(),
                        slot.end(),
                        heads(item, terms.headCounts()),
                        null);
                boolean kept = each.visit() % 2 == 0;
                assertThat(kept ? Transactions.inNew(() -> attempt(lecture)) : refusals(lecture))
                        .as("planned: %s %s", item, slot)
                        .isEmpty();
                if (kept) {
                    half = half.with(new Plan.Placement(
                            each.visit(), each.shift(), each.place(), each.start(), each.host(), true));
                }
            }
            compare(terms, model, half, town, random, proposals / 2, count);
            Model after = models.missing(terms, List.of());
            compare(terms, after, Plan.empty(after.problem()), town, random, proposals / 2, count);
            return count;
        } finally {
            town.forgetHoliday();
        }
    }

    @Test
    void searchAndBooking_agreeOnEveryProposal() {
        Count all = runs(1, 2, PROPOSALS);
        assertThat(all.refused).isGreaterThan(100);
        assertThat(all.reasons.keySet()).contains("outside-availability", "venue-closed", "public-holiday", "lecturer");
    }

    private Count runs(long first, long last, int proposals) {
        Count all = new Count();
        for (long seed = first; seed <= last; seed++) {
            Count one = run(seed, proposals);
            all.allowed += one.allowed;
            all.refused += one.refused;
            one.reasons.forEach((reason, number) -> all.reasons.merge(reason, number, Integer::sum));
        }
        return all;
    }

    @Tag("proof")
    @Test
    void everyRule_isSeenRefusedByBoth() {
        Count all = runs(3, 8, 6 * PROPOSALS);
        assertThat(all.allowed).as("%s", all.reasons).isGreaterThan(50);
        assertThat(all.reasons.keySet())
                .contains(
                        "outside-availability",
                        "blackout",
                        "daily-limit",
                        "weekly-limit",
                        "notice-period",
                        "venue-closed",
                        "public-holiday",
                        "campaign-interval",
                        "lecturer-travel",
                        "lecturer",
                        "venue",
                        "branch",
                        "lecturer.not-on-topic");
    }

    /** The seeds of as many towns as {@code -Dlectern.proof.towns} says. */
    static LongStream towns() {
        return LongStream.range(11, 11 + Long.getLong("lectern.proof.towns", 2));
    }

    @Tag("proof")
    @ParameterizedTest
    @MethodSource("towns")
    void searchAndBooking_agreeInManyTowns(long seed) {
        assertThat(run(seed, 6 * PROPOSALS).refused).isPositive();
    }
}
