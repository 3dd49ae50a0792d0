package org.lectern.notification.channel.webpush;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.problem.Violation;
import org.lectern.notification.directory.ChannelTerms;
import org.lectern.notification.outbound.Destination;
import org.lectern.notification.outbound.SsrfGuard;

/** Rules for Web Push endpoints: the subscription of a browser at a known push service. */
@Singleton
class WebPushTerms implements ChannelTerms {

    private final WebPushConfig config;
    private final Vapid vapid;
    private final SsrfGuard rules;

    @Inject
    WebPushTerms(WebPushConfig config, Vapid vapid, SsrfGuard rules) {
        this.config = config;
        this.vapid = vapid;
        this.rules = rules;
    }

    @Override
    public String channel() {
        return WebPushChannel.NAME;
    }

    @Override
    public Accepted accept(String address, @Nullable String secret, List<Violation> violations) {
        if (!vapid.isOn()) {
            violations.add(new Violation("/channel", "webpush.off"));
        }
        Optional<Destination> destination = destination(address);
        if (destination.isEmpty()) {
            violations.add(new Violation("/address", "webpush.address", String.join(", ", config.hosts())));
        }
        Optional<Subscription> subscription =
                Subscription.of(destination.map(Destination::asText).orElse(""), secret == null ? "" : secret);
        if (subscription.isEmpty()) {
            violations.add(new Violation("/secret", "webpush.keys"));
        }
        return violations.isEmpty()
                ? new Accepted(
                        subscription.orElseThrow().shown(),
                        subscription.orElseThrow().kept())
                : new Accepted("", null);
    }

    /** Where to send. Empty for another host than those of push services: anyone can name an address. */
    Optional<Destination> destination(String address) {
        return rules.parse(address)
                .filter(to -> config.hosts().stream()
                        .anyMatch(host -> to.host().equals(host) || to.host().endsWith("." + host)));
    }

    @Override
    public String masked(String address) {
        return address; // it holds a fingerprint in place of the credential
    }
}
