package org.lectern.notification.channel.webhook;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.problem.Violation;
import org.lectern.notification.directory.ChannelTerms;
import org.lectern.notification.outbound.Destination;
import org.lectern.notification.outbound.SsrfGuard;

/**
 * Rules for webhook endpoints: an allowed web address. The service generates the secret and sends a challenge first.
 */
@Singleton
class WebhookTerms implements ChannelTerms {

    private final SsrfGuard rules;

    @Inject
    WebhookTerms(SsrfGuard rules) {
        this.rules = rules;
    }

    @Override
    public String channel() {
        return WebhookChannel.NAME;
    }

    @Override
    public Accepted accept(String address, @Nullable String secret, List<Violation> violations) {
        if (secret != null) {
            violations.add(new Violation("/secret", "secret.ours"));
        }
        return new Accepted(
                rules.parse(address).map(Destination::asText).orElseGet(() -> {
                    violations.add(new Violation("/address", "webhook.address"));
                    return "";
                }),
                null);
    }

    @Override
    public String masked(String address) {
        return Destination.masked(address);
    }

    @Override
    public boolean provesItself() {
        return true;
    }

    @Override
    public String newSecret() {
        return StandardWebhooks.newSecret();
    }
}
