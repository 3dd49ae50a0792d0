package org.lectern.notification.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.lectern.chassis.database.Sql;
import org.lectern.notification.support.ServiceTest;

/** Published events are kept for a limited time, then removed. */
@ServiceTest
class OutboxRelayTest {

    @Inject
    Sql sql;

    @Inject
    OutboxRelay relay;

    @Test
    void oldPublishedEvents_areRemoved() {
        UUID subject = UUID.randomUUID();
        UUID old = published(subject, "31 days", "31 days");
        UUID published = published(subject, "31 days", "29 days"); // Kafka was away for two days
        UUID young = published(subject, "29 days", "29 days");

        relay.forgetPublished();

        assertThat(sql.list("SELECT id FROM outbox WHERE subject = ? ORDER BY id", row -> row.id("id"), subject))
                .containsExactly(published, young)
                .doesNotContain(old);
    }

    private UUID published(UUID subject, String written, String published) {
        return sql.one("""
                INSERT INTO outbox (id, topic, type, subject, version, data, occurred_at, published_at)
                VALUES (uuidv7(- cast(? AS interval)), 'topic', 'type', ?, 1, '{}', now(), now() - cast(? AS interval))
                RETURNING id""", row -> row.id("id"), written, subject, published).orElseThrow();
    }
}
