package org.lectern.acceptance.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Frame;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.SameSiteAttribute;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an attacker tries, in the browser of a user who has signed in. */
@ConsoleJourney
class ConsoleSecurityIT {

    private static final String IMAGE = "<img src=x onerror=alert(1)>";
    private static final String DRAWING = "\"'><svg onload=alert(2)>";
    private static final String SCRIPT = "</title></textarea><script>alert(3)</script>${alert(4)}";

    /** A browser's own dialog or a violation of the policy would fail the test as well. */
    @Test
    void markupInEveryName_isShownAsText(Console console) {
        Scene scene = console.scene();
        String mark = " " + scene.mark();
        var lecturer = scene.lecturer(IMAGE + mark);
        var district = scene.district(SCRIPT + mark);
        var branch = scene.branchOf(district, DRAWING + mark);
        var room = scene.roomOf(branch);
        scene.api()
                .replace(
                        scene.base() + "/topics/" + scene.topic().id(),
                        Scene.json()
                                .put("code", scene.topic().code())
                                .put("title", IMAGE + mark)
                                .put("description", DRAWING)
                                .put("durationMinutes", 90));
        LocalDate day = Scene.day(3);
        ObjectNode body = scene.lecture(lecturer, branch, room, day, "10:00").put("note", SCRIPT);
        var lecture = scene.api().book(scene.base() + "/bookings", body);
        scene.change(lecture, Scene.json().put("start", Scene.at(day, "11:00")).put("reason", IMAGE));
        var asked = scene.ask(scene.branchOf(district, IMAGE + " 2" + mark), Scene.day(5));
        var campaign = scene.campaign(district, DRAWING + mark);
        Seat seat = console.seat(Person.LIN_WEI);

        String find = "&find=" + scene.mark();
        for (String address : List.of(
                "timeline?day=" + day + find + "&booking=" + lecture.id(),
                "timeline?by=branch&span=week&day=" + day + find,
                "timeline?by=venue&day=" + day + find,
                "requests?request=" + asked.id() + find,
                "campaign",
                "campaign?campaign=" + campaign.id(),
                "campaign?campaign=" + campaign.id() + "&tab=suggestions",
                "campaign?campaign=" + campaign.id() + "&view=report",
                "registries/lecturers/" + lecturer.id(),
                "registries/lecturers/" + lecturer.id() + "?edit=profile",
                "registries/branches/" + branch.id(),
                "registries/branches/" + branch.id() + "?edit=profile",
                "registries/venues/" + room.id(),
                "registries/topics/" + scene.topic().id(),
                "history?subject=" + lecture.id(),
                "history?subject=" + lecturer.id(),
                "deliveries")) {
            seat.open("/console/" + address);
            expectText(seat.page(), address.matches(".*edit=.*|deliveries") ? "" : "=alert(");
        }
        seat.open("/console/timeline?day=" + day + find + "&booking=" + lecture.id());
        seat.button("Change").click();
        Form change = new Form(seat.page().getByRole(AriaRole.DIALOG)).visible();
        change.fill("From", "12:00").select("Reason", "Change of plan");
        change.expectAudience(branch.name());
        expectText(seat.page(), "=alert(");
        change.press("Change and notify the branches");
        seat.expectToast("Changed: " + IMAGE);
        expectText(seat.page(), "=alert(");
    }

    private static void expectText(Page page, String text) {
        assertThat(page.locator("lectern-shell")).containsText(text);
        assertThat(page.locator("img, svg[onload], script:not([src]), a[href^='javascript:']"))
                .hasCount(0);
    }

    @Test
    void frameOfAnotherSite_staysEmpty(Console console) throws IOException {
        Seat seat = console.seat(Person.LIN_WEI);
        try (OtherSite site = new OtherSite("<iframe src='" + console.origin() + "/console'></iframe>")) {
            seat.page().navigate(site.address());

            Frame frame = seat.page().frames().get(1);
            assertThat(frame.locator("lectern-shell")).hasCount(0);
            assertThat(seat.complaints()).singleElement().asString().contains("frame-ancestors");
            seat.complaints().clear(); // that was the purpose
        }
    }

