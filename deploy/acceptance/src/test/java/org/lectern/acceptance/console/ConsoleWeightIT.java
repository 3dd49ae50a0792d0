package org.lectern.acceptance.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import java.net.URI;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a page may weigh: bytes, requests and elements, counted and not timed. */
@ConsoleJourney
class ConsoleWeightIT {

    private static final int LARGEST_FIRST_LOAD = 60_000;
    private static final int MOST_REQUESTS = 8;
    private static final int PEOPLE = 400;
    private static final int MOST_ROWS = 60;

    /** Nothing is in the browser's cache. Data of the city is counted apart: it grows with the city. */
    @Test
    void firstLoad_keepsItsBudget(Console console) {
        Seat seat = console.seat(Person.LIN_WEI);
        CDPSession network = seat.context().newCDPSession(seat.page());
        Map<String, String> paths = new HashMap<>();
        Map<String, Integer> bytes = new TreeMap<>();
        Set<String> hosts = new HashSet<>();
        network.on("Network.requestWillBeSent", event -> {
            URI url = URI.create(event.getAsJsonObject("request").get("url").getAsString());
            paths.put(event.get("requestId").getAsString(), url.getPath());
            hosts.add(url.getHost());
        });
        network.on("Network.loadingFinished", event -> bytes.merge(path(event, paths), size(event), Integer::sum));
        network.send("Network.enable");

        seat.open("/console/timeline");
        assertThat(seat.page().locator(".foot")).isVisible();

        Map<String, Integer> own = new TreeMap<>(bytes);
        own.keySet().removeIf(path -> path.startsWith("/api/"));
        assertThat(own.values().stream().mapToInt(Integer::intValue).sum())
                .as(own.toString())
                .isLessThanOrEqualTo(LARGEST_FIRST_LOAD);
        assertThat(hosts).containsExactly("localhost");
        assertThat(own).as("requests for the page").hasSizeLessThanOrEqualTo(MOST_REQUESTS);
    }

    private static String path(JsonObject event, Map<String, String> paths) {
        return paths.getOrDefault(event.get("requestId").getAsString(), "?");
    }

    private static int size(JsonObject event) {
        return event.get("encodedDataLength").getAsInt();
    }

    @Test
    void timelineOf400Lecturers_drawsTheRowsInView(Console console) {
        Scene scene = console.scene();
        LocalDate day = Scene.day(200);
        scene.crowd(PEOPLE, day);
        Seat seat = console.seat(Person.LIN_WEI);

        seat.open("/console/timeline?span=week&day=" + day + "&find=" + scene.mark());

        assertThat(seat.page().locator(".foot")).containsText(" lectures");
        Locator rows = seat.page().locator(".line-row");
        assertThat(rows.count()).isBetween(5, MOST_ROWS);
        assertThat(seat.page().locator(".bar").count()).isLessThanOrEqualTo(MOST_ROWS);
        assertThat(seat.page().getByText("Person 400")).hasCount(0);
        seat.page()
                .getByLabel("Lectures by row and time")
                .evaluate("region => region.scrollTo(0, region.scrollHeight)");
        assertThat(seat.page().getByText("Person 400").first()).isVisible();
        assertThat(rows.count()).isBetween(5, MOST_ROWS);
    }
}
