package org.lectern.notification.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lectern.local.RawHttp;
import org.lectern.notification.support.ServiceTest;
import org.lectern.testing.AbstractRequestGuardTest;

@ServiceTest
@TestProfile(AbstractRequestGuardTest.ShortDeadline.class)
class RequestGuardTest extends AbstractRequestGuardTest {

    RequestGuardTest() {
        super("/api/v1/branches/01a22aed-e02c-795a-8401-b9b7a3b8ddc5/endpoints", "/api/v1/deliveries");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a=1&a=2&%00=%ff&b&b&b",
                "%zz=%zz",
                "answer=%",
                "\u0099\u0000\u00fc=\u001c",
                "&&&===&",
                "answer",
                "=",
                "a=%u0041"
            })
    void malformedForm_isNoFailureOfOurs(String form) throws IOException {
        for (String page : List.of("/a/", "/c/", "/o/", "/u/")) {
            try (var connection = new RawHttp(RestAssured.port)) {
                connection.send("POST " + page + "A".repeat(64) + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                        + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " + form.length()
                        + "\r\n\r\n" + form);

                assertThat(connection.read(Duration.ofMinutes(1))).as(page).startsWith("HTTP/1.1 4");
            }
        }
    }
}
