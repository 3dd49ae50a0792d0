package org.lectern.acceptance.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Many lectures at once: a lecturer is ill, a series is booked; and one search for everything. */
@ConsoleJourney
class ConsoleManyIT {

    @Test
    void illLecturer_isReplacedByFairSubstitutes(Console console) {
        Scene scene = console.scene();
        var ada = scene.lecturer("Ada");
        var bob = scene.lecturer("Bob");
        var cid = scene.lecturer("Cid");
        LocalDate day = Scene.day(10);
        for (int i = 0; i < 2; i++) {
            scene.book(ada, scene.branch("Clay"), scene.hall("Hall"), day.plusDays(i), "09:00");
            scene.book(ada, scene.branch("Dune"), scene.hall("Hall"), day.plusDays(i), "15:00");
        }
        Seat seat = console.seat(Person.LIN_WEI);
        seat.open("/console/lectures/absence");
        Form form = new Form(seat.page().getByRole(AriaRole.MAIN));
        form.pick("Lecturer", ada)
                .fill("First day", day.toString())
                .fill("Last day", day.plusDays(1).toString())
                .press("Enter the absence and look for substitutes");

        Locator plan = seat.page().getByLabel("Preview of the change");
        assertThat(plan.getByLabel(bob.name() + ": 2 lectures")).isVisible();
        assertThat(plan.getByLabel(cid.name() + ": 2 lectures")).isVisible();
        assertThat(plan).containsText("4 branches will be notified");
        assertThat(plan.getByRole(AriaRole.LISTITEM).filter(new Locator.FilterOptions().setHasText("Possible")))
                .hasCount(4);
        form.press("Change 4 lectures and notify 4 branches");

        assertThat(seat.heading("Done: 4 lectures changed")).isFocused();
        assertThat(scene.bookingsOf(ada)).isEmpty();
        Map<String, Integer> taken = new HashMap<>();
        for (var each : List.of(bob, cid)) {
            for (JsonNode booking : scene.bookingsOf(each)) {
                assertThat(booking.path("reason").asText()).isEqualTo("Lecturer is ill");
                assertThat(booking.path("reasonCode").asText()).isEqualTo("lecturer-ill");
                taken.merge(each.code(), 1, Integer::sum);
            }
        }
        assertThat(taken).containsOnly(Map.entry(bob.code(), 2), Map.entry(cid.code(), 2));
        assertThat(scene.api()
                        .get(scene.base() + "/lecturers/" + ada.id() + "/availability")
                        .path("blackouts"))
                .hasSize(1);
    }

    @Test
    void series_isBookedWithoutTheDateThatIsTaken(Console console) {
        Scene scene = console.scene();
        var ada = scene.lecturer("Ada");
        var clay = scene.branch("Clay");
        var room = scene.roomOf(clay);
        LocalDate day = Scene.day(12);
        scene.book(ada, scene.branch("Dune"), scene.hall("Hall"), day.plusDays(7), "10:00");
        Seat seat = console.seat(Person.LIN_WEI);
        seat.open("/console/lectures/series");
        Form form = new Form(seat.page().getByRole(AriaRole.MAIN));
        form.pick("Topic", scene.topic())
                .pick("Host branch", clay)
                .pick("Lecturer", ada)
                .pick("Venue", room)
                .fill("Begins at", "10:00")
                .fill("From", day.toString())
                .fill("Number of dates", "3")
                .press("Check the dates");

        form.expectText("2 free, 1 with a conflict or a rule");
        form.expectText("The lecturer has another lecture");
        form.press("Leave out the date that cannot be");
        form.expectText("All 2 dates are free");
        form.press("Book 2 lectures and notify the branch");

        seat.expectToast("Booked: 2 lectures.");
        assertThat(seat.heading("Series: " + scene.topic().name())).isVisible();
        assertThat(scene.bookingsOf(ada)).hasSize(3);
    }

    @Test
    void search_leadsToTheLecturerByKeysAlone(Console console) {
        Scene scene = console.scene();
        var ada = scene.lecturer("Ada");
        Seat seat = console.seat(Person.CHEN_JING);
        seat.open("/console/history/export");
        Locator search =
                seat.page().getByRole(AriaRole.COMBOBOX, new Page.GetByRoleOptions().setName("Search everything"));

        search.fill(ada.code());
        assertThat(seat.page().getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName(ada.name())))
                .isVisible();
        seat.press("ArrowDown");
        seat.press("Enter");

        assertThat(seat.settled().beside("Lecturer")).containsText(ada.name());
    }
}
