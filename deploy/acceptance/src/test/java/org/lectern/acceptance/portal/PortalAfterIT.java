package org.lectern.acceptance.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Locator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lectern.acceptance.Client;
import org.lectern.acceptance.console.Console;
import org.lectern.acceptance.console.ConsoleJourney;
import org.lectern.acceptance.console.Look;
import org.lectern.acceptance.console.PageJudge;
import org.lectern.acceptance.console.Scene;
import org.lectern.acceptance.console.Seat;

/** What a branch does after a lecture, and with lectures of other branches, on a phone. */
@ConsoleJourney
class PortalAfterIT {

    @Test
    void host_reportsHeadCountAndRates(Console console) {
        Scene scene = console.scene();
        Scene.Entry branch = scene.branch("Larch");
        Client.Booking lecture =
                scene.book(scene.lecturer("Fay"), branch, scene.roomOf(branch), Scene.day(-1), "10:00");
        List<String> problems = new ArrayList<>();
        Seat seat = console.portal(branch, Look.PHONE).open("/portal/lectures?when=past");
        seat.linkWith(scene.topic().name()).click();

        seat.button("Report head count").click();
        seat.dialog("Report head count")
                .visible()
                .fill("How many people came?", "76")
                .fill("Link to photos or other evidence (optional)", "http://photos.example.org/1")
                .press("Send");
        seat.dialog("Report head count").expectText("https://");
        PageJudge.judge(seat, "report", true, problems);
        seat.dialog("Report head count")
                .fill("Link to photos or other evidence (optional)", "https://photos.example.org/1")
                .press("Send");
        seat.expectToast("Reported.");
        Locator article = seat.page().locator("article");
        assertThat(article).containsText("76 people");
        assertThat(article).containsText("https://photos.example.org/1");

        seat.button("Rate the lecture").click();
        PageJudge.judge(seat, "rate", true, problems);
        seat.page().getByLabel("4 – very good").check();
        seat.dialog("Rate the lecture")
                .fill("Note (optional)", "Clear and lively")
                .press("Send");
        seat.expectToast("Thank you.");
        assertThat(article).containsText("4 – very good");
        seat.button("Change the rating").click();
        seat.page().getByLabel("5 – excellent").check();
        seat.dialog("Rate the lecture").press("Send");
        assertThat(article).containsText("5 – excellent");

        JsonNode stored = scene.booking(lecture.id());
        assertThat(stored.at("/completion/headCount").asInt()).isEqualTo(76);
        assertThat(stored.at("/completion/recordedBy").asText()).isEqualTo("BRANCH");
        assertThat(scene.api()
                        .get(scene.base() + "/bookings/" + lecture.id() + "/ratings")
                        .at("/items/0/stars")
                        .asInt())
                .isEqualTo(5);
        assertThat(problems).isEmpty();
    }

    @Test
    void withoutAConnection_ratingIsNotSent(Console console) {
        Scene scene = console.scene();
        Scene.Entry branch = scene.branch("Maple");
        Client.Booking lecture =
                scene.book(scene.lecturer("Gil"), branch, scene.roomOf(branch), Scene.day(-1), "10:00");
        scene.api()
                .change(
                        scene.base() + "/bookings/" + lecture.id() + "/complete",
                        lecture,
                        Scene.json().put("headCount", 40));
        Seat seat = console.portal(branch, Look.PHONE.in("zh-CN")).open("/portal/lectures?lecture=" + lecture.id());
        assertThat(seat.page().locator("article")).containsText("由组织者登记");
        seat.button("评价宣讲").click();
        seat.page().getByLabel("5 分，非常满意").check();

        seat.context().setOffline(true);
        seat.dialog("评价宣讲").press("提交");

        seat.dialog("评价宣讲").expectText("尚未发送");
        seat.context().setOffline(false);
        seat.dialog("评价宣讲").press("提交");
        seat.expectToast("感谢您的评价");
    }

    @Test
    void branch_joinsALectureOfAnotherAndLeaves(Console console) {
        Scene scene = console.scene();
        Scene.Entry host = scene.branch("Oak");
        Scene.Entry branch = scene.branch("Pine");
        ObjectNode body = scene.lecture(scene.lecturer("Hal"), host, scene.roomOf(host), Scene.day(6), "10:00");
        body.put("campaignId", campaign(scene, host)).put("expectedHeadCount", 150);
        scene.api().book(scene.base() + "/bookings", body);
        List<String> problems = new ArrayList<>();
        Seat seat = console.portal(branch, Look.PHONE).open("/portal/lectures");

        seat.link("Join").click();
        seat.settled();
        assertThat(seat.page().locator("main")).containsText("50 seats free");
        PageJudge.judge(seat, "open lectures", true, problems);
        seat.button("Join: " + scene.topic().name()).click();
        seat.dialog("Join this lecture?")
                .visible()
                .fill("How many people come? (optional)", "60")
                .press("Join");
        seat.dialog("Join this lecture?").expectText("50");
        PageJudge.judge(seat, "join", true, problems);
        seat.dialog("Join this lecture?")
                .fill("How many people come? (optional)", "30")
                .press("Join");
        seat.expectToast("Joined.");
        assertThat(seat.page().locator("article")).containsText(host.name());

        seat.button("Leave this lecture").click();
        seat.dialog("Leave this lecture?").visible().press("Leave this lecture");
        seat.expectToast("You have left the lecture.");
        assertThat(seat.heading("No lecture is booked")).isVisible();
        assertThat(problems).isEmpty();
    }

    private static String campaign(Scene scene, Scene.Entry host) {
        ObjectNode body = Scene.json()
                .put("code", scene.code())
                .put("name", "Campaign " + scene.mark())
                .put("from", Scene.day(-1).toString())
                .put("until", Scene.day(30).toString())
                .put("openToGuests", true);
        body.putArray("topicIds").add(scene.topic().id());
        body.putObject("targets").putArray("branchIds").add(host.id());
        String id =
                scene.api().create(scene.base() + "/campaigns", body).path("id").asText();
        String path = scene.base() + "/campaigns/" + id;
        scene.api().change(path + "/activate", scene.api().read(path), Scene.json());
        return id;
    }
}
