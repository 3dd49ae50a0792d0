package org.lectern.acceptance.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.lectern.acceptance.console.Console;
import org.lectern.acceptance.console.ConsoleJourney;
import org.lectern.acceptance.console.Look;
import org.lectern.acceptance.console.Scene;
import org.lectern.acceptance.console.Seat;

/** The portal as an app of the phone: installed, opened without a connection, with notifications. */
@ConsoleJourney
class PortalInstallIT {

    private static final String READY = "async () => { await navigator.serviceWorker.ready; }";

    @Test
    void portal_canBeInstalledAndOpensOffline(Console console) {
        Scene scene = console.scene();
        Scene.Entry branch = scene.branch("Rowan");
        Seat seat = console.portal(branch, Look.PHONE);
        Page page = seat.page();
        page.evaluate(READY);
        CDPSession browser = seat.context().newCDPSession(page);

        JsonObject manifest = browser.send("Page.getAppManifest");
        assertThat(manifest.getAsJsonArray("errors")).isEmpty();
        JsonObject errors = browser.send("Page.getInstallabilityErrors");
        assertThat(errors.getAsJsonArray("installabilityErrors").toString())
                .as("but that the window of a test is private")
                .isIn("[]", "[{\"errorId\":\"in-incognito\",\"errorArguments\":[]}]");
        for (Object icon : (List<?>) page.evaluate("""
                async () => {
                  const manifest = await (await fetch("/portal/app.webmanifest")).json();
                  return Promise.all(manifest.icons.map(async each => {
                    const image = new Image();
                    image.src = each.src;
                    await image.decode();
                    return [each.sizes, `${image.naturalWidth}x${image.naturalHeight}`];
                  }));
                }""")) {
            List<?> sizes = (List<?>) icon;
            assertThat(sizes.getFirst()).isIn("any", sizes.getLast());
        }

        seat.context().setOffline(true);
        page.navigate(console.portalOrigin() + "/portal"); // where the installed app begins
        seat.settled();
        assertThat(seat.page().locator(".offline")).isVisible();
        assertThat(seat.heading("Messages")).isVisible();
        seat.context().setOffline(false);
    }

    @Test
    void message_appearsAsNotification(Console console) {
        Scene scene = console.scene();
        Scene.Entry branch = scene.branch("Sorrel");
        Seat seat = console.portal(branch, Look.PHONE);
        Page page = seat.page();
        seat.context().grantPermissions(List.of("notifications"));
        page.evaluate(READY);
        CDPSession browser = seat.context().newCDPSession(page);
        var registrations = new CopyOnWriteArrayList<String>();
        browser.on(
                "ServiceWorker.workerRegistrationUpdated",
                event -> event.getAsJsonArray("registrations")
                        .forEach(each -> registrations.add(
                                each.getAsJsonObject().get("registrationId").getAsString())));
        browser.send("ServiceWorker.enable");
        await().atMost(Duration.ofMinutes(1)).until(() -> {
            page.evaluate("() => 1"); // lets the events arrive
            return !registrations.isEmpty();
        });

        JsonObject push = new JsonObject();
        push.addProperty("origin", console.portalOrigin());
        push.addProperty("registrationId", registrations.getLast());
        push.addProperty(
                "data",
                "{\"title\":\"Lecture confirmed: Soil\",\"locale\":\"en\",\"subject\":\"s-1\",\"notice\":\"n-1\"}");
        browser.send("ServiceWorker.deliverPushMessage", push);

        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(page.evaluate("""
                        async () => (await (await navigator.serviceWorker.ready).getNotifications())
                            .map(each => ({ title: each.title, tag: each.tag, notice: each.data.notice }))"""))
                        .isEqualTo(List.of(Map.of("title", "Lecture confirmed: Soil", "tag", "s-1", "notice", "n-1"))));
    }

    /** Headless browsers reach no push service: the subscription is made up, what follows is real. */
    @Test
    void notifications_areTurnedOnAndOff(Console console) {
        Scene scene = console.scene();
        Scene.Entry branch = scene.branch("Thorn");
        Seat seat = console.portal(branch, Look.PHONE);
        seat.context().grantPermissions(List.of("notifications"));
        seat.context().addInitScript("""
                globalThis.given = undefined;
                PushManager.prototype.subscribe = async function (options) {
                  const pair = await crypto.subtle.generateKey({ name: "ECDH", namedCurve: "P-256" }, true, ["deriveBits"]);
                  const text = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes)))
                    .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
                  const p256dh = text(await crypto.subtle.exportKey("raw", pair.publicKey));
                  const auth = text(crypto.getRandomValues(new Uint8Array(16)));
                  globalThis.given = options;
                  return { toJSON: () => ({ endpoint: "http://127.0.0.1:9/push/" + auth, keys: { p256dh, auth } }) };
                };""");
        seat.open("/portal/settings");

        seat.button("Turn on").click();

        seat.expectToast("On. New messages appear as notifications.");
        assertThat(seat.page().evaluate("() => given.userVisibleOnly && given.applicationServerKey.length"))
                .isEqualTo(87);
        seat.page().reload();
        seat.settled();
        assertThat(seat.page().locator("lectern-endpoints")).containsText("Notification of a browser");

        seat.page().evaluate("""
                () => { PushManager.prototype.getSubscription = async () => ({}); }""");
        seat.link("Lectures").click();
        seat.link("Settings").click();
        seat.button("Turn off").click();
        seat.expectToast("Off.");
    }
}
