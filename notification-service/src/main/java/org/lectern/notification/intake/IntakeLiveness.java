package org.lectern.notification.intake;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/**
 * Live while the reading thread is alive, because only a new process can restore it. Independent of Kafka and
 * PostgreSQL.
 */
@Liveness
@ApplicationScoped
class IntakeLiveness implements AsyncHealthCheck {

    private final IntakeLoop loop;

    @Inject
    IntakeLiveness(IntakeLoop loop) {
        this.loop = loop;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return Uni.createFrom()
                .item(HealthCheckResponse.named("intake-thread")
                        .status(loop.isAlive())
                        .build());
    }
}
