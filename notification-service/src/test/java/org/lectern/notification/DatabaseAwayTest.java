package org.lectern.notification;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.lectern.notification.support.ProxiedStack;
import org.lectern.notification.support.Scheduler;
import org.lectern.testing.AbstractDatabaseAwayTest;
import org.lectern.testing.Tokens;

@Tag("proof")
@QuarkusTest
@QuarkusTestResource(value = ProxiedStack.class, restrictToAnnotatedClass = true)
@TestProfile(AbstractDatabaseAwayTest.Alone.class)
class DatabaseAwayTest extends AbstractDatabaseAwayTest {

    @Override
    protected Response read() {
        return given().auth().oauth2(Tokens.operator()).get("/api/v1/deliveries?limit=1");
    }

    @Test
    void pausedRequest_isAnsweredWithRetry() throws SQLException {
        String feeds = "/api/v1/branches/" + Scheduler.branch("PAUSED", null, "en") + "/calendar-feeds";
        await().atMost(Duration.ofMinutes(2)).until(() -> asked().get(feeds).statusCode() == 200);
        demandComeAgainAfterPause("calendar_feed", () -> asked().post(feeds));
    }

    private static RequestSpecification asked() {
        return given().auth().oauth2(Tokens.organizer()).contentType("application/json");
    }
}
