package org.lectern.acceptance.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.lectern.acceptance.Client;
import org.lectern.acceptance.console.Console;
import org.lectern.acceptance.console.ConsoleJourney;
import org.lectern.acceptance.console.Look;
import org.lectern.acceptance.console.Scene;
import org.lectern.acceptance.console.Seat;

/** What a branch does in the portal, on a phone. */
@ConsoleJourney
class PortalJourneyIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @Test
    void message_isAcknowledgedAndOrganizersSeeIt(Console console) {
        Scene scene = console.scene();
        Scene.Entry branch = scene.branch("Clay");
        Client.Booking lecture = scene.book(scene.lecturer("Ada"), branch, scene.roomOf(branch), Scene.day(5), "10:00");
        Seat seat = console.portal(branch, Look.PHONE);
        shows(seat, seat.linkWith(scene.topic().name()));

        assertThat(seat.page().locator("nav .count")).containsText("1");
        seat.linkWith(scene.topic().name()).click();
        assertThat(seat.page().locator("article")).containsText("First opened");
        seat.button("Acknowledge").click();

        seat.expectToast("Acknowledged. The organizers see it now.");
        assertThat(seat.page().locator("article")).containsText("by a person who had signed in");
        assertThat(seat.page().locator("nav .count")).hasCount(0);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(acknowledged(scene, lecture)).isTrue());

        seat.link("The lecture").click();
        Locator details = seat.page().locator("article");
        assertThat(details).containsText("10:00–11:30");
        assertThat(details).containsText("Ada");
        assertThat(details).containsText("Room of");
        assertThat(details).containsText("Acknowledged");
    }

    private static boolean acknowledged(Scene scene, Client.Booking lecture) {
        JsonNode all = scene.api()
                .get(scene.base() + "/bookings?acknowledged=true&status=CONFIRMED&from=" + Scene.day(0)
                        + "T00:00:00Z&topicId=" + scene.topic().id());
        return all.path("items").findValuesAsText("id").contains(lecture.id());
    }

    /** Requests the scene's topic in three taps. */
    private static void request(Console console, Seat seat, Scene scene, String when) {
        seat.page().navigate(console.portalOrigin() + "/portal/requests/new");
        seat.settled();
        seat.page().getByLabel("Find a topic").fill(scene.topic().name());
        for (String choice : List.of(scene.topic().name(), when)) {
            seat.page()
                    .locator(".choice", new Page.LocatorOptions().setHasText(choice))
                    .click();
        }
        seat.button("Send the request").click();
    }

    @Test
    void requestInThreeTaps_getsAnOfferThatIsTaken(Console console) {
        Scene scene = console.scene();
        Scene.Entry branch = scene.branch("Dale");
        scene.roomOf(branch);
        Seat seat = console.portal(branch, Look.PHONE);

        request(console, seat, scene, "Within two weeks");

        seat.expectToast("Sent.");
        assertThat(seat.heading("Waiting")).isVisible();
        scene.lecturer("Bea"); // time for a branch that waits: the service offers it
        Locator offer = seat.page().locator(".offered");
        shows(seat, offer);
        assertThat(offer).containsText("Bea");
        assertThat(offer).containsText("Answer by");

        seat.button("Take this time").click();

        seat.expectToast("Taken. The lecture is booked.");
        assertThat(seat.heading("Offers for you")).hasCount(0);
        assertThat(scene.api()
                        .get(scene.base() + "/bookings?status=CONFIRMED&branchId=" + branch.id())
                        .path("items"))
                .hasSize(1);
        seat.link("Lectures").click();
        assertThat(seat.linkWith(scene.topic().name())).isVisible();
    }

    @Test
    void secondRequestForATopic_isRefusedWithTheWayOut(Console console) {
        Scene scene = console.scene();
        Scene.Entry branch = scene.branch("Elm");
        scene.ask(branch, Scene.day(3));
        Seat seat = console.portal(branch, Look.PHONE);
        request(console, seat, scene, "Within four weeks");

        assertThat(seat.page().getByRole(AriaRole.ALERT)).containsText("Request already open");
        seat.page().locator("lectern-ask a.button").click();
        seat.button("Withdraw").click();
        seat.dialog("Withdraw the request").visible().press("Withdraw");
        seat.expectToast("Withdrawn.");
    }

    @Test
    void addresses_areAddedSwitchedAndRemoved(Console console) {
        Scene scene = console.scene();
        Scene.Entry branch = scene.branch("Fern");
        scene.book(scene.lecturer("Cleo"), branch, scene.roomOf(branch), Scene.day(6), "09:00");
        Seat seat = console.portal(branch, Look.PHONE);
        shows(seat, seat.linkWith(scene.topic().name()));
        seat.link("Settings").click();
        String address = branch.code().toLowerCase(Locale.ROOT) + "@example.org";

        seat.button("Add an address").click();
        seat.dialog("Add an address").visible().fill("E-mail address", address).press("Add an address");
        Locator line = seat.page().locator(".lines-list li", new Page.LocatorOptions().setHasText(address));
        assertThat(line).containsText("To be confirmed");
        seat.button("Make it a deputy").click();
        assertThat(line.locator(".chip").first()).hasText("Deputy");
        seat.button("Remove").click();
        seat.dialog("Remove this address?").visible().press("Remove");
        assertThat(seat.page().locator("lectern-endpoints")).containsText("Nothing yet");

        seat.page().getByLabel("Quiet hours").check();
        seat.button("Save").click();
        seat.expectToast("Saved.");
        seat.page().reload();
        assertThat(seat.settled().page().getByLabel("Quiet hours")).isChecked();

        seat.button("Create an address").click();
        seat.dialog("Create an address").visible().press("Create an address");
        assertThat(seat.page().getByRole(AriaRole.DIALOG).locator("input.code"))
                .hasValue(Pattern.compile("http.*/feeds/.*\\.ics"));
    }

    @Test
    void branchWithoutLectures_seesWhatToDo(Console console) {
        Scene scene = console.scene();
        Scene.Entry branch = scene.branch("Gorse");
        Seat seat = console.portal(branch, Look.DESKTOP);
        seat.link("Lectures").click();
        assertThat(seat.heading("No lecture is booked")).isVisible();
        seat.link("Past").click();
        assertThat(seat.heading("No lecture in the last twelve months")).isVisible();
    }

    /** Looks again until a message or an offer has arrived; the page itself would do so each minute. */
    static void shows(Seat seat, Locator awaited) {
        await().atMost(PATIENCE).until(() -> {
            if (awaited.count() > 0) {
                return true;
            }
            seat.page().reload();
            seat.settled();
            return awaited.count() > 0;
        });
    }
}
