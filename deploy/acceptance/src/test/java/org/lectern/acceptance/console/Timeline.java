package org.lectern.acceptance.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Mouse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;

/** The timeline of one day, narrowed to the rows of one scene. */
final class Timeline {

    private final Seat seat;

    private Timeline(Seat seat) {
        this.seat = seat;
    }

    static Timeline open(Seat seat, Scene scene, LocalDate day) {
        seat.open("/console/timeline?rows=all&day=" + day + "&find=" + scene.mark());
        return new Timeline(seat);
    }

    Locator row(Scene.Entry of) {
        return seat.page()
                .getByRole(AriaRole.LISTITEM)
                .filter(new Locator.FilterOptions()
                        .setHas(seat.page().getByText(of.code(), new Page.GetByTextOptions().setExact(true))));
    }

    /** A lecture in a row; {@code part} is what its name has, such as a time or the state. */
    Locator bar(Scene.Entry row, String part) {
        return bars(row, new Locator.GetByRoleOptions().setName(part));
    }

    void expectBar(Scene.Entry row, String... parts) {
        Locator bar = bars(row, new Locator.GetByRoleOptions());
        for (String part : parts) {
            bar = bar.and(seat.page().getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(part)));
        }
        assertThat(bar).hasCount(1);
    }

    void expectEmpty(Scene.Entry row) {
        assertThat(row(row)).hasCount(1);
        assertThat(bars(row, new Locator.GetByRoleOptions())).hasCount(0);
    }

    /** Beside its lectures a row has links of its own. */
    private Locator bars(Scene.Entry row, Locator.GetByRoleOptions options) {
        return row(row).locator(".lane").getByRole(AriaRole.LINK, options);
    }

    /** Opens the lecture in the panel beside the timeline. */
    Locator select(Scene.Entry row, String part) {
        bar(row, part).click();
        return panel();
    }

    Locator panel() {
        return seat.beside("Booking");
    }

    Locator action(String name) {
        return panel().getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    /** Clicks an empty place of a row. */
    void clickCell(Scene.Entry row, String time) {
        BoundingBox lane = lane(row);
        seat.page().mouse().click(x(lane, time) + 2, lane.y + lane.height / 2);
    }

    /** Carries a lecture by mouse to a time in a row, as a hand does: in several steps. */
    void drag(Locator bar, Scene.Entry row, String time) {
        BoundingBox lane = lane(row); // first, because it may scroll
        BoundingBox from = bar.boundingBox();
        Mouse mouse = seat.page().mouse();
        double grip = 12;
        mouse.move(from.x + grip, from.y + from.height / 2);
        mouse.down();
        mouse.move(x(lane, time) + grip, lane.y + lane.height / 2, new Mouse.MoveOptions().setSteps(12));
        mouse.up();
    }

    private BoundingBox lane(Scene.Entry row) {
        Locator lane = row(row).locator(".lane");
        lane.scrollIntoViewIfNeeded();
        return lane.boundingBox();
    }

    /** The place of a time of day on the axis. */
    private double x(BoundingBox lane, String time) {
        List<String> hours = seat.page().locator(".hours span:not(.corner)").allTextContents();
        int first = LocalTime.parse(hours.getFirst()).toSecondOfDay();
        double share = (LocalTime.parse(time).toSecondOfDay() - first) / (hours.size() * 3600.0);
        return lane.x + share * lane.width;
    }
}
