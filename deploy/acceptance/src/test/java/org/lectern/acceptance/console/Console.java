package org.lectern.acceptance.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.lectern.acceptance.Client;

/** What one test uses: people at their windows, and registry data of its own. */
public final class Console implements AutoCloseable {

    private final Stage stage;
    private final List<Seat> seats = new ArrayList<>();

    public Console(Stage stage) {
        this.stage = stage;
    }

    /** A window of a person who has signed in. */
    public Seat seat(Person person) {
        return seat(person, Look.DESKTOP);
    }

    public Seat seat(Person person, Look look) {
        return seat(stage.signedIn(person, look));
    }

    /** A window without a signed-in user. */
    public Seat visitor() {
        return seat(stage.visitor(Look.DESKTOP));
    }

    private Seat seat(BrowserContext context) {
        return seat(context, stage.origin());
    }

    private Seat seat(BrowserContext context, String origin) {
        Seat seat = new Seat(context, origin);
        seats.add(seat);
        return seat;
    }

    /** A window at the portal, of a person of this branch who has signed in. */
    public Seat portal(Scene.Entry branch, Look look) {
        Seat seat = seat(stage.visitor(look), stage.portalOrigin());
        seat.page().navigate(stage.portalOrigin() + "/portal");
        Stage.signInFor(seat.page(), branch);
        return seat.settled();
    }

    /** A window at the portal, of this lecturer who has signed in. */
    public Seat portalOfLecturer(Scene.Entry lecturer, Look look) {
        Seat seat = seat(stage.visitor(look), stage.portalOrigin());
        seat.page().navigate(stage.portalOrigin() + "/portal");
        Stage.signInAs(seat.page(), lecturer);
        return seat.settled();
    }

    /** The same of a lecturer who belongs to this branch as well. */
    public Seat portalOfBoth(Scene.Entry lecturer, Scene.Entry branch, Look look) {
        Seat seat = seat(stage.visitor(look), stage.portalOrigin());
        seat.page().navigate(stage.portalOrigin() + "/portal");
        Stage.signInAs(seat.page(), lecturer, branch);
        return seat.settled();
    }

    /** A window at the portal without a signed-in user. */
    public Seat portalVisitor(Look look) {
        return seat(stage.visitor(look), stage.portalOrigin());
    }

    public String portalOrigin() {
        return stage.portalOrigin();
    }

    /** A caller of the API, for what a test needs before and after. */
    public Client api(String role) {
        return new Client(stage.stack(), role);
    }

    public Scene scene() {
        return new Scene(api("organizer"), stage.origin());
    }

    public String address(String name) {
        return stage.stack().address(name);
    }

    public String origin() {
        return stage.origin();
    }

    public boolean hasComplaints() {
        return seats.stream().anyMatch(seat -> !seat.complaints().isEmpty());
    }

    public void expectNoComplaints() {
        assertThat(seats)
                .allSatisfy(seat -> assertThat(seat.complaints())
                        .as("errors and policy violations that the browser reports")
                        .isEmpty());
    }

    public void photograph(Path folder, String name) {
        int number = 0;
        for (Seat seat : seats) {
            for (Page page : seat.context().pages()) {
                try {
                    page.screenshot(new Page.ScreenshotOptions()
                            .setPath(folder.resolve(name + "-" + ++number + ".png"))
                            .setTimeout(10_000));
                } catch (PlaywrightException e) {
                    System.err.println("No picture of " + page.url() + ": " + e.getMessage());
                }
            }
        }
    }

    @Override
    public void close() {
        seats.forEach(seat -> seat.context().close());
    }
}
