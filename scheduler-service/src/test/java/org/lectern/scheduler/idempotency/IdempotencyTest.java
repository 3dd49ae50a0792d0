package org.lectern.scheduler.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.scheduler.support.City;

/** Answers are stored exactly as long as promised. */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class IdempotencyTest {

    @Inject
    City city;

    @Inject
    Idempotency idempotency;

    @Test
    void keysOlderThanThePromiseAreForgottenAndYoungerOnesKept() {
        String principal = UUID.randomUUID().toString();
        for (int hours : new int[] {71, 73}) {
            city.run(
                    "INSERT INTO idempotency (principal, key, fingerprint, created_at)"
                            + " VALUES (?, ?, '\\x00', now() - make_interval(hours => ?))",
                    principal,
                    "a-key-of-" + hours + "-hours",
                    hours);
        }

        idempotency.forgetOld();

        assertThat(city.count("SELECT count(*) FROM idempotency WHERE principal = ?", principal))
                .isEqualTo(1);
        assertThat(city.count(
                        "SELECT count(*) FROM idempotency WHERE key = 'a-key-of-71-hours' AND principal = ?",
                        principal))
                .isEqualTo(1);
    }
}
