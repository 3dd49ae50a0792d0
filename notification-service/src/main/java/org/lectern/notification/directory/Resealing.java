package org.lectern.notification.directory;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.lectern.chassis.database.Sql;
import org.lectern.notification.secret.Secrets;

/**
 * At each start, reseals with the present key the secrets that an older key sealed. After that, the older key is not
 * needed.
 */
@ApplicationScoped
class Resealing {

    private static final Logger LOG = Logger.getLogger(Resealing.class);

    private final Secrets secrets;
    private final Sql sql;

    @Inject
    Resealing(Secrets secrets, Sql sql) {
        this.secrets = secrets;
        this.sql = sql;
    }

    void start(@Observes StartupEvent event) {
        Thread.ofVirtual().name("resealing").start(this::all);
    }

    private record Sealed(UUID endpoint, String secret) {}

    /** Reseals all and returns their number. */
    int all() {
        return secrets.sealedWithPresentKey()
                .map(present ->
                        reseal("endpoint", "id", present) + reseal("endpoint_former_secret", "endpoint_id", present))
                .orElse(0);
    }

    private int reseal(String table, String key, String present) {
        int done = 0;
        try {
            List<Sealed> old = sql.list(
                    "SELECT " + key + " AS endpoint, secret FROM " + table
                            + " WHERE secret IS NOT NULL AND NOT starts_with(secret, ?)",
                    row -> new Sealed(row.id("endpoint"), row.text("secret")),
                    present);
            for (Sealed each : old) {
                done += resealed(table, key, each);
            }
        } catch (RuntimeException e) {
            LOG.warnf("Secrets stay sealed with an older key until the next start: %s", e);
        }
        return done;
    }

    /** Reseals a secret only if it has not been replaced concurrently. */
    private int resealed(String table, String key, Sealed old) {
        try {
            String sealed = secrets.seal(secrets.open(old.secret(), old.endpoint()), old.endpoint());
            return sql.update(
                    "UPDATE " + table + " SET secret = ? WHERE " + key + " = ? AND secret = ?",
                    sealed,
                    old.endpoint(),
                    old.secret());
        } catch (IllegalStateException e) {
            LOG.warnf("The secret of endpoint %s cannot be opened: its key is missing", old.endpoint());
            return 0;
        }
    }
}
