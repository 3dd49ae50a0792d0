package org.lectern.notification.channel.chat;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.lectern.notification.outbound.DialRules;
import org.lectern.notification.outbound.Dialler;
import org.lectern.notification.secret.Secrets;

/** Gathers what the channels of all platforms need. */
class RobotTools {

    @Produces
    @Singleton
    RobotChannel.Tools tools(
            Dialler dialler, DialRules rules, Secrets secrets, RobotBudget budget, ObjectMapper json, Clock clock) {
        return new RobotChannel.Tools(dialler, rules, secrets, budget, json, clock);
    }
}
