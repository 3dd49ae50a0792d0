package org.lectern.notification.channel.chat;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.lectern.notification.outbound.OutboundHttpClient;
import org.lectern.notification.outbound.SsrfGuard;
import org.lectern.notification.secret.Secrets;

/** Collects the dependencies of all platform channels. */
class RobotTools {

    @Produces
    @Singleton
    RobotChannel.Tools tools(
            OutboundHttpClient dialler,
            SsrfGuard rules,
            Secrets secrets,
            RobotBudget budget,
            ObjectMapper json,
            Clock clock) {
        return new RobotChannel.Tools(dialler, rules, secrets, budget, json, clock);
    }
}
