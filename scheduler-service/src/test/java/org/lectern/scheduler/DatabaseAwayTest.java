package org.lectern.scheduler;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lectern.scheduler.support.ProxiedStack;
import org.lectern.testing.AbstractDatabaseAwayTest;
import org.lectern.testing.Tokens;

@Tag("proof")
@QuarkusTest
@QuarkusTestResource(value = ProxiedStack.class, restrictToAnnotatedClass = true)
@TestProfile(AbstractDatabaseAwayTest.Alone.class)
class DatabaseAwayTest extends AbstractDatabaseAwayTest {

    @Override
    protected Response read() {
        return given().auth().oauth2(Tokens.organizer()).get("/api/v1/topics?limit=1");
    }

    @Test
    void fullDisk_refusesWritesCompletely() throws SQLException {
        awaitHealthy();
        Map<String, Object> topic = topic("FULL");
        // PostgreSQL's message when it cannot write, at the last statement of the change
        owner("CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS"
                + " $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$");
        owner("CREATE TRIGGER no_room BEFORE INSERT ON audit_entry EXECUTE FUNCTION no_room()");
        try {
            demandComeAgain(add(topic));
            assertThat(read().statusCode()).isEqualTo(200);
        } finally {
            owner("DROP TRIGGER no_room ON audit_entry");
            owner("DROP FUNCTION no_room");
        }
        add(topic).then().statusCode(201);
    }

    /**
     * The write after the topic's row is a batch, for which the driver has a different message; after the entry, the
     * commit.
     */
    @ParameterizedTest
    @ValueSource(strings = {"topic", "audit_entry"})
    void pausedRequest_isAnsweredWithRetry(String after) throws SQLException {
        Map<String, Object> topic = topic("PAUSED");
        demandComeAgainAfterPause(after, () -> add(topic));
    }

    private static Map<String, Object> topic(String code) {
        return Map.of("code", code + "-" + System.nanoTime(), "title", "Title", "durationMinutes", 60);
    }

    private static Response add(Map<String, Object> topic) {
        return given().auth()
                .oauth2(Tokens.organizer())
                .contentType("application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .body(topic)
                .post("/api/v1/topics");
    }
}
