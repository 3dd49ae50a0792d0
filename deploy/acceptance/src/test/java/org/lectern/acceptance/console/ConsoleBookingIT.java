package org.lectern.acceptance.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import java.time.LocalDate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A lecture from the empty cell to the record of who came. */
@ConsoleJourney
class ConsoleBookingIT {

    @Test
    void emptyCell_becomesAHoldAndThenALecture(Console console) {
        Scene scene = console.scene();
        var ada = scene.lecturer("Ada");
        var clay = scene.branch("Clay");
        var hall = scene.hall("Hall");
        LocalDate day = Scene.day(5);
        Seat seat = console.seat(Person.LIN_WEI);
        Timeline timeline = Timeline.open(seat, scene, day);

        timeline.clickCell(ada, "10:00");
        Form book = seat.dialog("Book a lecture").visible();
        assertThat(book.field("From")).hasValue("10:00");
        assertThat(book.field("Day")).hasValue(Pattern.compile("\\b" + day.getDayOfMonth() + "\\b.*" + day.getYear()));
        assertThat(book.field("Lecturer")).hasValue(ada.name() + " · " + ada.code());
        book.pick("Topic", scene.topic()).pick("Host branch", clay).pick("Venue", hall);
        book.expectAudience("No branch is notified of this.").press("Hold");

        seat.expectToast("Held: " + clay.name());
        book.expectClosed();
        timeline.expectBar(ada, "10:00–11:30", "Held");
        seat.toast("Held:")
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Open"))
                .click();
        assertThat(timeline.panel().getByRole(AriaRole.TIMER)).containsText("Hold ends in");
        timeline.action("Confirm").click();
        seat.dialog("Confirm the lecture")
                .visible()
                .expectAudience(clay.name())
                .press("Confirm and notify the branches");

        seat.expectToast("Confirmed. The branches are being notified.");
        timeline.expectBar(ada, "10:00–11:30", "Confirmed");
        assertThat(timeline.panel().getByRole(AriaRole.TIMER)).hasCount(0);
    }

    @Test
    void needOfABranch_leadsToRankedSlots(Console console) {
        Scene scene = console.scene();
        var ada = scene.lecturer("Ada");
        var clay = scene.branch("Clay");
        scene.roomOf(clay);
        Seat seat = console.seat(Person.LIN_WEI);
        Timeline.open(seat, scene, Scene.day(6));

        seat.button("Find a slot").click();
        Form book = seat.dialog("Book a lecture").visible();
        book.pick("Topic", scene.topic()).pick("Host branch", clay).press("Find slots");
        Locator best = book.root().getByRole(AriaRole.LISTITEM).first();
        assertThat(best).containsText(ada.name());
        assertThat(best.locator(".small")).not().isEmpty(); // why it stands first
        book.expectText("Book notifies " + clay.name() + " at once");
        best.getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName("Book").setExact(true))
                .click();

        seat.expectToast("Booked: " + clay.name());
        assertThat(scene.bookingsOf(ada))
                .singleElement()
                .satisfies(
                        booking -> assertThat(booking.path("status").asText()).isEqualTo("CONFIRMED"));
    }

    @Test
    void hold_isExtendedAndReleased(Console console) {
        Scene scene = console.scene();
        var ada = scene.lecturer("Ada");
        LocalDate day = Scene.day(7);
        scene.hold(ada, scene.branch("Clay"), scene.hall("Hall"), day, "09:00");
        Seat seat = console.seat(Person.LIN_WEI);
        Timeline timeline = Timeline.open(seat, scene, day);
        timeline.select(ada, "09:00");

        timeline.action("Extend").click();
        seat.dialog("Extend the hold").visible().select("By", "3 days").press("Extend");
        seat.expectToast("Held until");
        timeline.action("Release").click();
        Form release = seat.dialog("Release the hold").visible();
        release.expectText("No branch is notified.");
        release.press("Release");

        seat.expectToast("Released. The slot is free.");
        timeline.expectEmpty(ada);
    }

    @Test
    void cancelledLecture_leavesTheTimeline(Console console) {
        Scene scene = console.scene();
        var ada = scene.lecturer("Ada");
        var clay = scene.branch("Clay");
        LocalDate day = Scene.day(8);
        var lecture = scene.book(ada, clay, scene.hall("Hall"), day, "15:00");
        Seat seat = console.seat(Person.LIN_WEI);
        Timeline timeline = Timeline.open(seat, scene, day);
        timeline.select(ada, "15:00");

        timeline.action("Cancel lecture").click();
        Form cancel = seat.dialog("Cancel the lecture").visible();
        cancel.expectAudience(clay.name()).expectAudience("cancelled");
        cancel.select("Reason", "Weather or safety");
        cancel.optional("In your words").fill("The road is flooded");
        cancel.press("Cancel and notify the branches");

        seat.expectToast("Cancelled. The branches are being notified.");
        timeline.expectEmpty(ada);
        assertThat(scene.booking(lecture.id()).path("reason").asText())
                .isEqualTo("Weather or safety: The road is flooded");
    }

    @Test
    void guest_joinsAndLeaves(Console console) {
        Scene scene = console.scene();
        var ada = scene.lecturer("Ada");
        var clay = scene.branch("Clay");
        var dune = scene.branch("Dune");
        LocalDate day = Scene.day(9);
        scene.book(ada, clay, scene.hall("Hall"), day, "10:00");
        Seat seat = console.seat(Person.LIN_WEI);
        Timeline timeline = Timeline.open(seat, scene, day);
        timeline.select(ada, "10:00");

        timeline.action("Add guest").click();
        seat.dialog("Add a guest branch")
                .visible()
                .pick("Guest branch", dune)
                .expectAudience(dune.name())
                .press("Add a guest branch");
        seat.expectToast("Added. The guest is being notified.");
        timeline.action("Remove " + dune.name() + " from the guests").click();
        seat.dialog(dune.name() + " no longer takes part")
                .visible()
                .expectAudience(dune.name())
                .press("Remove and notify the guest");

        seat.expectToast("Removed. The guest is being notified.");
        assertThat(timeline.panel()).not().containsText(dune.name());
    }

    @Test
    void pastLecture_isRecordedWithEvidence(Console console) {
        Scene scene = console.scene();
        var ada = scene.lecturer("Ada");
        LocalDate day = Scene.day(-1);
        var lecture = scene.book(ada, scene.branch("Clay"), scene.hall("Hall"), day, "10:00");
        Seat seat = console.seat(Person.LIN_WEI);
        Timeline timeline = Timeline.open(seat, scene, day);
        timeline.select(ada, "10:00");

        timeline.action("Held: record").click();
        Form complete = seat.dialog("The lecture was held").visible().fill("How many came", "37");
        complete.optional("Note").fill("Many questions");
        complete.optional("Evidence").fill("https://files.example.org/signed-list.pdf");
        complete.press("Record");

        seat.expectToast("Recorded as held.");
        assertThat(timeline.panel()).containsText("Completed");
        assertThat(timeline.panel()).containsText("https://files.example.org/signed-list.pdf");
        assertThat(scene.booking(lecture.id())
                        .path("completion")
                        .path("headCount")
                        .asInt())
                .isEqualTo(37);
    }
}
