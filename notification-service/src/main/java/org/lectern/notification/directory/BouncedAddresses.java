package org.lectern.notification.directory;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.UUID;
import org.lectern.chassis.database.Sql;

/**
 * Mailboxes that a mail server permanently refused. Nothing is sent there until the endpoint gets another address or an
 * organizer releases this one. A sender that keeps writing to non-existent mailboxes is treated as a spammer.
 */
@ApplicationScoped
class BouncedAddresses {

    private static final String EMAIL = "email";

    private final Sql sql;
    private final Clock clock;

    @Inject
    BouncedAddresses(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /** Records the endpoint's address, if it is a mailbox, in the running transaction. */
    void add(UUID endpoint, String reason) {
        sql.one(
                        "SELECT address FROM endpoint WHERE id = ? AND channel = ? AND address IS NOT NULL",
                        row -> row.text("address"),
                        endpoint,
                        EMAIL)
                .ifPresent(address -> sql.update("""
                        INSERT INTO bounced_address (hash, reason, at) VALUES (?, ?, ?)
                        ON CONFLICT (hash) DO UPDATE SET reason = excluded.reason, at = excluded.at""", EmailAddress.fingerprint(address), reason, clock.instant()));
    }

    /**
     * Demands that an address is usable. A bounced address is released if the caller may do so.
     *
     * @throws AddressBounced if the caller may not release it
     */
    void demandUsable(String channel, String address, boolean mayRelease) {
        if (!channel.equals(EMAIL)) {
            return;
        }
        byte[] hash = EmailAddress.fingerprint(address);
        if (mayRelease) {
            sql.update("DELETE FROM bounced_address WHERE hash = ?", hash);
        } else {
            sql.one("SELECT reason FROM bounced_address WHERE hash = ?", row -> row.text("reason"), hash)
                    .ifPresent(reason -> {
                        throw new AddressBounced(reason);
                    });
        }
    }
}
