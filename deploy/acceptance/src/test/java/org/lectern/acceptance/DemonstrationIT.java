package org.lectern.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each page of the console has something to show of the demonstration city, read as the page reads it. */
class DemonstrationIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static LocalStack stack;
    private static Client organizer;

    @BeforeAll
    static void up() throws Exception {
        stack = LocalStack.start();
        organizer = new Client(stack, "organizer");
    }

    @AfterAll
    static void down() {
        if (stack != null) {
            stack.close();
        }
    }

    @Test
    void campaignIsHalfDone_andItsForecastIsTooLate() {
        String campaign = items("/campaigns").getFirst().path("id").asText();
        JsonNode coverage = scheduler("/campaigns/" + campaign + "/coverage");

        assertThat(coverage.at("/totals/percentHeld").asInt()).isBetween(40, 60);
        assertThat(coverage.at("/forecast/inTime").asBoolean(true)).isFalse();
        assertThat(coverage.at("/totals/notPlanned").asInt()).isPositive();
        assertThat(coverage.at("/totals/requested").asInt()).isPositive();
        assertThat(coverage.at("/totals/excluded").asInt()).isPositive();
        assertThat(coverage.path("trend")).hasSizeGreaterThan(10);
        await("some lectures are acknowledged")
                .atMost(PATIENCE)
                .until(() -> scheduler("/campaigns/" + campaign + "/coverage")
                                .at("/totals/acknowledged")
                                .asInt()
                        > 0);
    }

    @Test
    void requestsWait_twoOfThemForTheSameEvening() {
        List<JsonNode> waiting = items("/requests?status=WAITING");

        assertThat(waiting).hasSizeGreaterThanOrEqualTo(3);
        assertThat(waiting.stream()
                        .collect(Collectors.groupingBy(
                                request -> request.at("/topic/id").asText()
                                        + request.at("/windows/0/from").asText(),
                                Collectors.counting()))
                        .values())
                .contains(2L);
        assertThat(items("/requests?status=OFFERED")).isNotEmpty();
        assertThat(items("/requests?status=REFUSED")).isNotEmpty();
    }

    @Test
    void holdsExpireSoon() {
        List<Instant> ends = items("/bookings?status=HELD").stream()
                .map(hold -> OffsetDateTime.parse(hold.at("/hold/expiresAt").asText())
                        .toInstant())
                .toList();

        assertThat(ends).hasSizeGreaterThanOrEqualTo(3);
        assertThat(ends).anyMatch(end -> end.isBefore(Instant.now().plus(Duration.ofMinutes(20))));
    }

    @Test
    void lecturerOnLeave_hasLecturesLeft() {
        assertThat(items("/bookings?nonconforming=blackout")).hasSizeGreaterThanOrEqualTo(4);
    }

    @Test
    void seriesJointLectureAndSubstituteExist() {
        List<JsonNode> bookings = items("/bookings?from=" + Instant.now().minus(Duration.ofDays(8)));

        assertThat(bookings.stream()
                        .filter(booking -> booking.hasNonNull("seriesId"))
                        .collect(Collectors.groupingBy(
                                booking -> booking.path("seriesId").asText(), Collectors.counting()))
                        .values())
                .containsExactly(6L);
        assertThat(bookings).anyMatch(booking -> booking.path("guests").size() == 2);
        assertThat(bookings)
                .filteredOn(booking -> booking.path("version").asInt() == 2)
                .anyMatch(booking -> scheduler("/bookings/" + booking.path("id").asText() + "/history")
                        .toString()
                        .contains("因病请假"));
    }

    @Test
    void pastLecturesWaitForTheirResults() {
        assertThat(items("/bookings?status=CONFIRMED&to=" + Instant.now()))
                .anyMatch(booking -> OffsetDateTime.parse(booking.path("end").asText())
                        .toInstant()
                        .isBefore(Instant.now()));
    }

    @Test
    void renamedHall_leavesOutdatedNotices() {
        assertThat(items("/bookings?outdated=true")).isNotEmpty();
    }

    @Test
    void calendarHasAHoliday() {
        int year = OffsetDateTime.now().plusDays(33).getYear();

        assertThat(scheduler("/calendar/" + year).path("days")).isNotEmpty();
    }

    @Test
    void notices_couldNotBeDelivered() {
        String notification = stack.address("notification") + "/api/v1";
        await("notices were refused and parked").atMost(PATIENCE).untilAsserted(() -> {
            JsonNode counts = organizer.get(
                    notification + "/deliveries/counts?from=" + Instant.now().minus(Duration.ofDays(7)));
            assertThat(counts.path("channels"))
                    .anyMatch(channel -> channel.path("dead").asInt() > 0
                            && channel.path("parked").asInt() > 0
                            && channel.path("delivered").asInt() > 0);
        });
        JsonNode dead = new Client(stack, "operator").get(notification + "/deliveries?state=DEAD");
        assertThat(dead.path("items"))
                .anyMatch(delivery -> delivery.path("reason").asText().startsWith("smtp-550"));
    }

    @Test
    void unknownEvent_isSetAside() {
        Client operator = new Client(stack, "operator");
        await("the event is set aside")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                operator.get(stack.address("notification") + "/api/v1/quarantine?state=OPEN")
                                        .path("items"))
                        .anyMatch(record -> record.path("reason").asText().equals("type-unknown")));
    }

    private static List<JsonNode> items(String path) {
        String all = path + (path.contains("?") ? "&" : "?") + "limit=200";
        return scheduler(all).path("items").valueStream().toList();
    }

    private static JsonNode scheduler(String path) {
        return organizer.get(stack.address("scheduler") + "/api/v1" + path);
    }
}
