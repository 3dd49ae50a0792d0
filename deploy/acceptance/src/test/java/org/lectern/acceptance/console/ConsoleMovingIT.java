package org.lectern.acceptance.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import java.time.DayOfWeek;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** Lectures that go to another time or lecturer: by mouse, by keys, around a refusal, and back again. */
@ConsoleJourney
class ConsoleMovingIT {

    @Test
    void confirmedLecture_movesByMouseAfterAReason(Console console) {
        Scene scene = console.scene();
        var ada = scene.lecturer("Ada");
        var bob = scene.lecturer("Bob");
        var clay = scene.branch("Clay");
        LocalDate day = Scene.day(3);
        scene.book(ada, clay, scene.hall("Hall"), day, "10:00");
        Seat seat = console.seat(Person.LIN_WEI);
        Timeline timeline = Timeline.open(seat, scene, day);

        timeline.drag(timeline.bar(ada, "10:00"), bob, "14:00");
        Form change = seat.dialog("Change the lecture at " + clay.name()).visible();
        change.expectText("14:00–15:30");
        change.expectAudience(clay.name()).expectAudience("changed");
        timeline.expectBar(ada, "10:00–11:30"); // not shown as moved before the API has agreed
        change.select("Reason", "Change of plan").field("Reason").press("Enter");

        seat.expectToast("Changed: " + bob.name());
        timeline.expectBar(bob, "14:00–15:30", "Confirmed");
        timeline.expectEmpty(ada);
    }

    @Test
    void undoneMove_isKnownToNoBranch(Console console) {
        Scene scene = console.scene();
        var ada = scene.lecturer("Ada");
        LocalDate day = Scene.day(4);
        scene.book(ada, scene.branch("Clay"), scene.hall("Hall"), day, "10:00");
        Seat seat = console.seat(Person.LIN_WEI);
        Timeline timeline = Timeline.open(seat, scene, day);
        timeline.select(ada, "10:00");
        timeline.action("Change").click();
        new Form(seat.page().getByRole(AriaRole.DIALOG))
                .visible()
                .fill("From", "16:00")
                .select("Reason", "Change of plan")
                .press("Change and notify the branches");
        timeline.expectBar(ada, "16:00–17:30");

        undo(seat, "Changed: ");

        seat.expectToast("Moved back. No branch had been notified.");
        timeline.expectBar(ada, "10:00–11:30");
    }

    @Test
    void hold_movesByMouseAtOnceAndBack(Console console) {
        Scene scene = console.scene();
        var ada = scene.lecturer("Ada");
        LocalDate day = Scene.day(5);
        scene.hold(ada, scene.branch("Clay"), scene.hall("Hall"), day, "10:00");
        Seat seat = console.seat(Person.LIN_WEI);
        Timeline timeline = Timeline.open(seat, scene, day);

        timeline.drag(timeline.bar(ada, "10:00"), ada, "13:00");
        seat.expectToast("Hold moved: " + ada.name());
        timeline.expectBar(ada, "13:00–14:30", "Held");
        undo(seat, "Hold moved: ");

        seat.expectToast("Moved back.");
        timeline.expectBar(ada, "10:00–11:30", "Held");
    }

    private static void undo(Seat seat, String after) {
        seat.toast(after)
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Undo"))
                .click();
    }

    @Test
    void confirmedLecture_movesByKeysAlone(Console console) {
        Scene scene = console.scene();
        var ada = scene.lecturer("Ada");
        var bob = scene.lecturer("Bob");
        var clay = scene.branch("Clay");
        LocalDate day = Scene.day(6);
        scene.book(ada, clay, scene.hall("Hall"), day, "10:00");
        Seat seat = console.seat(Person.LIN_WEI);
        Timeline timeline = Timeline.open(seat, scene, day);

        timeline.bar(ada, "10:00").focus();
        seat.press("m");
        seat.expectAnnounced(clay.name() + " picked up.");
        seat.press("Shift+ArrowRight");
        seat.press("ArrowRight");
        seat.expectAnnounced("11:15–12:45, " + ada.name());
        seat.press("ArrowDown");
        seat.expectAnnounced("11:15–12:45, " + bob.name());
        seat.press("Enter");
        Form change = seat.dialog("Change the lecture at " + clay.name()).visible();
        assertThat(change.field("Reason")).isFocused();
        assertThat(change.field("Reason").locator("option").nth(1)).isAttached(); // its reasons are loaded
        seat.press("ArrowDown");
        assertThat(change.field("Reason")).not().hasValue("");
        seat.press("Enter");

        seat.expectAnnounced("Changed: " + bob.name());
        timeline.expectBar(bob, "11:15–12:45", "Confirmed");
    }

