package org.lectern.scheduler.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.hamcrest.Matchers.equalTo;
import static org.lectern.scheduler.support.Registries.body;
import static org.lectern.scheduler.support.Registries.create;
import static org.lectern.scheduler.support.Registries.organizer;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.lectern.chassis.database.Transactions;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.scheduler.support.City;
import org.lectern.scheduler.support.LogLines;

/** PostgreSQL's message about a violated constraint names the constraint, but not the values of the row. */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class RowValuesTest {

    @Inject
    City city;

    @Inject
    AgroalDataSource database;

    @Inject
    @DataSource("relay")
    AgroalDataSource relay;

    private final String secret = "S" + UUID.randomUUID();

    @Test
    void aViolatedConstraint_isLoggedWithoutTheRow() {
        city.run("ALTER TABLE lecturer ADD CONSTRAINT of_a_test CHECK (name <> '" + secret + "')");
        try (LogLines log = LogLines.open()) {
            Map<String, Object> lecturer = body("lecturers");
            lecturer.put("name", secret);
            lecturer.put("email", secret + "@example.org");

            organizer().body(lecturer).post("/api/v1/lecturers").then().statusCode(500);

            assertThat(log.text())
                    .contains("Unexpected failure while answering a request", "of_a_test")
                    .doesNotContain(secret);
        } finally {
            city.run("ALTER TABLE lecturer DROP CONSTRAINT of_a_test");
        }
    }

    @Test
    void theNameOfAConstraintIsStillKnown() {
        Map<String, Object> topic = body("topics");
        topic.put("code", secret);
        create("topics", topic);

        try (LogLines log = LogLines.open()) {
            organizer()
                    .body(topic)
                    .post("/api/v1/topics")
                    .then()
                    .statusCode(409)
                    .body("code", equalTo("code-taken"));
            assertThat(log.text()).doesNotContain(secret);
        }
        Throwable failure = catchThrowable(() -> insertTwice(database));
        assertThat(Transactions.violatedConstraint(failure)).isEqualTo("idempotency_pkey");
    }

    @Test
    void noDataSourceTellsTheRow() {
        for (AgroalDataSource each : new AgroalDataSource[] {database, relay}) {
            Throwable failure = catchThrowable(() -> insertTwice(each));

            assertThat(failure).isInstanceOf(BatchUpdateException.class);
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                assertThat(cause.toString()).doesNotContain(secret);
            }
        }
    }

    /** Fails because the first insert of the batch has the key; nothing is stored. */
    private void insertTwice(AgroalDataSource source) throws SQLException {
        try (var connection = source.getConnection()) {
            connection.setAutoCommit(false);
            try (var insert = connection.prepareStatement(
                    "INSERT INTO idempotency (principal, key, fingerprint, created_at) VALUES (?, ?, '\\x00', now())")) {
                for (int i = 0; i < 2; i++) {
                    insert.setString(1, secret);
                    insert.setString(2, secret);
                    insert.addBatch();
                }
                insert.executeBatch();
            } finally {
                connection.rollback();
            }
        }
    }
}