    @Test
    void pageOfAnotherSite_cannotUseTheSession(Console console) throws IOException {
        Seat seat = console.seat(Person.LIN_WEI);
        String form = "<form method=post action='" + console.origin() + "/session/logout'><button>Win</button></form>";
        try (OtherSite site = new OtherSite(form)) {
            seat.page().navigate(site.address());
            String api = console.origin() + "/api/v1/bookings?limit=1";

            seat.page().evaluate("url => fetch(url, {credentials: 'include', mode: 'no-cors'}).catch(() => {})", api);
            assertThat(seat.refusals()).containsExactly("401 " + api);
            assertThat(seat.page()
                            .evaluate(
                                    "url => fetch(url, {credentials: 'include', headers: {'X-Lectern-Client': 'console'}})"
                                            + ".then(r => r.status, e => e.name)",
                                    api))
                    .isEqualTo("TypeError");
            seat.button("Win").click();
            assertThat(seat.page()).hasURL(console.origin() + "/session/logout");
            assertThat(seat.refusals()).last().asString().startsWith("403 ");
            seat.complaints().clear(); // the browser reports what it has blocked
        }
        seat.open("/console");
        assertThat(seat.button("Account: " + Person.LIN_WEI.shown())).isVisible();
    }

    @Test
    void returnAddress_leadsToNoOtherPlace(Console console) {
        Seat seat = console.seat(Person.LIN_WEI);
        for (String address : List.of(
                "https://evil.example.org/",
                "//evil.example.org/console",
                "/\\evil.example.org",
                "/console/\\..\\..\\evil.example.org",
                "/console@evil.example.org",
                "javascript:alert(1)",
                "/session/logout")) {
            seat.open("/console/history/export");
            seat.page().evaluate("address => sessionStorage.setItem('lectern.return', address)", address);

            seat.open("/console");

            assertThat(seat.page()).hasURL(console.origin() + "/console");
            assertThat(seat.page()).hasTitle("Timeline · Lectern");
        }
        seat.page()
                .evaluate("() => sessionStorage.setItem('lectern.return', '/console/history/export?from=2026-01-01')");
        seat.open("/console");
        assertThat(seat.page()).hasURL(console.origin() + "/console/history/export?from=2026-01-01");
        for (String parameter : List.of("redirect", "redirect_uri", "return", "returnTo", "next", "url")) {
            seat.page().navigate(console.origin() + "/session/login?" + parameter + "=https://evil.example.org/");
            assertThat(seat.page()).hasURL(console.origin() + "/console");
        }
    }

    @Test
    void token_isReadableByNoScript(Console console) {
        Seat seat = console.seat(Person.LIN_WEI);
        seat.open("/console/timeline");
        seat.open("/console/requests");

        List<Cookie> cookies = seat.context().cookies();
        assertThat(cookies).isNotEmpty().allMatch(cookie -> cookie.httpOnly);
        Cookie token = cookies.stream()
                .filter(cookie -> cookie.name.equals("lectern"))
                .findFirst()
                .orElseThrow();
        assertThat(token.sameSite).isEqualTo(SameSiteAttribute.STRICT);
        String readable = (String) seat.page().evaluate("""
                        async () => JSON.stringify([document.cookie, { ...localStorage }, { ...sessionStorage },
                            await indexedDB.databases(), await caches.keys(), document.documentElement.outerHTML])""");
        assertThat(readable)
                .startsWith("[\"\",")
                .doesNotContain(token.value)
                .doesNotContain(token.value.substring(0, 40));
    }

    /** Scripts from other places, and written into the page, do not run. */
    @Test
    void policy_stopsWhatIsWrittenIntoThePage(Console console) {
        Seat seat = console.seat(Person.LIN_WEI);
        seat.open("/console/history/export");

        Object outcome = seat.page().evaluate("""
                () => {
                  const tried = [];
                  try { document.body.innerHTML = "<b>x</b>"; tried.push("innerHTML"); } catch {}
                  try { document.createElement("script").text = "globalThis.owned = 1"; tried.push("script.text"); } catch {}
                  try { document.body.setAttribute("onclick", "globalThis.owned = 1"); } catch {}
                  document.body.click();
                  return tried.join() + (globalThis.owned ?? "");
                }""");

        assertThat(outcome).isEqualTo("");
        assertThat(seat.complaints()).isNotEmpty();
        seat.complaints().clear(); // the browser reports what it has stopped
        Locator main = seat.page().getByRole(AriaRole.MAIN);
        assertThat(main).isVisible();
    }
}
