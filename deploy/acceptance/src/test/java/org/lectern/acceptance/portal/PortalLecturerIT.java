package org.lectern.acceptance.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lectern.acceptance.Client;
import org.lectern.acceptance.console.Console;
import org.lectern.acceptance.console.ConsoleJourney;
import org.lectern.acceptance.console.Look;
import org.lectern.acceptance.console.PageJudge;
import org.lectern.acceptance.console.Person;
import org.lectern.acceptance.console.Scene;
import org.lectern.acceptance.console.Seat;

/** What a lecturer does in the portal, on a phone. */
@ConsoleJourney
class PortalLecturerIT {

    private static final LocalDate DAY = Scene.day(9);

    /** A lecturer with lectures that it must accept. */
    private record Given(
            Scene scene, Scene.Entry lecturer, Scene.Entry branch, Scene.Entry room, Scene.Entry campaign) {

        static Given of(Console console, String name) {
            Scene scene = console.scene();
            Scene.Entry district = scene.district("North");
            Scene.Entry branch = scene.branchOf(district, "Reed");
            return new Given(
                    scene, scene.lecturer(name), branch, scene.roomOf(branch), scene.campaignToAccept(district));
        }

        Client.Booking book(LocalDate day, String time) {
            return scene.api()
                    .book(
                            scene.base() + "/bookings",
                            scene.lecture(lecturer, branch, room, day, time).put("campaignId", campaign.id()));
        }

        JsonNode answer(Client.Booking booking) {
            return scene.booking(booking.id()).path("lecturerAnswer");
        }
    }

    @Test
    void lectures_areAcceptedAndDeclinedWithAReason(Console console) {
        Given of = Given.of(console, "Ivo");
        Client.Booking first = of.book(DAY, "09:00");
        Client.Booking second = of.book(DAY, "14:00");
        Seat seat = console.portalOfLecturer(of.lecturer(), Look.PHONE);
        PortalJourneyIT.shows(seat, seat.linkWith(of.scene().topic().name()).first());
        seat.link("Lectures").click();
        seat.settled();
        Locator cards = seat.page().locator("lectern-own-lectures .card-row");
        assertThat(cards).hasCount(2);
        assertThat(cards.nth(1).locator(".journey")).containsText("min time");

        cards.first().getByRole(AriaRole.BUTTON).click();
        seat.expectToast("Accepted. The organizers see it now.");
        assertThat(cards.first()).containsText("Accepted");
        assertThat(of.answer(first).path("state").asText()).isEqualTo("ACCEPTED");
        assertThat(of.answer(first).path("by").asText()).isEqualTo("LECTURER");

        cards.nth(1).getByRole(AriaRole.LINK).click();
        assertThat(seat.link("Show on the map")).hasAttribute("href", Pattern.compile("https://.*Room.*"));
        seat.button("Decline").click();
        var dialog = seat.dialog("Decline the lecture?").visible();
        assertThat(dialog.button("Decline")).isDisabled();
        dialog.field("Explain it to the organizers").fill("On duty elsewhere");
        dialog.root().locator("select").selectOption("lecturer-ill");
        dialog.press("Decline");
        seat.expectToast("Declined. The organizers look for a substitute.");
        assertThat(seat.page().locator(".answer")).containsText("On duty elsewhere");
        assertThat(of.answer(second).path("state").asText()).isEqualTo("DECLINED");
        assertThat(of.answer(second).path("reasonCode").asText()).isEqualTo("lecturer-ill");

        seat.link("Load").click();
        assertThat(seat.page().locator("lectern-load")).containsText("2 lectures");
    }

    @Test
    void answerToAFormerVersion_isExplainedAndReloaded(Console console) {
        Given of = Given.of(console, "Jana");
        Client.Booking booking = of.book(DAY, "09:00");
        Seat seat = console.portalOfLecturer(of.lecturer(), Look.PHONE);
        seat.open("/portal/lectures?lecture=" + booking.id());
        assertThat(seat.button("Accept")).isVisible();

        of.scene()
                .change(
                        booking,
                        Scene.json()
                                .put("start", Scene.at(DAY.plusDays(1), "15:00"))
                                .put("reason", "The hall is closed"));
        seat.button("Accept").click();

        assertThat(seat.page().locator(".answer")).containsText("The lecture has changed since you opened it.");
        assertThat(seat.page().locator(".facts")).containsText("15:00");
        assertThat(of.answer(booking).path("state").asText()).isEqualTo("PENDING");
        seat.button("Accept").click();
        seat.expectToast("Accepted.");
        assertThat(of.answer(booking).path("state").asText()).isEqualTo("ACCEPTED");
    }

