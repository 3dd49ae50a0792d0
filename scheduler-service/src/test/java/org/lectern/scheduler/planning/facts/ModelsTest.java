package org.lectern.scheduler.planning.facts;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.lectern.scheduler.planning.RandomTown;
import org.lectern.scheduler.planning.facts.Terms.Extra;
import org.lectern.scheduler.planning.facts.Terms.Gone;
import org.lectern.scheduler.planning.search.Budget;
import org.lectern.scheduler.planning.search.Instance;
import org.lectern.scheduler.planning.search.Plan;
import org.lectern.scheduler.planning.search.Search;
import org.lectern.scheduler.planning.search.Settings;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.scheduler.support.City;

/** What the terms of a plan change in its problem. */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class ModelsTest {

    @Inject
    City city;

    @Inject
    Models models;

    private static Terms terms(
            UUID campaign, RandomTown town, LocalDate until, boolean heads, List<Gone> gone, List<Extra> extra) {
        return new Terms(
                campaign, town.from, until, Instant.now(), "lecture", null, 0, 0, heads, 4, Prices.USUAL, gone, extra);
    }

    private static Plan plan(Model model) {
        return Search.start(
                        model.problem(),
                        Plan.empty(model.problem()),
                        5,
                        Settings.USUAL,
                        new Budget.Iterations(600),
                        () -> 0)
                .run(Search.Observer.NONE);
    }

    @Test
    void equalFactsAndSeed_giveAnEqualPlan() {
        RandomTown town = new RandomTown(city, 401, 10, 5, 6);
        Terms terms = terms(town.campaign(2, List.of()), town, town.until, false, List.of(), List.of());
        Model one = models.missing(terms, List.of());
        Model other = models.missing(terms, List.of());
        assertThat(one.slots(plan(one))).isEqualTo(other.slots(plan(other))).isNotEmpty();
    }

    @Test
    void planInStoredSlots_isReadBackUnchanged() {
        RandomTown town = new RandomTown(city, 402, 10, 5, 6);
        Terms terms = terms(town.campaign(0, List.of()), town, town.until, false, List.of(), List.of());
        Model model = models.missing(terms, List.of());
        Plan plan = plan(model);
        assertThat(model.plan(model.slots(plan)).placed()).isEqualTo(plan.placed());
    }

    @Test
    void droppedLecturer_hasNoShiftOnThoseDays() {
        RandomTown town = new RandomTown(city, 403, 10, 4, 6);
        UUID lecturer = town.lecturers.getFirst();
        UUID campaign = town.campaign(0, List.of());
        Terms all = terms(campaign, town, town.until, false, List.of(), List.of());
        Gone gone = new Gone(lecturer, null, town.from, town.from.plusDays(4));
        Terms without = terms(campaign, town, town.until, false, List.of(gone), List.of());
        assertThat(models.missing(all, List.of()).shifts(lecturer, null)).isNotEmpty();
        Model model = models.missing(without, List.of());
        assertThat(model.shifts(lecturer, null))
                .allMatch(shift -> model.date(shift).isAfter(town.from.plusDays(4)));
    }

    @Test
    void inventedLecturer_hasTheDaysOfTheModel() {
        RandomTown town = new RandomTown(city, 404, 10, 4, 6);
        UUID like = town.lecturers.get(1);
        Extra extra = new Extra(like, 2);
        Model model = models.missing(
                terms(town.campaign(0, List.of()), town, town.until, false, List.of(), List.of(extra)), List.of());
        assertThat(model.shifts(extra.id(2), null))
                .hasSameSizeAs(model.shifts(like, null))
                .isNotEmpty();
    }

    @Test
    void headCounts_leaveOutVenuesThatAreTooSmall() {
        RandomTown town = new RandomTown(city, 405, 10, 4, 4);
        UUID branch = town.branches.getFirst();
        city.run("UPDATE branch SET head_count = 250 WHERE id = ?", branch);
        UUID campaign = town.campaign(0, List.of());
        List<UUID> any = venues(
                models.missing(terms(campaign, town, town.until, false, List.of(), List.of()), List.of()), branch);
        List<UUID> large = venues(
                models.missing(terms(campaign, town, town.until, true, List.of(), List.of()), List.of()), branch);
        assertThat(any).contains(town.rooms.getFirst());
        assertThat(large).doesNotContain(town.rooms.getFirst()).isNotEmpty();
    }

    private static List<UUID> venues(Model model, UUID branch) {
        for (int i = 0; i < model.items().size(); i++) {
            if (model.items().get(i).branchId().equals(branch)) {
                return model.problem().visit(i).options().stream()
                        .map(Instance.Option::place)
                        .map(model::venue)
                        .toList();
            }
        }
        throw new AssertionError("no item of the branch");
    }
}
