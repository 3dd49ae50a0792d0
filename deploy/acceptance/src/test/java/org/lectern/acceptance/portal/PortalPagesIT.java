package org.lectern.acceptance.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lectern.acceptance.console.Console;
import org.lectern.acceptance.console.ConsoleJourney;
import org.lectern.acceptance.console.Look;
import org.lectern.acceptance.console.PageJudge;
import org.lectern.acceptance.console.Person;
import org.lectern.acceptance.console.Scene;
import org.lectern.acceptance.console.Seat;

/** Every page of the portal, in both languages, on phone and desktop: accessible, within its window, without errors. */
@ConsoleJourney
class PortalPagesIT {

    private static final List<String> ADDRESSES = List.of(
            "inbox",
            "inbox?show=due",
            "lectures",
            "lectures?when=past",
            "lectures?when=open",
            "requests",
            "requests/new",
            "settings",
            "there-is-no-such-page");

    @ParameterizedTest
    @CsvSource({"en-GB,true,true", "zh-CN,true,false", "en-GB,false,false", "zh-CN,false,true"})
    void everyPage_isAccessibleAndFitsItsWindow(String locale, boolean phone, boolean axe, Console console) {
        Scene scene = console.scene();
        Scene.Entry branch = scene.branch("Kelp");
        Scene.Entry lecturer = scene.lecturer("Edda");
        Scene.Entry room = scene.roomOf(branch);
        var lecture = scene.book(lecturer, branch, room, Scene.day(1), "10:00");
        scene.book(lecturer, branch, room, Scene.day(4), "15:00");
        Seat seat = console.portal(branch, (phone ? Look.PHONE : Look.DESKTOP).in(locale));
        PortalJourneyIT.shows(seat, seat.linkWith(scene.topic().name()).first());
        scene.ask(branch, Scene.day(20));
        List<String> addresses = new ArrayList<>(ADDRESSES);
        addresses.add("lectures?lecture=" + lecture.id());
        List<String> problems = new ArrayList<>();

        for (String address : addresses) {
            seat.open("/portal/" + address);
            PageJudge.judge(seat, address, axe, problems);
        }
        seat.open("/portal/inbox").linkWith(scene.topic().name()).first().click();
        PageJudge.judge(seat.settled(), "a message", axe, problems);

        assertThat(problems).isEmpty();
        assertThat(seat.refusals()).as("but the one that begins the sign-in").allMatch(each -> each.startsWith("499 "));
    }

    @Test
    void personOfTheSignInPage_seesTheBranchesBelow(Console console) {
        Seat seat = console.portalVisitor(Look.PHONE);
        seat.page().navigate(console.portalOrigin() + "/portal");
        seat.page()
                .getByRole(
                        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile(Person.HE_MEI.choice())))
                .click();
        seat.settled();
        assertThat(seat.page()).hasTitle("Messages · Lectern");
        assertThat(seat.page()
                        .getByLabel("Branch", new Page.GetByLabelOptions().setExact(true))
                        .locator("option")
                        .nth(1))
                .isAttached();
    }

    @Test
    void organizer_learnsWhomThePagesAreFor(Console console) {
        Seat seat = console.portalVisitor(Look.DESKTOP);
        seat.page().navigate(console.portalOrigin() + "/portal");
        seat.page()
                .getByRole(
                        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile(Person.LIN_WEI.choice())))
                .click();

        assertThat(seat.heading("This page is for branches and lecturers")).isVisible();
    }
}
