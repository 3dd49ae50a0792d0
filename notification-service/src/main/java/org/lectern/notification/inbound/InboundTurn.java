package org.lectern.notification.inbound;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;
import org.lectern.chassis.database.Sql;

/**
 * The turn to read the mailbox, timed by the database's clock. The holder renews its lease; when it stops or fails to
 * renew, another process takes over. A premature change does no harm, because a message counts once.
 */
@ApplicationScoped
class InboundTurn {

    private static final String TAKE = """
            INSERT INTO inbound_turn (mailbox, holder, until)
            VALUES ('inbound', ?, clock_timestamp() + ? * interval '1 millisecond')
            ON CONFLICT (mailbox) DO UPDATE SET holder = excluded.holder, until = excluded.until
            WHERE inbound_turn.holder = excluded.holder OR inbound_turn.until < clock_timestamp()""";

    private final UUID self = UUID.randomUUID();
    private final InboundMailConfig config;
    private final Sql sql;

    @Inject
    InboundTurn(InboundMailConfig config, Sql sql) {
        this.config = config;
        this.sql = sql;
    }

    /** Takes or renews the turn. False if another process holds it. */
    boolean take() {
        return sql.update(TAKE, self, config.lease().toMillis()) == 1;
    }

    /** Releases the turn, so that another process can take it at once. */
    void end() {
        sql.update("DELETE FROM inbound_turn WHERE mailbox = 'inbound' AND holder = ?", self);
    }
}
