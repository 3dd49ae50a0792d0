package org.lectern.scheduler.schedule.travel;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.lectern.chassis.database.Sql;
import org.lectern.scheduler.support.BackingStack;

/**
 * The search for journeys that are too long reads each booking once. Joined with itself, the list of bookings took
 * seconds for a week of a city, as long as PostgreSQL had no statistics of it.
 */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class TravelConflictsTest {

    @Inject
    Sql sql;

    @Test
    void plan_readsTheBookingsOnceAndJoinsOnlyPlaces() {
        String query = TravelConflicts.SHORTFALLS
                .replace(":from", "now()")
                .replace(":to", "now() + interval '7 days'")
                .replace(":lecturer", "NULL")
                .replace(":unknown", "false")
                .replace(":limit", "100");

        String plan = String.join("\n", sql.list("EXPLAIN " + query, row -> row.text("QUERY PLAN")));

        assertThat(plan.split(" on booking b", -1)).as(plan).hasSize(2);
        assertThat(plan).doesNotContain("CTE Scan");
    }
}
