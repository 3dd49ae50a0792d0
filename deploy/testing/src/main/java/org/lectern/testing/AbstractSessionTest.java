package org.lectern.testing;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.restassured.response.Response;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a browser reaches the API, and how nothing else does. */
public abstract class AbstractSessionTest {

    private static @Nullable SessionBrowser organizer;

    private final String home;
    private final String list;
    private final String change;

    /**
     * @param home the page that follows a login
     * @param list a list that organizers read
     * @param change a change, by POST, that is not for auditors
     */
    protected AbstractSessionTest(String home, String list, String change) {
        this.home = home;
        this.list = list;
        this.change = change;
    }

    private static SessionBrowser organizer() {
        if (organizer == null) {
            organizer = SessionBrowser.organizer();
        }
        return organizer;
    }

    @Test
    void login_namesThePersonAndOpensTheApi() {
        SessionBrowser browser = SessionBrowser.organizer();
        browser.keep(browser.page().get("/session"))
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .body("name", equalTo("林薇"))
                .body("subject", equalTo("lin.wei"))
                .body("roles", hasItem("organizer"));
        browser.page().get(list).then().statusCode(200);
    }

    @Test
    void noScript_canReadACookie() {
        Response login = SessionBrowser.with(Map.of()).get("/session/login");
        login.headers()
                .getValues("Set-Cookie")
                .forEach(cookie ->
                        assertThat(cookie).containsIgnoringCase("HttpOnly").contains("Path=/session"));
        SessionBrowser browser = SessionBrowser.organizer();
        Response session = browser.page().get("/session");
        assertThat(session.headers().getValues("Set-Cookie"))
                .anySatisfy(cookie -> assertThat(cookie)
                        .startsWith("lectern=")
                        .containsIgnoringCase("HttpOnly")
                        .containsIgnoringCase("SameSite=Strict")
                        .contains("Path=/;"));
        assertThat(session.asString()).doesNotContain(browser.token());
    }

    @Test
    void endedLogin_tellsThePageWithoutARedirect() {
        given().redirects()
                .follow(false)
                .header("X-Lectern-Client", "page")
                .header("X-Requested-With", "JavaScript")
                .get("/session")
                .then()
                .statusCode(499);
    }

    @Test
    void failedLogin_leadsToThePageThatSaysSo() {
        Response answer = SessionBrowser.with(Map.of()).get("/session/login?code=forged&state=forged");
        assertThat(answer.statusCode()).isIn(302, 303);
        assertThat(answer.header("Location")).doesNotContain("forged");
    }

    @Test
    void forgedSession_isNoLogin() {
        SessionBrowser.with(Map.of("q_session_browser", "forged"))
                .header("X-Lectern-Client", "page")
                .header("X-Requested-With", "JavaScript")
                .get("/session")
                .then()
                .statusCode(499);
    }

    @Test
    void tooManyCookies_areForgottenAndThePageSaysSo() {
        Map<String, String> many = IntStream.range(0, 20)
                .boxed()
                .collect(Collectors.toMap(i -> "q_auth_browser_" + i, i -> "x".repeat(1000)));

        SessionBrowser.with(many)
                .accept("text/html")
                .get("/session/login")
                .then()
                .statusCode(303)
                .header("Location", endsWith(home + "?error=cookies"))
                .header("Clear-Site-Data", "\"cookies\"");
        SessionBrowser.with(many)
                .header("X-Lectern-Client", "page")
                .get("/session")
                .then()
                .statusCode(431)
                .body("code", equalTo("header-too-large"))
                .header("Clear-Site-Data", "\"cookies\"");
    }

    @Test
    void logout_removesEveryCookieAndEndsTheProvidersLogin() {
        SessionBrowser browser = SessionBrowser.organizer();
        String location = browser.keep(browser.page().post("/session/logout"))
                .then()
                .statusCode(200)
                .header("Clear-Site-Data", "\"storage\"")
                .extract()
                .path("location");
        assertThat(location).contains("/endsession?").contains("id_token_hint=");
        assertThat(browser.cookies()).isEmpty();
        browser.page().get(list).then().statusCode(401);
    }

    @Test
    void logoutAfterTheLoginEnded_stillRemovesTheToken() {
        SessionBrowser browser = SessionBrowser.organizer();
        browser.cookies().keySet().removeIf(name -> name.startsWith("q_"));
        browser.keep(browser.page().post("/session/logout")).then().statusCode(200);
        assertThat(browser.cookies()).isEmpty();
    }

    @Test
    void logoutFromAnotherSite_isRefused() {
        SessionBrowser.with(organizer().cookies())
                .post("/session/logout")
                .then()
                .statusCode(403);
        SessionBrowser.with(organizer().cookies())
                .header("X-Lectern-Client", "page")
                .header("Sec-Fetch-Site", "cross-site")
                .post("/session/logout")
                .then()
                .statusCode(403);
    }

