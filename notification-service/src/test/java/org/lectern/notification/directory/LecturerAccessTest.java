package org.lectern.notification.directory;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.restassured.http.ContentType;
import io.restassured.http.Method;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lectern.chassis.database.Sql;
import org.lectern.notification.link.Links;
import org.lectern.notification.support.Lectures;
import org.lectern.notification.support.Scheduler;
import org.lectern.notification.support.ServiceTest;
import org.lectern.testing.Tokens;

/** Lecturers have the operations of branches for themselves; the two kinds see nothing of each other. */
@ServiceTest
class LecturerAccessTest {

    private static final String MAILBOX = "lecturer-0417@lecturers.example.org";

    @Inject
    Sql sql;

    @Inject
    Lectures lectures;

    @Inject
    Links links;

    private final String code = "L-" + UUID.randomUUID();
    private final String branchCode = "B-" + UUID.randomUUID();
    private UUID lecturer;
    private UUID branch;

    @BeforeEach
    void recipientsAreKnown() {
        lecturer = lectures.lecturer(code, "en");
        branch = lectures.branch(branchCode, null, "en");
    }

    @Test
    void lecturer_managesItsOwnEndpoints() {
        Response added = call(Tokens.lecturer(code), Method.POST, own("endpoints"), endpoint(MAILBOX));
        added.then()
                .statusCode(201)
                .body("lecturerId", equalTo(lecturer.toString()))
                .body("branchId", nullValue())
                .body("status", equalTo("pending"));
        assertThat(added.header("Location")).endsWith(own("endpoints/" + added.path("id")));
        call(Tokens.lecturer(code), Method.GET, own("endpoints"), null).then().body("items", hasSize(1));
        call(Tokens.organizer(), Method.GET, own("endpoints"), null).then().body("items", hasSize(1));
        call(Tokens.auditor(), Method.GET, own("endpoints"), null)
                .then()
                .body("items[0].address", equalTo("l***@lecturers.example.org"));
        given().auth()
                .oauth2(Tokens.lecturer(code))
                .header("If-Match", added.header("ETag"))
                .delete(own("endpoints/" + added.path("id")))
                .then()
                .statusCode(204);
    }

    @Test
    void lecturer_setsItsPreferences() {
        Response read = call(Tokens.lecturer(code), Method.GET, own("preferences"), null);
        read.then().statusCode(200).body("lecturerId", equalTo(lecturer.toString()));
        given().auth()
                .oauth2(Tokens.lecturer(code))
                .header("If-Match", read.header("ETag"))
                .contentType(ContentType.JSON)
                .body("{\"reminders\": false}")
                .put(own("preferences"))
                .then()
                .statusCode(200)
                .body("reminders", equalTo(false));
    }

    @Test
    void recipientsOfOtherKindOrName_areNotFound() {
        String stranger = Tokens.lecturer("L-" + UUID.randomUUID());
        String sameCodeAsBranch = Tokens.branch(code);
        for (String part : List.of("endpoints", "notices", "preferences", "calendar-feeds", "calendar-answers")) {
            for (String token : List.of(stranger, sameCodeAsBranch, Tokens.branch(branchCode))) {
                call(token, Method.GET, own(part), null).then().statusCode(404).body("code", equalTo("not-found"));
            }
            for (String token : List.of(Tokens.lecturer(code), Tokens.lecturer(branchCode))) {
                call(token, Method.GET, "/api/v1/branches/" + branch + "/" + part, null)
                        .then()
                        .statusCode(404);
            }
            for (String token : List.of(Tokens.organizer(), Tokens.operator(), Tokens.auditor())) {
                call(token, Method.GET, own(part), null).then().statusCode(200);
                call(token, Method.GET, "/api/v1/branches/" + lecturer + "/" + part, null)
                        .then()
                        .statusCode(404);
                call(token, Method.GET, "/api/v1/lecturers/" + branch + "/" + part, null)
                        .then()
                        .statusCode(404);
            }
        }
        call(sameCodeAsBranch, Method.POST, own("endpoints"), endpoint(MAILBOX))
                .then()
                .statusCode(404);
        call(stranger, Method.GET, own("notices/stream"), null).then().statusCode(404);
    }

    @Test
    void notice_isReadAndAcknowledgedByItsLecturerOnly() {
        UUID notice = lectures.told(Scheduler.confirmed(branch, 90).by(lecturer), lecturer);
        String path = "/api/v1/notices/" + notice;
        for (String token : List.of(Tokens.branch(branchCode), Tokens.lecturer("L-" + UUID.randomUUID()))) {
            call(token, Method.POST, path + "/read", null).then().statusCode(404);
            call(token, Method.POST, path + "/acknowledgement", null).then().statusCode(404);
            call(token, Method.GET, path + "/escalations", null).then().statusCode(404);
        }
        call(Tokens.lecturer(code), Method.GET, own("notices"), null)
                .then()
                .body("items", hasSize(1))
                .body("items[0].lecturerId", equalTo(lecturer.toString()))
                .body("items[0].acknowledgement.state", equalTo("due"));
        call(Tokens.lecturer(code), Method.POST, path + "/acknowledgement", null)
                .then()
                .statusCode(200)
                .body("lecturerId", equalTo(lecturer.toString()))
                .body("channel", equalTo("in-app"));
        call(Tokens.lecturer(code), Method.GET, own("notices"), null)
                .then()
                .body("items[0].acknowledgement.state", equalTo("given"));
    }

    @Test
    void link_acknowledgesForItsLecturer() {
        UUID notice = lectures.told(Scheduler.confirmed(branch, 92).by(lecturer), lecturer);
        String path = URI.create(
                        links.of(notice, lectures.endpoint(lecturer, true)).orElseThrow())
                .getPath();
        given().get(path).then().statusCode(200).body(containsString("You confirm only that you are informed."));
        given().redirects()
                .follow(false)
                .formParam("notice", notice.toString())
                .post(path)
                .then()
                .statusCode(303);
        call(Tokens.lecturer(code), Method.GET, own("notices"), null)
                .then()
                .body("items[0].acknowledgement.channel", equalTo("link"));
    }

    /** Coverage counts branches: a lecturer's acknowledgement is no event of a branch. */
    @Test
    void acknowledgementOfALecturer_isNotPublishedAsThatOfABranch() {
        UUID notice = lectures.told(Scheduler.confirmed(branch, 91).by(lecturer), lecturer);
        call(Tokens.lecturer(code), Method.POST, "/api/v1/notices/" + notice + "/acknowledgement", null)
                .then()
                .statusCode(200);
        assertThat(sql.list(
                        "SELECT data FROM outbox WHERE data LIKE '%' || ? || '%'",
                        row -> row.text("data"), lecturer.toString()))
                .isEmpty();
    }

    private String own(String part) {
        return "/api/v1/lecturers/" + lecturer + "/" + part;
    }

    private static String endpoint(String address) {
        return "{\"channel\": \"email\", \"address\": \"" + address + "\"}";
    }

    private static Response call(String token, Method method, String path, @Nullable String body) {
        var request = given().auth().oauth2(token);
        if (body != null) {
            request.contentType(ContentType.JSON).body(body);
        }
        return request.request(method, path);
    }
}
