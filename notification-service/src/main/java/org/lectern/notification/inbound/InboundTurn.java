package org.lectern.notification.inbound;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;
import org.lectern.chassis.database.Sql;

/**
 * Whose turn it is to read the mailbox, by the database's clock. The holder keeps it by asking again; when it stops or
 * fails to ask, another process takes over. A turn that passes on too early does no harm: a message counts once.
 */
@ApplicationScoped
class InboundTurn {

    private static final String TAKE = """
            INSERT INTO inbound_turn (mailbox, holder, until)
            VALUES ('inbound', ?, clock_timestamp() + ? * interval '1 millisecond')
            ON CONFLICT (mailbox) DO UPDATE SET holder = excluded.holder, until = excluded.until
            WHERE inbound_turn.holder = excluded.holder OR inbound_turn.until < clock_timestamp()""";

    private final UUID self = UUID.randomUUID();
    private final InboundConfig config;
    private final Sql sql;

    @Inject
    InboundTurn(InboundConfig config, Sql sql) {
        this.config = config;
        this.sql = sql;
    }

    /** Takes or keeps the turn; false if it is another's. */
    boolean take() {
        return sql.update(TAKE, self, config.lease().toMillis()) == 1;
    }

    /** Lets another take it at once. */
    void end() {
        sql.update("DELETE FROM inbound_turn WHERE mailbox = 'inbound' AND holder = ?", self);
    }
}
