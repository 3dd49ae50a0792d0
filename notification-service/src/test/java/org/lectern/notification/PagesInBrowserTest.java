package org.lectern.notification;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lectern.notification.support.Browser;
import org.lectern.notification.support.MailServer;
import org.lectern.notification.support.ParsedMail;
import org.lectern.notification.support.Scheduler;
import org.lectern.notification.support.ServiceTest;
import org.lectern.testing.Tokens;

/**
 * Pages and mails are readable on phones and desktops, in light and dark mode, and meet WCAG 2.2 AA as checked by axe.
 */
@Tag("proof")
@ServiceTest
class PagesInBrowserTest {

    private static final Pattern LINK = Pattern.compile("http://localhost:\\d+(/[acou]/[A-Za-z0-9_-]+)");
    private static final String LONG_NAME = "LandwirtschaftsgenossenschaftsversammlungsraumvorsitzenderOhneLeerzeichen";

    @TempDir
    Path folder;

    /** The pages to show, by name. */
    private final Map<String, String> shown = new LinkedHashMap<>();

    private void page(String name, String path) {
        for (String language : List.of("en", "zh-CN")) {
            shown.put(
                    name + " " + language,
                    given().queryParam("lang", language).get(path).asString());
        }
    }

    private static String path(ParsedMail mail) {
        var link = LINK.matcher(mail.text());
        assertThat(link.find()).as(mail.text()).isTrue();
        return link.group(1);
    }

    private List<ParsedMail> mails(String address, int count) {
        await().untilAsserted(() -> assertThat(MailServer.mails(address)).hasSize(count));
        return MailServer.mails(address).stream()
                .map(mail -> new ParsedMail(mail.octets()))
                .toList();
    }

    private static Scheduler.Message version(String type, UUID booking, int version, UUID branch) {
        Scheduler.Message message = Scheduler.version(type, booking, version, branch, 200 + version);
        ObjectNode data = message.data();
        ((ObjectNode) data.get("lecturer")).put("name", LONG_NAME);
        data.put("joinLink", "https://meet.example.org/" + "a".repeat(120) + "?pwd=x@y&z=(1)");
        return message;
    }

    private static String mailbox(UUID branch) {
        return mailbox("branches", branch);
    }

    private static String mailbox(String kind, UUID recipient) {
        String address = UUID.randomUUID() + "@example.org";
        await().untilAsserted(() -> given().auth()
                .oauth2(Tokens.organizer())
                .contentType("application/json")
                .body(Map.of("channel", "email", "address", address, "vouchedFor", "test"))
                .post("/api/v1/{kind}/{id}/endpoints", kind, recipient)
                .then()
                .statusCode(201));
        return address;
    }

    private void lecture(String locale) {
        UUID branch = Scheduler.branch("BROWSER-" + UUID.randomUUID(), null, locale);
        String address = mailbox(branch);
        UUID booking = UUID.randomUUID();
        int told = 0;
        for (String type : List.of("confirmed", "rescheduled", "reassigned", "cancelled")) {
            Scheduler.send(version(type, booking, ++told, branch));
            ParsedMail mail = mails(address, told).get(told - 1);
            shown.put("mail " + type + " " + locale, mail.html());
            if (told == 1) {
                page("link due", path(mail));
            }
        }
        List<ParsedMail> all = mails(address, told);
        page("link outdated", path(all.getFirst()));
        page("link cancelled", path(all.getLast()));
        given().redirects().follow(false).post(path(all.getLast())).then().statusCode(303);
        page("link confirmed", path(all.getLast()));
        page("link unknown", "/a/" + "A".repeat(64));
    }

    private void confirmation(String locale) {
        String code = "BROWSER-" + UUID.randomUUID();
        UUID branch = Scheduler.branch(code, null, locale);
        String address = "a-long-mailbox-name-" + UUID.randomUUID() + "@example.org";
        await().untilAsserted(() -> given().auth()
                .oauth2(Tokens.branch(code))
                .contentType("application/json")
                .body(Map.of("channel", "email", "address", address))
                .post("/api/v1/branches/{id}/endpoints", branch)
                .then()
                .statusCode(201));
        ParsedMail mail = mails(address, 1).getFirst();
        shown.put("mail confirmation " + locale, mail.html());
        page("confirmation", URI.create(path(mail)).getPath());
    }

    private void offer(String locale) {
        UUID branch = Scheduler.branch("BROWSER-" + UUID.randomUUID(), null, locale);
        String address = mailbox(branch);
        UUID request = UUID.randomUUID();
        Scheduler.send(Scheduler.request("requested", request, 1, branch));
        Scheduler.send(Scheduler.request("offered", request, 2, branch));
        ParsedMail mail = mails(address, 1).getFirst();
        shown.put("mail offer " + locale, mail.html());
        page("offer due", path(mail));
        given().redirects()
                .follow(false)
                .formParam("answer", "take")
                .post(path(mail))
                .then()
                .statusCode(303);
        page("offer taken", path(mail));
        Scheduler.send(Scheduler.request("offer-expired", request, 3, branch));
        mails(address, 2);
        page("offer answered before", path(mail));
        page("offer unknown", "/o/" + "A".repeat(64));
    }

    private void question(String locale) {
        UUID branch = Scheduler.branch("BROWSER-" + UUID.randomUUID(), null, locale);
        UUID lecturer = Scheduler.lecturer("BROWSER-" + UUID.randomUUID(), locale);
        String address = mailbox("lecturers", lecturer);
        Scheduler.Message lecture = Scheduler.confirmed(branch, 96).by(lecturer);
        Scheduler.send(lecture);
        String path = path(mails(address, 1).getFirst());
        Scheduler.send(Scheduler.answer(UUID.randomUUID(), 1, "PENDING", lecture, lecturer));
        await().untilAsserted(() -> given().get(path).then().body(containsString("value=\"accept\"")));
        page("question due", path);
        given().redirects()
                .follow(false)
                .formParam("answer", "decline")
                .formParam("reason", "ill")
                .post(path)
                .then()
                .statusCode(303);
        page("question declined", path);
        given().redirects()
                .follow(false)
                .formParam("answer", "accept")
                .post(path)
                .then()
                .statusCode(303);
        page("question accepted", path);
    }

    @Test
    void pagesAndMails_areReadableAndAccessible() {
        assumeTrue(Browser.executable().isPresent(), "Chromium is not installed: pages are not shown in a browser");
        MailServer.up();
        lecture("en");
        lecture("zh-CN");
        confirmation("en");
        confirmation("zh-CN");
        offer("en");
        offer("zh-CN");
        question("en");
        question("zh-CN");
        assertThat(shown).hasSizeGreaterThanOrEqualTo(30);

        for (boolean dark : List.of(false, true)) {
            List<Browser.Look> looks = Browser.look(folder, shown, dark, 320, 1200);

            assertThat(looks).hasSize(shown.size() * 2);
            assertThat(looks).filteredOn(look -> look.scrollsSideways() > 0).isEmpty();
            assertThat(looks).filteredOn(look -> !look.violations().isEmpty()).isEmpty();
        }
    }
}
