package org.lectern.scheduler.planning.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.lectern.chassis.time.Uuid7;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.scheduler.support.City;

/** Old plans go with their items; a published one stays while its campaign is open. */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class PlanRetentionTest {

    @Inject
    City city;

    @Inject
    PlanWorkers workers;

    private UUID campaign(String status) {
        UUID id = Uuid7.next();
        city.run("""
                INSERT INTO campaign (id, version, code, name, status, starts_on, ends_on, zone, lectures_per_branch,
                                      min_interval_days, formats, tiers, subtrees, kinds, branches, priority, targets_at,
                                      created_at, updated_at)
                VALUES (?, 1, ?, 'c', ?, current_date - 600, current_date - 300, 'Asia/Shanghai', 1, 0, '{}', '{}', '{}', '{}',
                        '{}', '{}', now(), now() - interval '200 days', now() - interval '200 days')""", id, "C-" + id, status);
        return id;
    }

    private UUID plan(UUID campaign, String state, int days) {
        UUID id = Uuid7.next();
        city.run("""
                INSERT INTO plan (id, version, campaign_id, name, purpose, state, terms, seconds, seed, created_at, created_by,
                                  updated_at)
                VALUES (?, 1, ?, 'p', 'PLAN', ?, '{}', 1, 1, now(), 'o', now() - make_interval(days => ?))""", id, campaign, state, days);
        city.run(
                "INSERT INTO plan_item (plan_id, number, branch_id, topic_id, occurrence) VALUES (?, 0, ?, ?, 1)",
                id,
                UUID.randomUUID(),
                UUID.randomUUID());
        city.run("INSERT INTO plan_log (plan_id, at, actor, action) VALUES (?, now(), 'o', 'CREATED')", id);
        return id;
    }

    private boolean exists(UUID plan) {
        return city.count("SELECT count(*) FROM plan WHERE id = ?", plan) == 1;
    }

    @Test
    void oldPlans_areRemovedWithTheirItems() {
        UUID open = campaign("ACTIVE");
        UUID closed = campaign("CLOSED");
        UUID draft = plan(open, "DRAFT", 190);
        UUID failed = plan(open, "FAILED", 190);
        UUID published = plan(closed, "PUBLISHED", 190);
        UUID young = plan(open, "DRAFT", 170);
        UUID used = plan(open, "PUBLISHED", 190);
        UUID searching = plan(closed, "SEARCHING", 190);
        UUID atWork = plan(open, "DRAFT", 190);
        city.run("""
                INSERT INTO plan_job (plan_id, kind, queued_at, owner, lease_until)
                VALUES (?, 'SEARCH', now(), 'a', now() + interval '1 hour')""", atWork);

        workers.forgetOld();

        for (UUID gone : new UUID[] {draft, failed, published}) {
            assertThat(exists(gone)).isFalse();
            assertThat(city.count("SELECT count(*) FROM plan_item WHERE plan_id = ?", gone))
                    .isZero();
        }
        for (UUID kept : new UUID[] {young, used, searching, atWork}) {
            assertThat(exists(kept)).isTrue();
        }
        // other tests read all plans and campaigns, and these are no whole ones
        for (UUID each : new UUID[] {open, closed}) {
            city.run("DELETE FROM plan WHERE campaign_id = ?", each);
            city.run("DELETE FROM campaign WHERE id = ?", each);
        }
    }
}
