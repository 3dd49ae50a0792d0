package org.lectern.acceptance.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What other users do at the same time, and what the network does. */
@ConsoleJourney
class ConsoleTogetherIT {

    private static final String TELL = "Change and notify the branches";

    @Test
    void laterOrganizer_seesBothVersionsAndGoesOn(Console console) {
        Scene scene = console.scene();
        var ada = scene.lecturer("Ada");
        LocalDate day = Scene.day(3);
        var lecture = scene.book(ada, scene.branch("Clay"), scene.hall("Hall"), day, "10:00");
        Seat lin = console.seat(Person.LIN_WEI);
        Seat zhao = console.seat(Person.ZHAO_MING);
        Form late = change(lin, Timeline.open(lin, scene, day), ada, "15:00");
        late.expectAudience("changed");
        Form early = change(zhao, Timeline.open(zhao, scene, day), ada, "11:00");
        early.press(TELL);
        zhao.expectToast("Changed: ");

        late.press(TELL);
        Locator overtaken = late.root().getByRole(AriaRole.ALERT);
        assertThat(overtaken).containsText("zhao.ming changed it at");
        Locator time = overtaken.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText("Time"));
        assertThat(time).containsText("10:00–11:30");
        assertThat(time).containsText("11:00–12:30");
        late.press("Make my change as well");
        late.expectAudience("changed");
        late.press(TELL);

        lin.expectToast("Changed: ");
        assertThat(scene.booking(lecture.id()).path("version").asInt()).isEqualTo(3);
        assertThat(scene.booking(lecture.id()).path("start").asText()).contains("T15:00");
    }

    private static Form change(Seat seat, Timeline timeline, Scene.Entry row, String time) {
        timeline.select(row, "10:00");
        timeline.action("Change").click();
        Form form = new Form(seat.page().getByRole(AriaRole.DIALOG)).visible();
        return form.fill("From", time).select("Reason", "Change of plan");
    }

    @Test
    void changeByTheApi_appearsWithoutReload(Console console) {
        Scene scene = console.scene();
        var ada = scene.lecturer("Ada");
        LocalDate day = Scene.day(4);
        var lecture = scene.book(ada, scene.branch("Clay"), scene.hall("Hall"), day, "10:00");
        Seat seat = console.seat(Person.LIN_WEI);
        Timeline timeline = Timeline.open(seat, scene, day);
        timeline.select(ada, "10:00");
        assertThat(timeline.panel()).containsText("Version 1");
        List<String> loads = new ArrayList<>();
        seat.page().onFrameNavigated(frame -> loads.add(frame.url()));

        scene.change(lecture, Scene.json().put("start", Scene.at(day, "12:00")).put("reason", "The train is late"));

        timeline.expectBar(ada, "12:00–13:30");
        assertThat(timeline.panel()).containsText("Version 2");
        assertThat(timeline.panel()).containsText("The train is late");
        assertThat(loads).isEmpty();
    }

    @Test
    void lostConnection_isShownAndSurvived(Console console) {
        Scene scene = console.scene();
        var ada = scene.lecturer("Ada");
        LocalDate day = Scene.day(5);
        scene.book(ada, scene.branch("Clay"), scene.hall("Hall"), day, "10:00");
        Seat seat = console.seat(Person.LIN_WEI);
        Timeline timeline = Timeline.open(seat, scene, day);
        Locator offline =
                seat.page().getByRole(AriaRole.STATUS).filter(new Locator.FilterOptions().setHasText("No connection."));
        assertThat(offline).hasCount(0);

        seat.context().setOffline(true);
        timeline.bar(ada, "10:00").click();
        assertThat(offline).isVisible();
        timeline.expectBar(ada, "10:00–11:30"); // what was read stays
        seat.context().setOffline(false);
        Locator again = timeline.action("Try again");
        Locator there = timeline.panel().getByText("Version 1");
        assertThat(again.or(there)).isVisible();
        if (again.isVisible()) {
            again.click();
        }

        assertThat(there).isVisible();
        assertThat(offline).hasCount(0);
    }

    /** The service makes the change and its answer is lost, as often as the page repeats it by itself. */
    @Test
    void lostAnswer_isAskedForAgainAndTakesEffectOnce(Console console) {
        Scene scene = console.scene();
        var ada = scene.lecturer("Ada");
        LocalDate day = Scene.day(6);
        var lecture = scene.book(ada, scene.branch("Clay"), scene.hall("Hall"), day, "10:00");
        Seat seat = console.seat(Person.LIN_WEI);
        Timeline timeline = Timeline.open(seat, scene, day);
        Form change = change(seat, timeline, ada, "13:00");
        change.expectAudience("changed");
        List<String> keys = new ArrayList<>();
        seat.page().route(url -> url.endsWith("/change"), route -> {
            keys.add(route.request().headerValue("Idempotency-Key"));
            route.fetch();
            route.abort();
        });

        change.press(TELL);
        assertThat(change.root().getByRole(AriaRole.ALERT)).containsText("Not known yet");
        assertThat(keys).hasSizeGreaterThan(1).containsOnly(keys.getFirst());
        seat.page().unrouteAll();
        change.press("Ask again");

        seat.expectToast("Changed: " + ada.name());
        timeline.expectBar(ada, "13:00–14:30");
        assertThat(scene.booking(lecture.id()).path("version").asInt()).isEqualTo(2);
    }
}
