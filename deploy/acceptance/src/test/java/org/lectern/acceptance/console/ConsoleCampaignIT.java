package org.lectern.acceptance.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;

/** A campaign: how far it has come, where it lags, and the next booking. */
@ConsoleJourney
class ConsoleCampaignIT {

    @Test
    void districtThatLags_leadsToABookedSuggestion(Console console) {
        Scene scene = console.scene();
        scene.lecturer("Ada");
        var city = scene.district("City");
        var district = scene.districtOf(city, "North");
        scene.branchOf(scene.districtOf(city, "South"), "Elm");
        var clay = scene.branchOf(district, "Clay");
        var dune = scene.branchOf(district, "Dune");
        scene.roomOf(clay);
        scene.roomOf(dune);
        var campaign = scene.campaign(city);
        Seat seat = console.seat(Person.LIN_WEI);
        seat.open("/console/campaign");

        seat.linkWith(campaign.name()).click();
        seat.settled();
        Locator tree = seat.page().getByRole(AriaRole.TREE, new Page.GetByRoleOptions().setName("Districts"));
        Locator top = item(tree, district);
        top.focus();
        seat.press("ArrowRight");
        assertThat(item(tree, clay)).isVisible();
        assertThat(item(tree, dune)).isVisible();
        seat.press("ArrowDown");
        assertThat(top).not().isFocused();
        item(tree, clay).press("Enter");
        Locator work = seat.page().getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Work"));
        assertThat(work).containsText(clay.name());
        assertThat(work).containsText("Nothing planned");
        assertThat(work).not().containsText(dune.name());

        work.getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("Suggestions"))
                .click();
        work.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Book …"))
                .click();
        Form check = seat.dialog("Who will be notified").visible();
        check.expectText("Notified at once: " + clay.name());
        check.press("Book and notify");

        seat.expectToast("1 lecture booked.");
        work.getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("Next steps"))
                .click();
        assertThat(work.getByRole(AriaRole.LISTITEM).filter(new Locator.FilterOptions().setHasText(clay.name())))
                .containsText("Booked");
        seat.link("Report").click();
        assertThat(seat.heading("Coverage: " + campaign.name())).isVisible();
    }

    private static Locator item(Locator tree, Scene.Entry branch) {
        return tree.getByRole(AriaRole.TREEITEM, new Locator.GetByRoleOptions().setName(branch.name()));
    }
}
