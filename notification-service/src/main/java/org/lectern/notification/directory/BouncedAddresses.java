package org.lectern.notification.directory;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.UUID;
import org.lectern.chassis.database.Sql;

/**
 * Mailboxes a mail server has refused for good. Nothing more is sent there, for whoever goes on writing to mailboxes that
 * do not exist is taken for a spammer, until the endpoint gets another address or an organizer releases this one.
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

    /** Keeps the address of that endpoint, if it is a mailbox, in the running transaction. */
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
     * Lets an address be used: at once if it has not bounced; otherwise only if the caller may release it, which he does.
     *
     * @throws AddressBounced if he may not
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
