package org.lectern.scheduler.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.lectern.scheduler.support.Registries.organizer;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.database.Transactions;
import org.lectern.chassis.time.Uuid7;
import org.lectern.scheduler.campaign.coverage.BranchProjection;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.scheduler.support.City;

/**
 * The copies stored with the targets of a campaign are correct: their counts and their branch codes. Therefore a page
 * costs only what it returns.
 */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class CampaignTargetsTest {

    @Inject
    City city;

    @Inject
    Campaigns campaigns;

    @Inject
    BranchProjection kept;

    @Inject
    Sql sql;

    @Inject
    DataSource database;

    /** A campaign with only the first village as target; the {@code others} are not. */
    private Drive drive() {
        Drive drive = new Drive(city, 1, 2);
        Map<String, Object> body = drive.body();
        body.put("targets", Map.of("branchIds", List.of(drive.villages.getFirst())));
        return drive.active(body);
    }

    private static List<UUID> others(Drive drive) {
        return drive.villages.subList(1, drive.villages.size());
    }

    /** Adds a branch as a target, as the service does. */
    private static String target(Drive drive, UUID branch) {
        return """
                INSERT INTO campaign_target (campaign_id, branch_id, priority, branch_code)
                SELECT '%s', id, false, code FROM branch WHERE id = '%s' FOR KEY SHARE""".formatted(drive.id, branch);
    }

    private static void isCounted(Drive drive, int targets, int excluded) {
        drive.get("").then().statusCode(200).body("targetCount", equalTo(targets), "excludedCount", equalTo(excluded));
        String itself = "items.find{it.id=='" + drive.id + "'}";
        organizer()
                .queryParam("q", drive.get("").<String>path("code"))
                .get("/api/v1/campaigns")
                .then()
                .statusCode(200)
                .body(itself + ".targetCount", equalTo(targets), itself + ".excludedCount", equalTo(excluded));
    }

    @Test
    void targetsAndExclusions_areCountedEachTimeTheyAreTaken() {
        Drive drive = new Drive(city, 1, 2);
        Map<String, Object> body = drive.body();
        body.put(
                "targets",
                Map.of(
                        "branchIds",
                        drive.villages,
                        "exclusions",
                        List.of(Map.of("branchId", drive.villages.getFirst(), "reason", "整村搬迁"))));
        drive.active(body);
        int villages = drive.villages.size();
        isCounted(drive, villages - 1, 1);

        city.archive("branch", drive.villages.getLast());
        isCounted(drive, villages - 1, 1);
        drive.change("targets/refresh", 2)
                .then()
                .statusCode(200)
                .body("targetCount", equalTo(villages - 2), "excludedCount", equalTo(1));
        isCounted(drive, villages - 2, 1);
    }

    @Test
    void refreshesAtTheSameTime_countTheTargetsThatAreThere() throws Exception {
        Drive drive = drive();
        List<CompletableFuture<Integer>> refreshes = Stream.generate(() -> CompletableFuture.supplyAsync(
                        () -> drive.change("targets/refresh", 2).statusCode()))
                .limit(4)
                .toList();
        List<Integer> answers = new ArrayList<>();
        for (CompletableFuture<Integer> refresh : refreshes) {
            answers.add(refresh.get(2, TimeUnit.MINUTES));
        }
        assertThat(answers).containsExactlyInAnyOrder(200, 412, 412, 412);
        isCounted(drive, 1, 0);
    }

    @Test
    void theInventoryFollowsTheCodesOfItsBranches() {
        Drive drive = new Drive(city, 1, 3);
        drive.active(drive.body());
        List<UUID> villages = new ArrayList<>(drive.villages);
        assertThat(pages(drive)).containsExactlyElementsOf(villages); // codes are ids, which ascend

        UUID last = villages.removeLast();
        villages.addFirst(last);
        city.run("UPDATE branch SET code = 'A-' || code WHERE id = ?", last);
        assertThat(pages(drive)).containsExactlyElementsOf(villages);

        city.run("UPDATE branch SET name = '新村' WHERE id = ?", last);
        drive.change("targets/refresh", 2).then().statusCode(200);
        assertThat(pages(drive)).containsExactlyElementsOf(villages);
    }

    /** The branches of the inventory, read in pages of one. */
    private static List<UUID> pages(Drive drive) {
        List<UUID> branches = new ArrayList<>();
        String cursor = "";
        do {
            var page = drive.get("/coverage/items?limit=1" + cursor)
                    .then()
                    .statusCode(200)
                    .extract();
            branches.add(UUID.fromString(page.path("items[0].branch.id")));
            String next = page.path("nextCursor");
            cursor = next == null ? null : "&cursor=" + next;
        } while (cursor != null);
        return branches;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCodeThatChangesWhileItsBranchBecomesATargetIsTheNewOne(boolean renamedFirst) throws Exception {
        Drive drive = drive();
        UUID branch = others(drive).getFirst();
        String rename = "UPDATE branch SET code = 'N-' || id WHERE id = '" + branch + "'";
        String take = target(drive, branch);
        try (Connection first = begun();
                Statement statement = first.createStatement()) {
            statement.execute(renamedFirst ? rename : take);
            CompletableFuture<?> second = waiting(renamedFirst ? take : rename);
            first.commit();
            second.get(2, TimeUnit.MINUTES);
        }
        assertThat(city.count(
                        "SELECT count(*) FROM campaign_target WHERE branch_id = ? AND branch_code = 'N-' || branch_id",
                        branch))
                .isOne();
    }

    private Connection begun() throws SQLException {
        Connection connection = database.getConnection();
        connection.setAutoCommit(false);
        return connection;
    }

    /** Executes it on another connection, and returns when it waits for a lock. */
    private CompletableFuture<?> waiting(String statement) {
        String marked = statement + " -- " + UUID.randomUUID();
        CompletableFuture<?> done = CompletableFuture.runAsync(() -> {
            try (Connection connection = database.getConnection();
                    Statement second = connection.createStatement()) {
                second.execute(marked);
            } catch (SQLException e) {
                throw new CompletionException(e);
            }
        });
        await().until(() -> done.isDone()
                || city.count(
                                "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query = ?",
                                marked)
                        > 0);
        assertThat(done).isNotDone();
        return done;
    }

    /** Either all 3,000 branches are targets, or only those with the last codes: the query must not scan the others. */
    @ParameterizedTest
    @ValueSource(ints = {0, 2700})
    void aPageReadsWhatItReturnsHoweverManyBranchesThereAre(int firstTarget) {
        long read = Transactions.inNew(true, () -> {
            UUID campaign = many(firstTarget);
            long before = rowsReadSoFar("branch", "campaign_target");
            List<String> codes = new ArrayList<>();
            kept.each(
                    campaigns.view(campaign),
                    BranchProjection.Criteria.under(null),
                    "",
                    7,
                    branch -> codes.add(branch.place().code()));
            assertThat(codes).hasSize(7).isSorted();
            assertThat(codes.getFirst()).endsWith("%04d".formatted(firstTarget));
            return rowsReadSoFar("branch", "campaign_target") - before;
        });
        assertThat(read).isLessThan(100);
    }

    @Test
    void county_readsTheCacheOfItsBranches() {
        long read = Transactions.inNew(true, () -> {
            UUID campaign = many(0);
            UUID county = sql.one(
                            "SELECT branch_id FROM campaign_target WHERE campaign_id = ? ORDER BY branch_id LIMIT 1",
                            row -> row.id("branch_id"),
                            campaign)
                    .orElseThrow();
            sql.update("""
                    UPDATE branch SET parent_id = ? WHERE id IN (
                        SELECT branch_id FROM campaign_target WHERE campaign_id = ? ORDER BY branch_id DESC LIMIT 29)""", county, campaign);
            sql.run("ANALYZE branch");
            long before = rowsReadSoFar("coverage_cache");
            List<UUID> found = new ArrayList<>();
            kept.each(campaigns.view(campaign), BranchProjection.Criteria.under(county), branch -> {
                assertThat(branch.visits()).isEmpty();
                found.add(branch.place().id());
            });
            assertThat(found).hasSize(30).doesNotHaveDuplicates();
            return rowsReadSoFar("coverage_cache") - before;
        });
        assertThat(read).isEqualTo(30);
    }

    @Test
    void aCampaignIsReadWithoutItsTargets() {
        long read = Transactions.inNew(true, () -> {
            UUID id = many(2700);
            long before = rowsReadSoFar("campaign_target");
            CampaignView campaign = campaigns.view(id);
            assertThat(campaign.targetCount()).isEqualTo(300);
            assertThat(campaigns.list(campaign.code(), null, null, 10)).containsExactly(campaign);
            return rowsReadSoFar("campaign_target") - before;
        });
        assertThat(read).isZero();
    }

    /** A campaign and 3,000 branches; those from this index on are its targets. It has no bookings. */
    private UUID many(int firstTarget) {
        UUID id = Uuid7.next();
        String code = "many-" + id;
        sql.update("""
                INSERT INTO branch (id, version, code, name, kind, zone, locale, parallel, created_at, updated_at)
                SELECT uuidv7(), 1, ? || '-' || to_char(i, 'FM0000'), '青石村', 'village', 'Asia/Shanghai', 'zh-CN', false, now(), now()
                FROM generate_series(0, 2999) i""", code);
        sql.update("""
                INSERT INTO campaign (id, version, code, name, status, starts_on, ends_on, zone, lectures_per_branch,
                    min_interval_days, formats, tiers, subtrees, kinds, branches, priority, targets_at, created_at, updated_at)
                VALUES (?, 1, ?, 'Many', 'ACTIVE', current_date, current_date, 'Asia/Shanghai', 1, 0, '{}', '{}', '{}', '{}', '{}',
                    '{}', now(), now(), now())""", id, code);
        sql.update("""
                INSERT INTO campaign_target (campaign_id, branch_id, priority, branch_code)
                SELECT cast(? AS uuid), id, false, code FROM branch
                WHERE starts_with(code, ?) AND right(code, 4) >= to_char(cast(? AS integer), 'FM0000')""", id, code, firstTarget);
        sql.update("""
                INSERT INTO coverage_cache (campaign_id, branch_id, visits)
                SELECT campaign_id, branch_id, '' FROM campaign_target WHERE campaign_id = ?""", id);
        sql.update("UPDATE campaign SET target_count = ? WHERE id = ?", 3000 - firstTarget, id);
        sql.run("ANALYZE branch, campaign, campaign_target, coverage_cache");
        return id;
    }

    /** Counts rows read in this transaction. */
    private long rowsReadSoFar(String... tables) {
        return sql.one("""
                        SELECT sum(coalesce(idx_tup_fetch, 0) + seq_tup_read) AS read FROM pg_stat_xact_user_tables
                        WHERE relname = ANY (?)""", row -> row.bigNumber("read"), List.of(tables)).orElseThrow();
    }
}
