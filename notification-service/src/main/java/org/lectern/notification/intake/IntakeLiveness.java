package org.lectern.notification.intake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Alive as long as the reading thread is: only a new process brings it back. Kafka and PostgreSQL do not matter. */
@Liveness
@ApplicationScoped
class IntakeLiveness implements HealthCheck {

    private final IntakeLoop loop;

    @Inject
    IntakeLiveness(IntakeLoop loop) {
        this.loop = loop;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("intake-thread").status(loop.isAlive()).build();
    }
}
