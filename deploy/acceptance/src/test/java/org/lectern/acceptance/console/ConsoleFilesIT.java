package org.lectern.acceptance.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Files in and out, what was changed by whom, and which branches could not be notified. */
@ConsoleJourney
class ConsoleFilesIT {

    @Test
    void refusedRow_isRepairedAndTheFileIsTakenOver(Console console) {
        Scene scene = console.scene();
        String first = scene.code();
        String second = scene.code();
        String csv = "code,name,tier\n" + first + ",Ada,municipal\n" + second + " !,Bob,municipal\n";
        Seat seat = console.seat(Person.LIN_WEI);
        seat.open("/console/history/import?what=lecturers");
        Form form = new Form(seat.page().getByRole(AriaRole.MAIN));

        form.field("CSV file")
                .setInputFiles(new FilePayload("people.csv", "text/csv", csv.getBytes(StandardCharsets.UTF_8)));
        Locator report = seat.page().getByLabel("2 rows");
        assertThat(tile(report, "To create")).hasText(Pattern.compile("^\\s*1\\s*To create\\s*$"));
        assertThat(tile(report, "Refused")).hasText(Pattern.compile("^\\s*1\\s*Refused\\s*$"));
        assertThat(form.field("Line 3, code")).hasAttribute("aria-invalid", "true");
        form.field("Line 3, code").fill(second);
        report.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Check again"))
                .click();
        form.expectText("Every row can be taken over.");
        assertThat(scene.api()
                        .get(scene.base() + "/lecturers?q=" + scene.mark())
                        .path("items"))
                .isEmpty(); // checked, not stored
        form.press("Take over 2 rows");

        seat.expectToast("Imported.");
        assertThat(scene.api()
                        .get(scene.base() + "/lecturers?q=" + scene.mark())
                        .path("items"))
                .hasSize(2);
    }

    private static Locator tile(Locator report, String label) {
        return with(report.locator(".tile"), label);
    }

    private static Locator with(Locator some, String text) {
        return some.filter(new Locator.FilterOptions().setHasText(text));
    }

    @Test
    void registry_isDownloadedAsAFile(Console console) throws IOException {
        Scene scene = console.scene();
        var ada = scene.lecturer("Ada");
        Seat seat = console.seat(Person.LIN_WEI);
        seat.open("/console/history/export");

        Download download = seat.page()
                .waitForDownload(() -> seat.page()
                        .getByRole(AriaRole.LISTITEM)
                        .filter(new Locator.FilterOptions().setHasText("Lecturers"))
                        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Download CSV"))
                        .click());

        assertThat(download.suggestedFilename()).endsWith(".csv");
        try (InputStream file = download.createReadStream()) {
            assertThat(new String(file.readAllBytes(), StandardCharsets.UTF_8)).contains(ada.code(), ada.name());
        }
    }

    @Test
    void change_isASentenceWithWhatDiffers(Console console) {
        Scene scene = console.scene();
        var ada = scene.lecturer("Ada");
        LocalDate day = Scene.day(5);
        var lecture = scene.book(ada, scene.branch("Clay"), scene.hall("Hall"), day, "10:00");
        scene.change(lecture, Scene.json().put("start", Scene.at(day, "12:00")).put("reason", "The train is late"));
        Seat seat = console.seat(Person.LIN_WEI);
        Timeline timeline = Timeline.open(seat, scene, day);
        timeline.select(ada, "12:00")
                .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("History"))
                .click();
        seat.settled();

        Locator entries = seat.page().getByRole(AriaRole.MAIN).getByRole(AriaRole.LISTITEM);
        assertThat(entries).hasCount(2);
        Locator change = entries.first();
        assertThat(change).containsText("organizer changed the lecture");
        assertThat(change).containsText("Reason: The train is late");
        assertThat(with(change.getByRole(AriaRole.DELETION), "10:00").first()).isVisible();
        assertThat(with(change.getByRole(AriaRole.INSERTION), "12:00").first()).isVisible();
    }

    @Test
    void auditor_checksTheChain(Console console) {
        Seat seat = console.seat(Person.CHEN_JING);
        seat.open("/console/history");

        seat.page().getByText("Check the chain").first().click();
        seat.button("Check the chain").click();

        assertThat(seat.page().getByText("Intact: all")).isVisible();
    }

    @Test
    void branchWithoutAnAddress_isOnTheListToCall(Console console) {
        Scene scene = console.scene();
        var clay = scene.branch("Clay");
        var lecture = scene.book(scene.lecturer("Ada"), clay, scene.hall("Hall"), Scene.day(2), "10:00");
        String unreached = console.address("notification") + "/api/v1/bookings/" + lecture.id() + "/unreached";
        await("the notification service knows the lecture")
                .atMost(Duration.ofMinutes(2))
                .untilAsserted(() ->
                        assertThat(scene.api().get(unreached).path("items")).isNotEmpty());
        Seat seat = console.seat(Person.LIN_WEI);
        seat.open("/console/deliveries");

        Locator entry =
                seat.page().getByRole(AriaRole.LISTITEM).filter(new Locator.FilterOptions().setHasText(clay.code()));
        assertThat(entry).containsText("has no address for notices");
        entry.getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(clay.name()))
                .click();
        assertThat(seat.beside("Branch")).containsText(clay.name());
    }

    @Test
    void operator_followsADeliveryToItsAttempts(Console console) {
        Seat seat = console.seat(Person.WU_HAO);
        seat.open("/console/deliveries?view=log&state=DELIVERED");

        seat.page().getByRole(AriaRole.MAIN).locator("a[data-id]").first().click();

        Locator delivery = seat.settled().beside("Delivery");
        assertThat(delivery).containsText("The receiver accepted it.");
        assertThat(delivery).containsText(Pattern.compile("\\d+ attempts?"));
        seat.press("Escape");
        assertThat(delivery).hasCount(0);
    }
}
