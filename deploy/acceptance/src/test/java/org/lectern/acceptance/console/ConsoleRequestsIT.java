package org.lectern.acceptance.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;

/** The inbox: what branches ask for, and every answer to it. */
@ConsoleJourney
class ConsoleRequestsIT {

    @Test
    void request_isAcceptedWithTheChosenSlot(Console console) {
        Scene scene = console.scene();
        var ada = scene.lecturer("Ada");
        var clay = scene.branch("Clay");
        scene.roomOf(clay);
        scene.offered();
        var asked = scene.ask(clay, Scene.day(7));
        Seat seat = console.seat(Person.LIN_WEI);
        Locator request = open(seat, scene, clay);
        assertThat(request).containsText("After work, please");
        assertThat(seat.button("Book it")).isDisabled();

        Locator slot = request.getByRole(AriaRole.RADIO).first();
        assertThat(slot).isVisible();
        slot.check();
        assertThat(request).containsText(clay.name() + " will be notified at once.");
        seat.button("Book it").click();

        seat.expectToast("Booked. " + clay.name() + " is being notified.");
        assertThat(seat.page().getByText("No branch is waiting").or(seat.page().getByText("Nothing matches")))
                .isVisible();
        seat.link("Open the lecture in the timeline").click();
        seat.settled();
        assertThat(seat.beside("Booking")).containsText(ada.name());
        assertThat(scene.request(asked.id()).path("status").asText()).isEqualTo("ACCEPTED");
    }

    @Test
    void offer_isTakenBackAndTheRequestWaitsAgain(Console console) {
        Scene scene = console.scene();
        scene.lecturer("Ada");
        var clay = scene.branch("Clay");
        scene.roomOf(clay);
        scene.offered();
        var asked = scene.ask(clay, Scene.day(9));
        Seat seat = console.seat(Person.LIN_WEI);
        Locator request = open(seat, scene, clay);

        request.getByRole(AriaRole.RADIO).first().check();
        seat.button("Offer it").click();
        seat.expectToast("Offered to " + clay.name());
        assertThat(request).containsText("This slot is held for the branch; the offer ends");
        seat.button("Take the offer back …").click();
        seat.dialog("Take the offer back")
                .visible()
                .fill("Reason", "The lecturer is needed elsewhere")
                .press("Take it back");

        seat.expectToast("The offer was taken back; the request waits again.");
        assertThat(scene.api()
                        .get(scene.base() + "/requests/" + asked.id() + "/history")
                        .path("items"))
                .anySatisfy(each -> {
                    assertThat(each.path("version").asInt()).isEqualTo(3);
                    assertThat(each.path("state").path("status").asText()).isEqualTo("WAITING");
                });
    }

    @Test
    void request_isRefusedWithAReason(Console console) {
        Scene scene = console.scene();
        var clay = scene.branch("Clay");
        var asked = scene.ask(clay, Scene.day(9));
        Seat seat = console.seat(Person.ZHAO_MING);
        Locator request = open(seat, scene, clay);
        assertThat(request).containsText("No lecturer is free in these times");

        seat.press("r");
        Form refuse =
                seat.dialog("Refuse the request of " + clay.name()).visible().press("Refuse and notify");
        assertThat(refuse.field("Reason")).isFocused(); // without a reason nothing is sent
        refuse.fill("Reason", "Please ask again in spring").press("Refuse and notify");

        seat.expectToast("Refused. " + clay.name() + " is being notified.");
        assertThat(request).containsText("Please ask again in spring");
        assertThat(scene.request(asked.id()).path("status").asText()).isEqualTo("REFUSED");
    }

    private static Locator open(Seat seat, Scene scene, Scene.Entry branch) {
        seat.open("/console/requests?find=" + scene.mark());
        Locator list =
                seat.page().getByRole(AriaRole.LIST, new Page.GetByRoleOptions().setName("Requests of branches"));
        list.getByRole(AriaRole.LINK)
                .filter(new Locator.FilterOptions().setHasText(branch.name()))
                .click();
        seat.settled();
        return seat.beside("Request");
    }
}
