package org.lectern.chassis.ratelimit;

import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.lectern.chassis.problem.Refusal;
import org.lectern.chassis.ratelimit.Quota.Decision;
import org.lectern.chassis.session.SessionPaths;

/**
 * Prevents one caller from starving the others. A caller over its quota learns when to retry. Every answer states the
 * remaining quota ({@code RateLimit} and {@code RateLimit-Policy}, draft-ietf-httpapi-ratelimit-headers-10). Callers
 * are identified by their token; requests without a valid one are refused earlier.
 */
class RateLimitFilter {

    private final RateLimits limits;
    private final SecurityIdentity caller;

    @Inject
    RateLimitFilter(RateLimits limits, SecurityIdentity caller) {
        this.limits = limits;
        this.caller = caller;
    }

    @ServerRequestFilter
    void check(HttpServerResponse response, RoutingContext exchange) {
        if (SessionPaths.contains(exchange.request().path())) {
            return; // to ask for the caller would be to require a login
        }
        if (caller.isAnonymous()) {
            return;
        }
        String name = caller.getPrincipal().getName();
        if (!limits.begin(name)) {
            throw new TooManyRequests(1);
        }
        exchange.addEndHandler(ended -> limits.end(name));
        Optional<Quota> quota = limits.of(name);
        if (quota.isEmpty()) {
            return;
        }
        Decision decision = limits.ask(name, quota.get());
        response.putHeader(
                "RateLimit-Policy",
                "\"caller\";q=" + quota.get().requests() + ";w="
                        + quota.get().window().toSeconds());
        response.putHeader("RateLimit", "\"caller\";r=" + decision.remaining() + ";t=" + decision.whole());
        if (!decision.allowed()) {
            throw new TooManyRequests(decision.retryAfter());
        }
    }

    /** The caller's quota is exhausted (RFC 6585 section 4). */
    static final class TooManyRequests extends Refusal {
        TooManyRequests(long seconds) {
            super(429, "too-many-requests", List.of(), seconds);
            header("Retry-After", Long.toString(seconds));
        }
    }
}