    @Test
    void absence_isPreviewedThenInEffectOrRequested(Console console) {
        Given of = Given.of(console, "Kaja");
        of.book(DAY, "09:00");
        Seat seat = console.portalOfLecturer(of.lecturer(), Look.PHONE);
        LocalDate free = DAY.plusDays(3);

        enter(seat, free);
        seat.dialog("Enter a change").visible().expectText("No lecture is touched.");
        seat.dialog("Enter a change").press("Save");
        seat.expectToast("Saved. It is in effect.");
        Locator page = seat.page().locator("lectern-availability");
        assertThat(page.getByRole(
                        AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(Pattern.compile("Remove: .*"))))
                .hasCount(1);

        enter(seat, DAY);
        var preview = seat.dialog("Enter a change").visible();
        preview.expectText("One booking is touched");
        preview.expectText(of.branch().name());
        assertThat(availability(of).path("blackouts")).as("only shown so far").hasSize(1);
        preview.press("Send the request");
        seat.expectToast("Sent. The organizers decide; you see it here.");
        assertThat(page).containsText("Waits for the organizers");

        Seat organizer = console.seat(Person.LIN_WEI);
        organizer.open("/console/lectures/proposals");
        List<String> problems = new ArrayList<>();
        PageJudge.judge(organizer, "lectures/proposals", true, problems);
        assertThat(problems).isEmpty();
        organizer
                .page()
                .locator(
                        ".item",
                        new Page.LocatorOptions().setHasText(of.lecturer().name()))
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(Pattern.compile("Accept: .*")))
                .click();
        var decision = organizer.dialog("Accept the change?").visible();
        decision.expectText(of.branch().name());
        decision.press("Accept");
        organizer.expectToast("Accepted. The availability is changed.");
        assertThat(availability(of).path("blackouts")).hasSize(2);

        seat.page().reload();
        assertThat(seat.settled().page().locator("lectern-availability")).containsText("Accepted");
    }

    private static void enter(Seat seat, LocalDate day) {
        seat.open("/portal/availability/new");
        seat.page().locator("#field-firstDay").fill(day.toString());
        seat.page().locator("#field-lastDay").fill(day.toString());
        seat.page().locator("#field-reason").fill("Training");
        seat.button("Check").click();
    }

    private static JsonNode availability(Given of) {
        return of.scene()
                .api()
                .get(of.scene().base() + "/lecturers/" + of.lecturer().id() + "/availability");
    }

    @Test
    void withoutAConnection_lastDataIsShownAndNothingIsSent(Console console) {
        Given of = Given.of(console, "Lena");
        Client.Booking booking = of.book(DAY, "09:00");
        Seat seat = console.portalOfLecturer(of.lecturer(), Look.PHONE);
        seat.link("Lectures").click();
        assertThat(seat.button("Accept")).isVisible();
        seat.link("Availability").click();
        assertThat(seat.heading("Hours of the week")).isVisible();
        PortalOfflineIT.workerIsReady(seat.page());

        seat.context().setOffline(true);
        seat.page().navigate(console.portalOrigin() + "/portal/lectures");
        seat.settled();
        assertThat(seat.page().locator(".age").first()).containsText("No connection. As of");
        seat.button("Accept").click();
        assertThat(seat.page().locator(".card-row")).containsText("This needs a connection. Nothing was sent.");
        seat.link("Availability").click();
        assertThat(seat.heading("Hours of the week")).isVisible();

        seat.context().setOffline(false);
        assertThat(of.answer(booking).path("state").asText()).isEqualTo("PENDING");
    }

    @Test
    void personOfBoth_choosesBetweenLecturerAndBranch(Console console) {
        Given of = Given.of(console, "Mira");
        of.book(DAY, "09:00");
        Scene.Entry other = of.scene().branch("Sedge");
        Seat seat = console.portalOfBoth(of.lecturer(), other, Look.PHONE);

        seat.open("/portal/lectures");
        assertThat(seat.linkWith(of.scene().topic().name())).isVisible();
        seat.page()
                .getByLabel("Branch", new Page.GetByLabelOptions().setExact(true))
                .selectOption(other.id());

        assertThat(seat.link("Requests")).isVisible();
        assertThat(seat.link("Availability")).hasCount(0);
        assertThat(seat.heading("No lecture is booked")).isVisible();
    }

    @ParameterizedTest
    @CsvSource({"en-GB,true,true", "zh-CN,true,false", "en-GB,false,false", "zh-CN,false,true"})
    void everyPage_isAccessibleAndFitsItsWindow(String locale, boolean phone, boolean axe, Console console) {
        Given of = Given.of(console, "Nora");
        Client.Booking booking = of.book(DAY, "09:00");
        of.book(DAY, "14:00");
        Seat seat = console.portalOfLecturer(of.lecturer(), (phone ? Look.PHONE : Look.DESKTOP).in(locale));
        PortalJourneyIT.shows(seat, seat.linkWith(of.scene().topic().name()).first());
        List<String> problems = new ArrayList<>();

        for (String address : List.of(
                "inbox",
                "lectures",
                "lectures?when=past",
                "lectures?lecture=" + booking.id(),
                "availability",
                "availability/new",
                "load",
                "settings")) {
            seat.open("/portal/" + address);
            PageJudge.judge(seat, address, axe, problems);
        }

        assertThat(problems).isEmpty();
        assertThat(seat.refusals()).as("but the one that begins the sign-in").allMatch(each -> each.startsWith("499 "));
    }
}
