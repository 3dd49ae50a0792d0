package org.lectern.notification.channel.webhook;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.problem.Flaw;
import org.lectern.notification.outbound.Destination;
import org.lectern.notification.outbound.DialRules;
import org.lectern.notification.directory.ChannelTerms;

/** A webhook goes to an address on the web that may be called; its secret is made here and its receiver asked first. */
@Singleton
class WebhookTerms implements ChannelTerms {

    private final DialRules rules;

    @Inject
    WebhookTerms(DialRules rules) {
        this.rules = rules;
    }

    @Override
    public String channel() {
        return WebhookChannel.NAME;
    }

    @Override
    public Accepted accept(String address, @Nullable String secret, List<Flaw> flaws) {
        if (secret != null) {
            flaws.add(new Flaw("/secret", "secret.ours"));
        }
        return new Accepted(
                rules.parse(address).map(Destination::asText).orElseGet(() -> {
                    flaws.add(new Flaw("/address", "webhook.address"));
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