    @Test
    void escape_leavesTheLectureAtItsTime(Console console) {
        Scene scene = console.scene();
        var ada = scene.lecturer("Ada");
        LocalDate day = Scene.day(7);
        var lecture = scene.book(ada, scene.branch("Clay"), scene.hall("Hall"), day, "10:00");
        Seat seat = console.seat(Person.LIN_WEI);
        Timeline timeline = Timeline.open(seat, scene, day);

        timeline.bar(ada, "10:00").focus();
        seat.press("m");
        seat.press("ArrowRight");
        seat.press("Escape");

        seat.expectAnnounced("It stays where it was.");
        assertThat(timeline.bar(ada, "10:00")).isFocused();
        assertThat(scene.booking(lecture.id()).path("version").asInt()).isEqualTo(1);
    }

    @Test
    void refusedMove_isDoneByOneOfTheAlternatives(Console console) {
        Scene scene = console.scene();
        var ada = scene.lecturer("Ada");
        var clay = scene.branch("Clay");
        LocalDate day = Scene.day(8);
        var lecture = scene.book(ada, clay, scene.hall("Hall"), day, "10:00");
        scene.book(ada, scene.branch("Dune"), scene.hall("Other"), day, "14:00");
        Seat seat = console.seat(Person.LIN_WEI);
        Timeline timeline = Timeline.open(seat, scene, day);

        timeline.drag(timeline.bar(ada, "10:00"), ada, "14:30");
        Form change = seat.dialog("Change the lecture at " + clay.name()).visible();
        Locator refusal = change.root().getByRole(AriaRole.ALERT);
        assertThat(refusal).containsText("The lecturer's other lecture");
        assertThat(refusal).containsText("Possible instead");
        change.select("Reason", "Change of plan");
        Locator alternative = refusal.getByRole(AriaRole.BUTTON).first();
        assertThat(alternative).containsText(ada.name());
        alternative.click();

        seat.expectToast("Changed: ");
        change.expectClosed();
        assertThat(scene.booking(lecture.id()).path("version").asInt()).isEqualTo(2);
    }

    @Test
    void softRule_isOverriddenWithAReason(Console console) {
        Scene scene = console.scene();
        var ada = scene.lecturer("Ada");
        var clay = scene.branch("Clay");
        LocalDate day = Scene.day(9);
        var hours = Scene.json();
        for (DayOfWeek each : DayOfWeek.values()) {
            hours.withArray("weekly")
                    .addObject()
                    .put("day", each.name())
                    .put("from", "09:00")
                    .put("until", "17:00");
        }
        scene.api().replace(scene.base() + "/lecturers/" + ada.id() + "/availability", hours);
        var room = scene.roomOf(clay); // a hall of the city could be offered to a waiting request at that time
        var lecture = scene.book(ada, clay, room, day, "10:00");
        Seat seat = console.seat(Person.LIN_WEI);
        Timeline timeline = Timeline.open(seat, scene, day);

        timeline.drag(timeline.bar(ada, "10:00"), ada, "18:00");
        Form change = seat.dialog("Change the lecture at " + clay.name()).visible();
        assertThat(change.root().getByRole(AriaRole.ALERT)).isVisible();
        change.select("Reason", "The branch asked for it");
        change.fill("Do it anyway, because", "Ada agreed on the telephone");
        change.field("Do it anyway, because").press("Tab");
        assertThat(change.root().getByRole(AriaRole.ALERT)).hasCount(0);
        change.press("Change and notify the branches");

        seat.expectToast("Changed: " + ada.name());
        timeline.expectBar(ada, "18:00–19:30");
        assertThat(scene.booking(lecture.id()).path("start").asText()).contains("T18:00");
    }
}
