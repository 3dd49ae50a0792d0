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
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Refuses to start on a schema that is behind, before anything else asks for what it lacks. */
@ApplicationScoped
class SchemaGuard {

    private final AgroalDataSource database;
    private final int needed;

    @Inject
    SchemaGuard(AgroalDataSource database, @ConfigProperty(name = Schema.NEEDED) int needed) {
        this.database = database;
        this.needed = needed;
    }

    void check(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event) throws SQLException {
        try (Connection connection = database.getConnection()) {
            Schema.of(connection).objection(needed).ifPresent(objection -> {
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
