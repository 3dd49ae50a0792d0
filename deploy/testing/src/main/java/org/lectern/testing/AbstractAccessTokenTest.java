package org.lectern.testing;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tokens that are signed but name no usable caller. */
public abstract class AbstractAccessTokenTest {

    private final String path;

    /** @param path of an operation without parameters that an operator may call */
    protected AbstractAccessTokenTest(String path) {
        this.path = path;
    }

    static Stream<String> unusableSubjects() {
        return Stream.of("", "  ", "x".repeat(256), "a\u0000b");
    }

    @ParameterizedTest
    @MethodSource("unusableSubjects")
    void unusableSubject_isUnauthenticated(String subject) {
        given().auth()
                .oauth2(Tokens.of("operator", Map.of("subject", subject)))
                .get(path)
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", "Bearer")
                .body("code", equalTo("unauthenticated"));
    }

    @Test
    void moreBranchesThanAQueryTakes_areUnauthenticated() {
        given().auth().oauth2(Tokens.branch("B".repeat(256))).get(path).then().statusCode(401);
    }

    @Test
    void longestSubject_isKnown() {
        given().auth()
                .oauth2(Tokens.of("operator", Map.of("subject", "x".repeat(255))))
                .get(path)
                .then()
                .statusCode(200);
    }
}
