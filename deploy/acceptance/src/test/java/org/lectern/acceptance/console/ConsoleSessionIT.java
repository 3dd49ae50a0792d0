package org.lectern.acceptance.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** Who is at the browser: sign-in, sign-out, and a sign-in that ends in the middle of the work. */
@ConsoleJourney
class ConsoleSessionIT {

    @Test
    void choosingAPerson_opensTheTimeline(Console console) {
        Seat seat = console.visitor();
        seat.page().navigate(console.origin() + "/console");

        Stage.choose(seat.page(), Person.LIN_WEI);

        seat.settled();
        assertThat(seat.page()).hasTitle("Timeline · Lectern");
        assertThat(seat.button("Account: " + Person.LIN_WEI.shown())).isVisible();
    }

    @Test
    void deepLink_returnsAfterTheSignIn(Console console) {
        String address = console.origin() + "/console/registries/venues?q=YT-GRAND";
        Seat seat = console.visitor();
        seat.page().navigate(address);

        Stage.choose(seat.page(), Person.LIN_WEI);

        assertThat(seat.page()).hasURL(address);
        assertThat(seat.settled().linkWith("YT-GRAND")).isVisible();
    }

    @Test
    void signOut_endsEveryTabAndTheProvidersLogin(Console console) {
        Seat seat = console.visitor();
        seat.page().navigate(console.origin() + "/console");
        Stage.choose(seat.page(), Person.ZHAO_MING);
        seat.settled();
        Page second = seat.context().newPage();
        second.navigate(console.origin() + "/console");
        assertThat(second.getByRole(AriaRole.HEADING).first()).isVisible();

        seat.button("Account: " + Person.ZHAO_MING.shown()).click();
        seat.button("Sign out").click();

        assertThat(seat.heading("You are signed out")).isVisible();
        assertThat(seat.context().cookies()).noneMatch(cookie -> cookie.name.equals("lectern"));
        second.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Next day"))
                .click();
        assertThat(second.getByRole(AriaRole.DIALOG, new Page.GetByRoleOptions().setName("Your sign-in has ended")))
                .isVisible();
        seat.button("Sign in").click();
        assertThat(seat.page().getByRole(AriaRole.HEADING)).containsText("Sign in");
    }

    @Test
    void branchUser_learnsThatThePagesAreForOthers(Console console) {
        Seat seat = console.seat(Person.HE_MEI);
        seat.page().navigate(console.origin() + "/console/timeline");

        assertThat(seat.heading("This page is not for your role")).isVisible();
        assertThat(seat.page().getByRole(AriaRole.NAVIGATION).getByRole(AriaRole.LINK))
                .hasCount(0);
    }

    @Test
    void operator_startsAtTheDeliveries(Console console) {
        Seat seat = console.seat(Person.WU_HAO);
        seat.open("/console");

        assertThat(seat.heading("Deliveries")).isVisible();
        assertThat(seat.link("Timeline")).hasCount(0);
        assertThat(seat.link("Quarantine")).isVisible();
    }

    @Test
    void auditor_readsAndIsOfferedNoChange(Console console) {
        Scene scene = console.scene();
        var ada = scene.lecturer("Ada");
        LocalDate day = Scene.day(3);
        scene.book(ada, scene.branch("Clay"), scene.hall("Hall"), day, "10:00");
        Seat seat = console.seat(Person.CHEN_JING);

        Timeline timeline = Timeline.open(seat, scene, day);

        assertThat(seat.button("Book")).hasCount(0);
        assertThat(timeline.select(ada, "10:00")).containsText("Confirmed");
        assertThat(timeline.action("Change")).hasCount(0);
        assertThat(timeline.action("Cancel lecture")).hasCount(0);
    }

    @Test
    void sessionThatEndsInAChange_losesNothing(Console console) {
        Scene scene = console.scene();
        var ada = scene.lecturer("Ada");
        LocalDate day = Scene.day(4);
        var lecture = scene.book(ada, scene.branch("Clay"), scene.hall("Hall"), day, "10:00");
        Seat seat = console.seat(Person.LIN_WEI);
        Timeline timeline = Timeline.open(seat, scene, day);
        timeline.select(ada, "10:00");
        timeline.action("Change").click();
        Form change = seat.dialog("Change the lecture at "
                        + lecture.view().path("branch").path("name").asText())
                .visible()
                .fill("From", "13:15")
                .fill("In your words", "The bus runs later");
        change.expectAudience("changed");
        seat.context().clearCookies();

        change.press("Change and notify the branches");
        seat.dialog("Your sign-in has ended").visible().press("Cancel");
        assertThat(change.root().getByRole(AriaRole.ALERT)).containsText("nothing you typed is lost");
        change.press("Change and notify the branches");
        Form over = seat.dialog("Your sign-in has ended").visible();
        Page other = seat.context().waitForPage(() -> over.press("Sign in"));
        Stage.choose(other, Person.LIN_WEI);

        seat.expectToast("Changed: " + ada.name());
        over.expectClosed();
        change.expectClosed();
        assertThat(scene.booking(lecture.id()).path("version").asInt()).isEqualTo(2);
        assertThat(scene.booking(lecture.id()).path("start").asText()).contains("T13:15");
        assertThat(scene.booking(lecture.id()).path("reason").asText()).isEqualTo("The bus runs later");
    }
}
