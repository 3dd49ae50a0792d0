package org.lectern.scheduler.campaign;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.lectern.scheduler.support.Lectures.at;
import static org.lectern.scheduler.support.Lectures.change;
import static org.lectern.scheduler.support.Lectures.day;
import static org.lectern.scheduler.support.Lectures.post;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.lectern.scheduler.campaign.coverage.CoverageUpdater;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.scheduler.support.City;

/** The stored coverage always matches the bookings, under concurrent changes and at any time. */
@Tag("proof")
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class CoverageKeptTest {

    private static final int THREADS = 6;
    private static final int CHANGES = 25;

    @Inject
    City city;

    @Inject
    CoverageUpdater keeper;

    private long differences(Drive drive) {
        return city.count("SELECT count(*) FROM coverage_differences() WHERE campaign_id = cast(? AS uuid)", drive.id);
    }

    private long marks(Drive drive) {
        return city.count("SELECT count(*) FROM coverage_changed WHERE campaign_id = cast(? AS uuid)", drive.id);
    }

    private static void isListed(Drive drive) {
        JsonPath totals =
                drive.get("/coverage").then().statusCode(200).extract().jsonPath();
        List<String> states = drive.get("/coverage/items?limit=200").jsonPath().getList("items.state");
        Map<String, Integer> listed = new TreeMap<>();
        states.forEach(state -> listed.merge(state, 1, Integer::sum));
        Map<String, Integer> counted = new TreeMap<>();
        Map.of(
                        "notPlanned", "NOT_PLANNED",
                        "requested", "REQUESTED",
                        "booked", "BOOKED",
                        "notified", "NOTIFIED",
                        "acknowledged", "ACKNOWLEDGED",
                        "held", "HELD",
                        "missed", "MISSED",
                        "excluded", "EXCLUDED")
                .forEach((field, state) -> {
                    int count = totals.getInt("totals." + field);
                    if (count > 0) {
                        counted.put(state, count);
                    }
                });
        assertThat(counted).isEqualTo(listed);
    }

    @Test
    void concurrentChanges_keepTheCacheCorrect() throws Exception {
        Drive campaign = new Drive(city, 2, 2);
        campaign.active(campaign.body());
        List<UUID> lecturers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            lecturers.add(campaign.lecturer("county"));
        }
        Queue<String> booked = new ConcurrentLinkedQueue<>();
        AtomicBoolean done = new AtomicBoolean();
        try (var pool = Executors.newFixedThreadPool(THREADS + 1)) {
            List<Future<Integer>> workers = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                Random random = new Random(i);
                workers.add(pool.submit(() -> work(campaign, lecturers, booked, random)));
            }
            Future<Integer> keeping = pool.submit(() -> {
                int kept = 0;
                while (!done.get()) {
                    kept += keeper.keep();
                    assertThat(campaign.get("/coverage").jsonPath().getInt("totals.items"))
                            .isEqualTo(campaign.villages.size() * 2);
                }
                return kept;
            });
            int changes = 0;
            try {
                for (Future<Integer> worker : workers) {
                    changes += worker.get();
                }
            } finally {
                done.set(true);
            }
            assertThat(changes).isGreaterThan(THREADS * CHANGES / 4);
            assertThat(keeping.get()).isPositive();
        }
        assertThat(differences(campaign)).isZero();
        isListed(campaign);
        keeper.keep();
        assertThat(marks(campaign)).isZero();
        assertThat(differences(campaign)).isZero();
        isListed(campaign);
    }

    private int work(Drive drive, List<UUID> lecturers, Queue<String> booked, Random random) {
        int done = 0;
        for (int i = 0; i < CHANGES; i++) {
            String id = random.nextInt(5) < 2 ? booked.poll() : null;
            Response answer;
            if (id == null) {
                UUID host = drive.villages.get(random.nextInt(drive.villages.size()));
                UUID guest = drive.villages.get(random.nextInt(drive.villages.size()));
                Map<String, Object> body = drive.body(
                        lecturers.get(random.nextInt(lecturers.size())),
                        drive.topics.get(random.nextInt(2)),
                        host,
                        random.nextInt(40) - 20,
                        8 + random.nextInt(10));
                if (!guest.equals(host)) {
                    body.put("guests", List.of(Map.of("branchId", guest)));
                }
                answer = post("/api/v1/bookings", body);
                if (answer.statusCode() == 201) {
                    booked.add(answer.path("id"));
                }
            } else {
                String path = "/api/v1/bookings/" + id;
                answer = switch (random.nextInt(3)) {
                    case 0 -> change(path + "/cancel", 1, Map.of("reason", "台风"));
                    case 1 -> change(path + "/complete", 1, Map.of("headCount", random.nextInt(90)));
                    default ->
                        change(
                                path + "/change",
                                1,
                                Map.of(
                                        "start",
                                        at(day(random.nextInt(25)), 8 + random.nextInt(10), 30),
                                        "reason",
                                        "改期",
                                        "override",
                                        Map.of("reason", "按活动安排")));
                };
            }
            assertThat(answer.statusCode()).isIn(200, 201, 400, 409);
            done += answer.statusCode() < 300 ? 1 : 0;
        }
        return done;
    }

    @Test
    void difference_isFoundAndRepaired() {
        Drive drive = new Drive(city, 1, 1);
        drive.active(drive.body());
        drive.book(drive.lecturer("county"), drive.topics.getFirst(), drive.villages.getFirst(), 3, 9);
        keeper.keep();
        assertThat(differences(drive)).isZero();

        city.run("UPDATE coverage_cache SET visits = '' WHERE campaign_id = cast(? AS uuid)", drive.id);
        assertThat(differences(drive)).isOne();
        assertThat(drive.get("/coverage").jsonPath().getInt("totals.booked")).isZero();

        city.run("INSERT INTO coverage_changed (campaign_id, branch_id)"
                + " SELECT campaign_id, branch_id FROM coverage_differences()");
        assertThat(drive.get("/coverage").jsonPath().getInt("totals.booked")).isOne();
        keeper.keep();
        assertThat(differences(drive)).isZero();
        assertThat(drive.get("/coverage").jsonPath().getInt("totals.booked")).isOne();
    }

    @Test
    void pastLecture_becomesMissed() {
        Drive drive = new Drive(city, 1, 1);
        drive.active(drive.body());
        String id = drive.book(drive.lecturer("county"), drive.topics.getFirst(), drive.villages.getFirst(), 0, 9);
        city.run("""
                UPDATE booking SET starts_at = now() - interval '1 hour', ends_at = now() + interval '10 seconds',
                    occupied_from = now() - interval '1 hour', occupied_until = now() + interval '1 minute'
                WHERE id = cast(? AS uuid)""", id);
        keeper.keep();
        assertThat(marks(drive)).isZero();
        assertThat(drive.get("/coverage").jsonPath().getInt("totals.booked")).isOne();

        await().atMost(ofSeconds(120))
                .untilAsserted(
                        () -> assertThat(drive.get("/coverage").jsonPath().getInt("totals.missed"))
                                .isOne());
        assertThat(marks(drive)).isZero();
        isListed(drive);
    }

    @Test
    void aTopicThatWasTakenOutIsCountedNoMore() {
        Drive drive = new Drive(city, 2, 1);
        drive.active(drive.body());
        drive.book(drive.lecturer("county"), drive.topics.getFirst(), drive.villages.getFirst(), 3, 9);
        city.run(
                "DELETE FROM campaign_topic WHERE campaign_id = cast(? AS uuid) AND topic_id = ?",
                drive.id,
                drive.topics.getFirst());
        JsonPath coverage = drive.get("/coverage").jsonPath();
        assertThat(coverage.getInt("totals.items")).isEqualTo(2);
        assertThat(coverage.getInt("totals.notPlanned")).isEqualTo(2);
        assertThat(coverage.getList("topics")).hasSize(1);
    }
}
