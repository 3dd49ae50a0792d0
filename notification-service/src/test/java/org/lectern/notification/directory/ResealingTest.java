package org.lectern.notification.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Inject;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.lectern.chassis.database.Sql;
import org.lectern.notification.secret.Secrets;
import org.lectern.notification.support.Lectures;
import org.lectern.notification.support.ServiceTest;

/** After a start with a new key, secrets do not need the old key any more, after any number of key changes. */
@ServiceTest
class ResealingTest {

    @Inject
    Sql sql;

    @Inject
    Lectures lectures;

    @Test
    void secretsOfOlderKeys_areSealedWithThePresentOne() {
        UUID branch = lectures.branch("SEA-" + UUID.randomUUID(), null, "en");
        UUID endpoint = lectures.endpoint(branch, true);
        UUID lost = lectures.endpoint(branch, true);
        QuarkusTransaction.begin();
        try {
            sql.update("UPDATE endpoint SET secret = NULL");
            sql.update("DELETE FROM endpoint_former_secret");
            String first = "first:" + Base64.getEncoder().encodeToString(Secrets.random(32));
            put(endpoint, new Secrets(List.of(first)).seal("whsec_present", endpoint));
            put(
                    lost,
                    new Secrets(List.of("lost:" + Base64.getEncoder().encodeToString(Secrets.random(32))))
                            .seal("x", lost));
            sql.update(
                    "INSERT INTO endpoint_former_secret VALUES (?, ?, now() + interval '1 hour')",
                    endpoint,
                    new Secrets(List.of(first)).seal("whsec_former", endpoint));
            String key = first;
            for (int i = 0; i < 4; i++) {
                String next = "key-" + i + ":" + Base64.getEncoder().encodeToString(Secrets.random(32));
                assertThat(new Resealing(new Secrets(List.of(next, key)), sql).all())
                        .isEqualTo(2);
                key = next;
            }
            Secrets onlyTheNewest = new Secrets(List.of(key));
            assertThat(new Resealing(onlyTheNewest, sql).all()).isZero();
            assertThat(onlyTheNewest.open(secret("SELECT secret FROM endpoint WHERE id = ?", endpoint), endpoint))
                    .isEqualTo("whsec_present");
            assertThat(onlyTheNewest.open(
                            secret("SELECT secret FROM endpoint_former_secret WHERE endpoint_id = ?", endpoint),
                            endpoint))
                    .isEqualTo("whsec_former");
        } finally {
            QuarkusTransaction.rollback();
        }
    }

    private void put(UUID endpoint, String sealed) {
        sql.update("UPDATE endpoint SET secret = ? WHERE id = ?", sealed, endpoint);
    }

    private String secret(String query, UUID endpoint) {
        return sql.one(query, row -> row.text("secret"), endpoint).orElseThrow();
    }
}
