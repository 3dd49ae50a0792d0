package org.lectern.chassis.startup;

import io.agroal.api.AgroalDataSource;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Refuses to start on an outdated schema before any other bean queries it. */
@ApplicationScoped
class SchemaGuard {

    private final AgroalDataSource database;
    private final String needed;
    private final List<String> repeatable;

    @Inject
    SchemaGuard(
            AgroalDataSource database,
            @ConfigProperty(name = Schema.NEEDED) String needed,
            @ConfigProperty(name = Schema.REPEATABLE) List<String> repeatable) {
        this.database = database;
        this.needed = needed;
        this.repeatable = repeatable;
    }

    void check(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event) throws SQLException {
        try (Connection connection = database.getConnection()) {
            Schema.of(connection).objection(needed, repeatable).ifPresent(objection -> {
                throw new Unfit(objection.what() + ": " + objection.remedy());
            });
        }
    }

    /** The start was refused. */
    static final class Unfit extends IllegalStateException {
        Unfit(String message) {
            super(message);
        }
    }
}
