package org.lectern.notification.security;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lectern.notification.support.ServiceTest;
import org.lectern.notification.support.Tokens;

/** Tokens that are signed but name no usable caller. */
@ServiceTest
class AccessTokenTest {

    private static final String PATH = "/api/v1/deliveries";

    static Stream<String> unusableSubjects() {
        return Stream.of("", "  ", "x".repeat(256), "a\u0000b");
    }

    @ParameterizedTest
    @MethodSource("unusableSubjects")
    void unusableSubject_isUnauthenticated(String subject) {
        given().auth()
                .oauth2(Tokens.of("operator", Map.of("subject", subject)))
                .get(PATH)
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", "Bearer")
                .body("code", equalTo("unauthenticated"));
    }

    @Test
    void moreBranchesThanAQueryTakes_areUnauthenticated() {
        given().auth().oauth2(Tokens.branch("B".repeat(256))).get(PATH).then().statusCode(401);
    }

    @Test
    void longestSubject_isKnown() {
        given().auth()
                .oauth2(Tokens.of("operator", Map.of("subject", "x".repeat(255))))
                .get(PATH)
                .then()
                .statusCode(200);
    }
}
