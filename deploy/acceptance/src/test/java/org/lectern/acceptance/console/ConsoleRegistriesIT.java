package org.lectern.acceptance.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** What lectures are made of. A change is shown with its consequences before it is saved. */
@ConsoleJourney
class ConsoleRegistriesIT {

    @Test
    void absence_isSavedAfterItsConsequencesAreSeen(Console console) {
        Scene scene = console.scene();
        var ada = scene.lecturer("Ada");
        var clay = scene.branch("Clay");
        LocalDate day = Scene.day(5);
        var lecture = scene.book(ada, clay, scene.hall("Hall"), day, "10:00");
        Seat seat = console.seat(Person.LIN_WEI);
        seat.open("/console/registries/lecturers?q=" + scene.mark());
        seat.linkWith(ada.code()).click();
        seat.settled();
        Locator hours = seat.beside("Lecturer").locator("lectern-hours");

        hours.getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("Edit"))
                .click();
        Form form = new Form(hours);
        form.press("Add an absence");
        form.fill("First day", day.toString()).fill("Last day", day.plusDays(2).toString());
        form.press("Check the consequences");
        Form check = seat.dialog("Save this availability?").visible();
        check.expectText("1 lecture keeps its place but would break a rule: in an absence (1)");
        check.expectText(clay.name());
        check.expectText("Nothing is moved or cancelled, and no branch is notified.");
        check.press("Save");

        seat.expectToast("Saved.");
        check.expectClosed();
        assertThat(hours).containsText("Absences");
        assertThat(scene.booking(lecture.id()).path("version").asInt()).isEqualTo(1);
    }

    @Test
    void newVenue_isAddedEditedAndArchived(Console console) {
        Scene scene = console.scene();
        String code = scene.code();
        Seat seat = console.seat(Person.LIN_WEI);
        seat.open("/console/registries/venues");

        seat.link("New venue").click();
        Form form = new Form(seat.beside("New venue")).visible();
        form.fill("Name", "Barn " + code).select("Kind", "Lecture hall").press("Save");
        assertThat(form.field("Code")).isFocused(); // it is missing, and the form says so where it is
        form.fill("Code", code).press("Save");
        seat.expectToast("Added.");
        Locator venue = seat.beside("Venue");
        assertThat(venue.getByRole(AriaRole.HEADING, new Locator.GetByRoleOptions().setName("Barn " + code)))
                .isVisible();
        venue.getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("Edit"))
                .first()
                .click();
        Form edit = new Form(seat.beside("Edit: Venue")).visible();
        edit.optional("Seats").fill("85");
        edit.press("Save");
        seat.expectToast("Saved.");
        assertThat(venue).containsText("85");
        seat.button("Archive").click();
        seat.dialog("Archive: Barn " + code).visible().press("Archive");

        seat.expectToast("Archived.");
        assertThat(seat.button("Restore")).isVisible();
    }

    @Test
    void branchInUse_isNotArchivedAndTheDialogSaysWhy(Console console) {
        Scene scene = console.scene();
        var clay = scene.branch("Clay");
        scene.book(scene.lecturer("Ada"), clay, scene.hall("Hall"), Scene.day(6), "10:00");
        Seat seat = console.seat(Person.LIN_WEI);
        seat.open("/console/registries/branches/" + clay.id());

        seat.button("Archive").click();
        Form archive = seat.dialog("Archive: " + clay.name()).visible().press("Archive");

        assertThat(archive.root().getByRole(AriaRole.ALERT)).containsText("1 upcoming lecture");
        assertThat(archive.root().getByRole(AriaRole.ALERT).getByRole(AriaRole.LINK))
                .hasCount(1);
    }

    @Test
    void secondEditor_mayReadTheOthersVersionOrKeepTheOwn(Console console) {
        Scene scene = console.scene();
        var hall = scene.hall("Hall");
        Seat seat = console.seat(Person.LIN_WEI);
        seat.open("/console/registries/venues/" + hall.id() + "?edit=profile");
        Form form = new Form(seat.beside("Edit: Venue")).visible();
        form.optional("Seats").fill("120");
        String path = scene.base() + "/venues/" + hall.id();
        scene.api()
                .replace(
                        path,
                        Scene.json()
                                .put("code", hall.code())
                                .put("name", hall.name())
                                .put("kind", "lecture-hall")
                                .put("capacity", 90));

        form.press("Save");
        assertThat(form.root().getByRole(AriaRole.ALERT)).containsText("Another user changed it.");
        assertThat(form.optional("Seats")).hasValue("120");
        form.press("Save mine over it");

        seat.expectToast("Saved.");
        assertThat(scene.api().get(path).path("capacity").asInt()).isEqualTo(120);
    }
}
