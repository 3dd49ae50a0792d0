package org.lectern.chassis.database;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reports ready while PostgreSQL answers. A dedicated thread with its own connection queries the database. Probes only
 * read the last result, so an exhausted connection pool does not delay them.
 */
@Readiness
@ApplicationScoped
class DatabaseReadiness implements AsyncHealthCheck {

    private static final Logger LOG = Logger.getLogger(DatabaseReadiness.class);
    private static final String SECONDS_TO_ANSWER = "3";
    private static final Duration PAUSE = Duration.ofSeconds(2);
    /** A result older than two timed-out queries and their pauses counts as unready. */
    private static final Duration OLDEST = Duration.ofSeconds(12);

    private final String url;
    private final Properties settings = new Properties();

    private volatile boolean answers;
    private volatile long at;
    private volatile @Nullable Thread asking;

    @Inject
    DatabaseReadiness(
            @ConfigProperty(name = "quarkus.datasource.jdbc.url") String url,
            @ConfigProperty(name = "quarkus.datasource.username") Optional<String> user,
            @ConfigProperty(name = "quarkus.datasource.password") Optional<String> password,
            @ConfigProperty(name = "quarkus.datasource.jdbc.additional-jdbc-properties.ApplicationName")
                    String application) {
        this.url = url;
        user.ifPresent(name -> settings.setProperty("user", name));
        password.ifPresent(secret -> settings.setProperty("password", secret));
        settings.setProperty("ApplicationName", application + "-readiness");
        settings.setProperty("connectTimeout", SECONDS_TO_ANSWER);
        settings.setProperty("loginTimeout", SECONDS_TO_ANSWER);
        settings.setProperty("socketTimeout", SECONDS_TO_ANSWER);
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        boolean ready = answers && System.nanoTime() - at < OLDEST.toNanos();
        return Uni.createFrom()
                .item(HealthCheckResponse.named("database").status(ready).build());
    }

    void start(@Observes StartupEvent event) {
        asking = Thread.ofPlatform().daemon().name("database-readiness").start(this::ask);
    }

    void stop(@Observes ShutdownEvent event) {
        Thread thread = asking;
        if (thread != null) {
            thread.interrupt();
        }
    }

    private void ask() {
        while (!Thread.currentThread().isInterrupted()) {
            try (Connection connection = DriverManager.getConnection(url, settings)) {
                while (connection.isValid(0)) {
                    found(true);
                    Thread.sleep(PAUSE);
                }
                found(false);
            } catch (SQLException e) {
                found(false);
                pause();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void found(boolean answer) {
        if (answers != answer) {
            LOG.infof("PostgreSQL %s", answer ? "answers" : "does not answer");
        }
        at = System.nanoTime();
        answers = answer;
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
