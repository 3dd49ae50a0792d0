package org.lectern.acceptance.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A plan: made, read, asked why, tried and published. */
@ConsoleJourney
class ConsolePlanIT {

    @Test
    void plan_isMadeQuestionedAndPublished(Console console) {
        Scene scene = console.scene();
        var ada = scene.lecturer("Ada");
        var bea = scene.lecturer("Bea");
        var district = scene.district("North");
        var clay = scene.branchOf(district, "Clay");
        var dune = scene.branchOf(district, "Dune");
        scene.roomOf(clay);
        scene.roomOf(dune);
        var campaign = scene.campaign(district);
        Seat seat = console.seat(Person.LIN_WEI);

        seat.open("/console/plan?new=plan&campaign=" + campaign.id());
        Form request = new Form(seat.page().locator("form.form"));
        assertThat(request.field("Campaign")).hasValue(campaign.id());
        request.select("How long to search", "15").press("Start planning");

        assertThat(chip(seat, "Draft")).isVisible();
        seat.settled();
        assertThat(seat.page().locator(".planner-tiles .tile").first()).containsText("2 / 2");
        // the first column of the strip names its month in the page's language
        assertThat(seat.page().locator(".planner-strip .first").first())
                .hasText(Pattern.compile("\\d{1,2} [A-Z][a-z]{2,3}"));

        seat.page()
                .getByLabel("Views of the plan")
                .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("Lectures"))
                .click();
        seat.page()
                .locator("lectern-planner-items a.item", new Page.LocatorOptions().setHasText(clay.name()))
                .click();
        Locator beside = seat.beside(clay.name());
        assertThat(beside.getByRole(AriaRole.HEADING, new Locator.GetByRoleOptions().setName("Why this place")))
                .isVisible();

        boolean isAdas = beside.locator("dl.facts").innerText().contains(ada.name());
        Form attempt = new Form(beside.locator("form.planner-try"));
        Scene.Entry other = isAdas ? bea : ada;
        attempt.root().locator("[name='try-lecturer']").fill(other.code());
        attempt.root().locator("[name='try-lecturer']").press("Tab");
        attempt.press("Try");
        assertThat(attempt.root().locator("[aria-live]")).containsText("Possible");

        seat.button("Publish …").click();
        Form publish = seat.dialog("Publish the plan").visible();
        publish.expectText(clay.name());
        publish.press("Book 2 lectures and notify");
        publish.expectClosed();
        assertThat(chip(seat, "Published")).isVisible();

        List<Scene.Entry> lecturers = List.of(ada, bea);
        int booked = lecturers.stream()
                .mapToInt(each -> scene.bookingsOf(each).size())
                .sum();
        assertThat(booked).isEqualTo(2);
        assertThat(seat.refusals()).isEmpty();
    }

    /** The state of the plan, beside its name. */
    private static Locator chip(Seat seat, String state) {
        return seat.page()
                .locator("header .chip", new Page.LocatorOptions().setHasText(state))
                .first();
    }
}
