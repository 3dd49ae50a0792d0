package org.lectern.acceptance.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.options.AriaRole;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every page, in both languages, on a desktop and on a phone: accessible, within its window, without an error. */
@ConsoleJourney
class ConsolePagesIT {

    /** The router reads the address again, as after Back; the frame stays. */
    private static final String GO =
            "address => { history.pushState(null, '', address); dispatchEvent(new PopStateEvent('popstate')); }";

    private static List<String> addresses(Console console) {
        var api = console.api("organizer");
        String base = console.origin() + "/api/v1";
        String tomorrow = Scene.day(1).toString();
        JsonNode lecture = api.get(base + "/bookings?status=CONFIRMED&limit=1&from=" + tomorrow + "T00:00:00Z")
                .path("items")
                .path(0);
        String lecturer = lecture.path("lecturer").path("id").asText();
        String branch = lecture.path("branch").path("id").asText();
        String request = id(api.get(base + "/requests?status=WAITING&limit=1"));
        String campaign = id(api.get(base + "/campaigns?q=demonstration&limit=1"));
        return List.of(
                "timeline?day=" + tomorrow,
                "timeline?day=" + tomorrow + "&span=week&by=branch",
                "timeline?day=" + tomorrow + "&by=venue&booking="
                        + lecture.path("id").asText(),
                "timeline?find=nothing-has-this-name",
                "timeline?span=month&day=" + tomorrow,
                "lectures",
                "lectures/change",
                "lectures/absence",
                "lectures/proposals",
                "lectures/absence?for=day",
                "lectures/series",
                "requests",
                "requests?request=" + request,
                "requests?status=LAPSED",
                "campaign",
                "campaign?campaign=" + campaign,
                "campaign?campaign=" + campaign + "&tab=suggestions&where=map",
                "campaign?campaign=" + campaign + "&tab=calls",
                "campaign?campaign=" + campaign + "&view=report",
                "plan",
                "plan?campaign=" + campaign,
                "registries/lecturers",
                "registries/lecturers/" + lecturer,
                "registries/lecturers/" + lecturer + "?edit=hours",
                "registries/lecturers/" + lecturer + "?edit=profile",
                "registries/branches/" + branch,
                "registries/venues/new",
                "registries/topics",
                "registries/calendar",
                "deliveries",
                "history",
                "history?subject=" + lecture.path("id").asText(),
                "history/import",
                "history/export",
                "there-is-no-such-page");
    }

    private static final List<String> OF_OPERATORS = List.of(
            "deliveries?view=log&state=DELIVERED", "deliveries?view=quarantine", "deliveries?view=held", "timeline");

    private static String id(JsonNode list) {
        return list.path("items").path(0).path("id").asText();
    }

    /**
     * Layout and errors in every combination. Accessibility in light and dark needs two: both languages, and both
     * structures of a page.
     */
    @ParameterizedTest
    @CsvSource({"en-GB,false,true", "en-GB,true,false", "zh-CN,false,false", "zh-CN,true,true"})
    void everyPage_isAccessibleAndFitsItsWindow(String locale, boolean phone, boolean axe, Console console) {
        Look look = (phone ? Look.PHONE : Look.DESKTOP).in(locale).at(phone ? "Asia/Shanghai" : "Europe/Berlin");
        List<String> problems = new ArrayList<>();
        Seat organizer = console.seat(Person.LIN_WEI, look);
        visit(organizer, addresses(console), axe, problems);
        dialogs(organizer, locale, axe, problems);
        Seat operator = console.seat(Person.WU_HAO, look);
        visit(operator, OF_OPERATORS, axe, problems);

        assertThat(problems).isEmpty();
        assertThat(organizer.refusals()).isEmpty();
        assertThat(operator.refusals()).isEmpty();
    }

    private static void visit(Seat seat, List<String> addresses, boolean axe, List<String> problems) {
        seat.open("/console/history/export");
        for (String address : addresses) {
            seat.page().evaluate(GO, "/console/" + address);
            PageJudge.judge(seat.settled(), address, axe, problems);
        }
    }

    /** The forms of a lecture, from the timeline. */
    private static void dialogs(Seat seat, String locale, boolean axe, List<String> problems) {
        boolean english = locale.startsWith("en");
        seat.open("/console/timeline");
        for (String button : english ? List.of("Book", "Find a slot") : List.of("安排宣讲", "查找空闲时段")) {
            seat.button(button).click();
            assertThat(seat.page().getByRole(AriaRole.DIALOG)).isVisible();
            PageJudge.judge(seat, "dialog " + button, axe, problems);
            seat.press("Escape");
            assertThat(seat.page().getByRole(AriaRole.DIALOG)).hasCount(0);
        }
    }
}
