package org.lectern.notification.intake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when events are being read; whether Kafka answers is its own affair. */
@Readiness
@ApplicationScoped
class IntakeReadiness implements HealthCheck {

    private final IntakeLoop loop;

    @Inject
    IntakeReadiness(IntakeLoop loop) {
        this.loop = loop;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("intake").status(loop.isRunning()).build();
    }
}
