package org.lectern.testing;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.junit.QuarkusTestProfile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lectern.local.proxy.FaultProxy;
import org.lectern.local.proxy.FaultProxy.Direction;
import org.lectern.local.proxy.NetworkCondition;

/**
 * PostgreSQL accepts connections but does not respond: requests still get answers, and the service recovers by itself.
 */
public abstract class AbstractDatabaseAwayTest {

    /** A separate application with a database that tests can cut off. */
    public static final class Alone implements QuarkusTestProfile {}

    @Inject
    protected DataSource database;

    /** Reads something from the database, as a caller who may. */
    protected abstract Response read();

    private static FaultProxy proxy() {
        return ProxiedDatabase.proxy();
    }

    @AfterEach
    void heal() {
        proxy().set(new NetworkCondition.Healthy());
    }

    private int status() {
        return read().statusCode();
    }

    protected final void awaitHealthy() {
        await().atMost(Duration.ofMinutes(2)).until(() -> status() == 200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"black hole", "half open", "reset"})
    void requestsAreAnsweredAndItRecoversByItself(String how) throws Exception {
        awaitHealthy();
        proxy().set(
                        switch (how) {
                            case "black hole" -> new NetworkCondition.BlackHole();
                            case "half open" -> new NetworkCondition.HalfOpen(Direction.TO_CLIENT);
                            default -> new NetworkCondition.Resetting();
                        });

        List<Future<Integer>> answers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 10; i++) {
                answers.add(threads.submit(this::status));
            }
        }
        for (Future<Integer> answer : answers) {
            assertThat(answer.get()).isEqualTo(503);
        }
        demandComeAgain(read());

        proxy().set(new NetworkCondition.Healthy());
        awaitHealthy();
    }

    @Test
    void liveness_doesNotUseTheDatabase() {
        assertThat(status()).isEqualTo(200);
        proxy().set(new NetworkCondition.BlackHole());
        int port = org.eclipse.microprofile.config.ConfigProvider.getConfig()
                .getValue("quarkus.management.port", Integer.class);
        given().port(port).get("/q/health/live").then().statusCode(200);
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(
                        () -> given().port(port).get("/q/health/ready").then().statusCode(503));
        given().port(port).get("/q/health/live").then().statusCode(200);
    }

    /**
     * Makes a change while PostgreSQL ends the transaction after an insert, as when the process or its machine pauses
     * longer than the idle-in-transaction timeout. The change is refused; a repeat succeeds.
     *
     * @param table the last statement that succeeds inserts into it
     */
    protected final void demandComeAgainAfterPause(String table, Supplier<Response> change) throws SQLException {
        awaitHealthy();
        owner("CREATE FUNCTION no_rest() RETURNS trigger LANGUAGE plpgsql AS"
                + " $$ BEGIN SET idle_in_transaction_session_timeout = '50ms'; RETURN NULL; END $$");
        owner("CREATE TRIGGER no_rest AFTER INSERT ON " + table + " FOR EACH ROW EXECUTE FUNCTION no_rest()");
        proxy().set(new NetworkCondition.Delayed(Duration.ofMillis(100)));
        try {
            demandComeAgain(change.get());
        } finally {
            proxy().set(new NetworkCondition.Healthy());
            owner("DROP TRIGGER no_rest ON " + table);
            owner("DROP FUNCTION no_rest");
        }
        awaitHealthy();
        change.get().then().statusCode(201);
    }

    protected static void demandComeAgain(Response answer) {
        answer.then()
                .statusCode(503)
                .contentType("application/problem+json")
                .header("Retry-After", notNullValue())
                .body("status", equalTo(503), "code", equalTo("unavailable"));
    }

    protected final void owner(String statement) throws SQLException {
        try (var connection = database.getConnection();
                var work = connection.createStatement()) {
            work.execute(statement);
        }
    }
}
