package org.lectern.chassis.metrics;

import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.http.Outcome;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Counts and times answers as {@code http.server.requests}. Labels come from a fixed set: known method, route template,
 * status. Caller input never becomes a label.
 */
@ApplicationScoped
class RequestTimes {

    private static final int FIRST = 200;
    private static final Set<HttpMethod> METHODS = Set.of(
            HttpMethod.GET,
            HttpMethod.HEAD,
            HttpMethod.POST,
            HttpMethod.PUT,
            HttpMethod.PATCH,
            HttpMethod.DELETE,
            HttpMethod.OPTIONS);

    private final MeterProvider<Timer> timers;

    @Inject
    RequestTimes(MeterRegistry registry) {
        this.timers = Timer.builder("http.server.requests")
                .description("HTTP server request processing time")
                .withRegistry(registry);
    }

    void register(@Observes Filters filters) {
        filters.register(this::measure, FIRST);
    }

    private void measure(RoutingContext exchange) {
        String path = exchange.request().path();
        if (path == null || !path.startsWith("/q/")) {
            long start = System.nanoTime();
            exchange.addEndHandler(ended -> record(exchange, ended.succeeded(), System.nanoTime() - start));
        }
        exchange.next();
    }

    private void record(RoutingContext exchange, boolean answered, long nanos) {
        HttpMethod method = exchange.request().method();
        int status = exchange.response().getStatusCode();
        timers.withTags(Tags.of(
                        "method",
                        METHODS.contains(method) ? method.name() : "OTHER",
                        "uri",
                        route(exchange, status),
                        "status",
                        answered ? Integer.toString(status) : "RESET",
                        "outcome",
                        answered ? Outcome.forStatus(status).name() : Outcome.CLIENT_ERROR.name()))
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    private static String route(RoutingContext exchange, int status) {
        String template = template(exchange);
        if (template != null) {
            return template;
        }
        return status == 404 ? "NOT_FOUND" : "UNKNOWN";
    }

    /** The route template that Quarkus REST stores in the request context after matching an operation. */
    private static @Nullable String template(RoutingContext exchange) {
        return exchange.request() instanceof HttpServerRequestInternal request
                ? request.context().getLocal("UrlPathTemplate")
                : null;
    }
}
