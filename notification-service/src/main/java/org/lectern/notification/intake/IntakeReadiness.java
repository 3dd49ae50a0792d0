package org.lectern.notification.intake;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while events are being read. Kafka's availability has its own check. */
@Readiness
@ApplicationScoped
class IntakeReadiness implements AsyncHealthCheck {

    private final IntakeLoop loop;

    @Inject
    IntakeReadiness(IntakeLoop loop) {
        this.loop = loop;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return Uni.createFrom()
                .item(HealthCheckResponse.named("intake")
                        .status(loop.isRunning())
                        .build());
    }
}