    @Test
    void cookieWithoutTheHeader_isNoCredential() {
        SessionBrowser.with(organizer().cookies()).get(list).then().statusCode(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site", "none", ""})
    void requestOfAnotherSite_isNoCredential(String site) {
        SessionBrowser.with(organizer().cookies())
                .header("X-Lectern-Client", "page")
                .header("Sec-Fetch-Site", site)
                .get(list)
                .then()
                .statusCode(401);
    }

    @Test
    void preflightOfAnotherOrigin_isNotAllowed() {
        Response preflight = given().header("Origin", "https://evil.example.org")
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "x-lectern-client")
                .options(list);
        assertThat(preflight.header("Access-Control-Allow-Origin")).isNull();
        assertThat(preflight.header("Access-Control-Allow-Headers")).isNull();
    }

    /** Every other spelling of the path, with the page's headers: the cookie counts for none of them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "//api/v1/LIST",
                "/api//v1/LIST",
                "/api/v1/LIST;x=1",
                "/api/v1;x=1/LIST",
                "/api;x=1/v1/LIST",
                "/%61pi/v1/LIST",
                "/api/%761/LIST",
                "/api/v1/../v1/LIST",
                "/api/./v1/LIST",
                "/session/../api/v1/LIST",
                "/session/%2e%2e/api/v1/LIST",
                "/session/login/../../api/v1/LIST",
                "/session;x=1/../api/v1/LIST",
                "/page/../api/v1/LIST",
                "/peer/../api/v1/LIST",
                "/API/v1/LIST"
            })
    void otherSpellingOfAPath_isNoCredential(String spelling) {
        String path = spelling.replace("LIST", list.substring(list.lastIndexOf('/') + 1));
        Map<String, String> page = organizer().headers();
        assertThat(SessionBrowser.status(list, page)).isEqualTo(200); // the plain spelling
        assertThat(SessionBrowser.status(path, page)).isIn(400, 401, 404);
        assertThat(SessionBrowser.status(path, Map.of("Cookie", page.get("Cookie"))))
                .isIn(400, 401, 404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"q_session_browser", "q_session", "q_session_default"})
    void sessionCookie_isNoCredentialForTheApi(String name) {
        String real = organizer().cookies().getOrDefault("q_session_browser", "forged");
        SessionBrowser.with(Map.of(name, real))
                .header("X-Lectern-Client", "page")
                .get(list)
                .then()
                .statusCode(401);
        SessionBrowser.with(Map.of(name, "forged"))
                .header("X-Lectern-Client", "page")
                .get(list)
                .then()
                .statusCode(401);
    }

    @Test
    void twoTokenCookies_areNoCredential() {
        given().header("Cookie", "lectern=" + organizer().token() + "; lectern=forged")
                .header("X-Lectern-Client", "page")
                .get(list)
                .then()
                .statusCode(401);
    }

    @Test
    void bearerToken_countsBeforeTheCookie() {
        organizer()
                .page()
                .header("Authorization", "Bearer forged")
                .get(list)
                .then()
                .statusCode(401);
        organizer()
                .page()
                .header("Authorization", "Bearer " + Tokens.auditor())
                .contentType("application/json")
                .body("{}")
                .header("Idempotency-Key", "session-test-key-1")
                .post(change)
                .then()
                .statusCode(403);
    }

    @Test
    void bearerClients_areAnsweredAsBefore() {
        given().auth().oauth2(Tokens.organizer()).get(list).then().statusCode(200);
        given().get(list).then().statusCode(401);
    }

    /** A login takes no target, so it cannot redirect elsewhere. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "?redirect=https://evil.example.org",
                "?to=//evil.example.org",
                "?redirect_uri=https://evil.example.org",
                "?returnTo=/%5Cevil.example.org"
            })
    void loginWithATarget_leadsToOurPageOnly(String query) {
        Response known = SessionBrowser.with(organizer().cookies()).get("/session/login" + query);
        assertThat(known.statusCode()).isEqualTo(303);
        assertThat(known.header("Location")).endsWith(home);
        Response unknown = SessionBrowser.with(Map.of()).get("/session/login" + query);
        assertThat(unknown.header("Location")).doesNotContain("evil");
    }

    @Test
    void tooLargeToken_isRefusedWithAWayOut() {
        String many = IntStream.range(100, 280)
                .mapToObj(i -> "\"YT-BRANCH-" + i + "\"")
                .collect(Collectors.joining(",", "[", "]"));
        SessionBrowser browser =
                SessionBrowser.loggedIn("many", "{\"name\":\"Many\",\"roles\":[\"branch\"],\"branches\":" + many + "}");
        assertThat(browser.token()).isEmpty();
        browser.page()
                .header("Accept-Language", "en")
                .get("/session")
                .then()
                .statusCode(403)
                .body("code", equalTo("token-too-large"));
    }
}
