package org.lectern.scheduler.planning.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lectern.scheduler.planning.PlanApi.ended;
import static org.lectern.scheduler.planning.PlanApi.plan;
import static org.lectern.scheduler.planning.PlanApi.planned;
import static org.lectern.scheduler.planning.PlanApi.request;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lectern.chassis.database.Transactions;
import org.lectern.scheduler.planning.RandomTown;
import org.lectern.scheduler.planning.draft.PlanJobs;
import org.lectern.scheduler.planning.draft.PlanJobs.Job;
import org.lectern.scheduler.planning.draft.PlanJobs.Kind;
import org.lectern.scheduler.planning.draft.PlanState;
import org.lectern.scheduler.planning.draft.Plans;
import org.lectern.scheduler.planning.draft.Publishing;
import org.lectern.scheduler.planning.draft.Publishing.OnRefusal;
import org.lectern.scheduler.planning.publication.PublicationWork;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.scheduler.support.City;

/** A worker dies while it searches, holds or confirms: another one finishes its job, and nothing happens twice. */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class WorkerDeathTest {

    private static final String VICTIM = "victim";

    @Inject
    City city;

    @Inject
    Plans plans;

    @Inject
    PlanJobs jobs;

    @Inject
    SearchWork search;

    @Inject
    PublicationWork publication;

    /** The death of a worker: nothing is written after it. */
    private static final class Death extends RuntimeException {}

    private static BooleanSupplier dyingAfter(int steps) {
        AtomicInteger left = new AtomicInteger(steps);
        return () -> {
            if (left.getAndDecrement() <= 0) {
                throw new Death();
            }
            return false;
        };
    }

    /** Puts a job into the hands of the victim before another worker can see it. */
    private Job given(UUID plan, Kind kind, Runnable begin) {
        return Transactions.inNew(() -> {
            begin.run();
            jobs.add(plan, kind, false);
            city.run("UPDATE plan_job SET queued_at = '2000-01-01' WHERE plan_id = ?", plan);
            return jobs.claim(kind, VICTIM).orElseThrow();
        });
    }

    /** The lease of the dead worker runs out: the worker of this process takes the job. */
    private JsonPath continued(UUID plan) {
        city.run("UPDATE plan_job SET lease_until = now() - interval '1 second' WHERE plan_id = ?", plan);
        return ended(plan.toString());
    }

    @Test
    void search_isContinuedFromItsCheckpoint() {
        RandomTown town = new RandomTown(city, 301, 14, 6, 8);
        UUID id = UUID.fromString(planned(request(town.campaign(0, List.of()), 2)));
        Job job = given(id, Kind.SEARCH, () -> plans.become(id, PlanState.QUEUED));
        assertThatThrownBy(() -> search.run(job, VICTIM, dyingAfter(3))).isInstanceOf(Death.class);
        assertThat(plan(id.toString()).getString("state")).isEqualTo("SEARCHING");
        assertThat(city.count("SELECT count(*) FROM plan_job WHERE plan_id = ? AND checkpoint IS NOT NULL", id))
                .isEqualTo(1);
        JsonPath after = continued(id);
        assertThat(after.getString("state")).isEqualTo("DRAFT");
        assertThat(after.getInt("coverage.placed")).isPositive();
        assertThat(city.count("SELECT count(*) FROM plan_job WHERE plan_id = ?", id))
                .isZero();
    }

    @Test
    void workerThatLostItsJob_writesNothing() {
        RandomTown town = new RandomTown(city, 302, 14, 6, 8);
        UUID id = UUID.fromString(planned(request(town.campaign(0, List.of()), 1)));
        Job job = given(id, Kind.SEARCH, () -> plans.become(id, PlanState.QUEUED));
        continued(id);
        int version = plan(id.toString()).getInt("version");
        assertThat(search.run(job, VICTIM, () -> false)).isEqualTo(SearchWork.End.LOST);
        assertThat(plan(id.toString()).getInt("version")).isEqualTo(version);
    }

    @ParameterizedTest(name = "after {0} steps")
    @ValueSource(ints = {1, 2, 3, 4})
    void publication_isFinishedOnceByAnotherWorker(int steps) {
        RandomTown town = new RandomTown(city, 310 + steps, 14, 8, 9);
        UUID campaign = town.campaign(0, List.of());
        UUID id = UUID.fromString(planned(request(campaign, 1)));
        int placed = plan(id.toString()).getInt("coverage.placed");
        assertThat(placed).as("more than one chunk").isGreaterThan(10);
        given(id, Kind.PUBLISH, () -> {
            plans.publication(id, Publishing.begun(OnRefusal.NOTHING, placed, "organizer", Instant.now()));
            plans.become(id, PlanState.PUBLISHING);
        });
        assertThatThrownBy(() -> publication.run(id, VICTIM, dyingAfter(steps))).isInstanceOf(Death.class);
        JsonPath after = continued(id);
        assertThat(after.getString("state")).isEqualTo("PUBLISHED");
        assertThat(after.getInt("publication.confirmed")).isEqualTo(placed);
        assertThat(city.count("SELECT count(*) FROM booking WHERE campaign_id = ?", campaign))
                .as("each slot is booked once")
                .isEqualTo(placed);
        assertThat(city.count(
                        "SELECT count(*) FROM booking WHERE campaign_id = ? AND status = 'CONFIRMED' AND version = 2",
                        campaign))
                .isEqualTo(placed);
    }
}
