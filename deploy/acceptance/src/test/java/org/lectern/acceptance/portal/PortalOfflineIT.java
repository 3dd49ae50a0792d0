package org.lectern.acceptance.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.lectern.acceptance.console.Console;
import org.lectern.acceptance.console.ConsoleJourney;
import org.lectern.acceptance.console.Look;
import org.lectern.acceptance.console.Scene;
import org.lectern.acceptance.console.Seat;

/** The portal without a connection, and what stays on the device. */
@ConsoleJourney
class PortalOfflineIT {

    private static final String KEPT = """
            async () => {
              const names = (await indexedDB.databases()).map(each => each.name);
              let entries = 0;
              if (names.includes("lectern-portal")) {
                const open = await new Promise((resolve, reject) => {
                  const request = indexedDB.open("lectern-portal");
                  request.onsuccess = () => resolve(request.result);
                  request.onerror = () => reject(request.error);
                });
                if (open.objectStoreNames.contains("entries")) {
                  entries = await new Promise(resolve => {
                    const count = open.transaction("entries").objectStore("entries").count();
                    count.onsuccess = () => resolve(count.result);
                  });
                }
                open.close();
              }
              const workers = (await navigator.serviceWorker.getRegistrations()).length;
              const files = (await caches.keys()).length;
              return { entries, workers, files };
            }""";

    @Test
    void withoutAConnection_lastDataIsShownAndAcknowledgementsWait(Console console) {
        Scene scene = console.scene();
        Scene.Entry branch = scene.branch("Heath");
        var lecture = scene.book(scene.lecturer("Dora"), branch, scene.roomOf(branch), Scene.day(5), "14:00");
        Seat seat = console.portal(branch, Look.PHONE);
        PortalJourneyIT.shows(seat, seat.linkWith(scene.topic().name()));
        seat.link("Lectures").click();
        assertThat(seat.linkWith(scene.topic().name())).isVisible();
        workerIsReady(seat.page());

        seat.context().setOffline(true);
        seat.page().navigate(console.portalOrigin() + "/portal/inbox");
        seat.settled();
        assertThat(seat.page().locator(".offline")).isVisible();
        assertThat(seat.page().locator(".age")).containsText("No connection. As of");
        seat.button("Acknowledge").click();
        seat.expectToast("Kept on this device.");
        assertThat(seat.page().locator(".cards")).containsText("Waits for a connection");
        seat.link("Lectures").click();
        assertThat(seat.linkWith(scene.topic().name())).isVisible();
        seat.page().reload(); // what waits outlives the page
        seat.settled();

        seat.context().setOffline(false);

        await().atMost(Duration.ofMinutes(3)).untilAsserted(() -> {
            seat.page().navigate(console.portalOrigin() + "/portal/inbox");
            seat.settled();
            assertThat(seat.page().locator(".cards").innerText()).contains("Acknowledged");
        });
        assertThat(seat.page().locator(".offline")).hasCount(0);
        assertThat(scene.booking(lecture.id()).path("status").asText()).isEqualTo("CONFIRMED");
    }

    @Test
    void withoutAConnection_nothingElseIsSent(Console console) {
        Scene scene = console.scene();
        Scene.Entry branch = scene.branch("Ivy");
        scene.ask(branch, Scene.day(3));
        Seat seat = console.portal(branch, Look.PHONE);
        seat.link("Requests").click();
        assertThat(seat.button("Withdraw")).isVisible();
        workerIsReady(seat.page());

        seat.context().setOffline(true);
        seat.button("Withdraw").click();
        seat.dialog("Withdraw the request").visible().press("Withdraw");

        seat.dialog("Withdraw the request").expectText("Nothing was sent");
    }

    @Test
    void signOut_removesEverythingFromTheDevice(Console console) {
        Scene scene = console.scene();
        Scene.Entry branch = scene.branch("Juniper");
        Seat seat = console.portal(branch, Look.PHONE);
        workerIsReady(seat.page());
        assertThat(seat.page().evaluate(KEPT).toString()).doesNotContain("entries=0");

        seat.page().locator("details.menu summary").click();
        seat.button("Sign out").click();

        assertThat(seat.heading("You are signed out")).isVisible();
        assertThat(seat.context().cookies()).noneMatch(cookie -> cookie.name.equals("lectern"));
        assertThat(seat.page().evaluate(KEPT)).hasToString("{entries=0, workers=0, files=0}");
        assertThat(seat.page().evaluate("() => localStorage.length")).isEqualTo(0);
    }

    static void workerIsReady(Page page) {
        page.evaluate("async () => { await navigator.serviceWorker.ready; }");
    }
}
