package org.lectern.chassis.session;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.http.Heads;

/**
 * Passes each request on as if there were no browsers. Outside {@link SessionPaths} it removes all cookies. For the API
 * it turns the token cookie into {@code Authorization: Bearer}, but only for requests of our own pages: another site
 * can neither set {@value #CLIENT} without a preflight, nor change {@code Sec-Fetch-Site}. A browser with more cookies
 * than a request may carry forgets them and is led to the page that says so.
 */
@ApplicationScoped
class Door {

    static final String CLIENT = "X-Lectern-Client";

    private static final int BEFORE_AUTHENTICATION = 1_000;
    private static final List<String> APIS = List.of("/api/v1/", Peer.PREFIX + "/api/v1/");

    private final TokenCookie cookie;
    private final boolean enabled;
    private final String home;

    @Inject
    Door(TokenCookie cookie, SessionConfig config) {
        this.cookie = cookie;
        this.enabled = config.enabled();
        this.home = config.home();
    }

    void register(@Observes Filters filters) {
        if (enabled) {
            filters.register(this::pass, BEFORE_AUTHENTICATION);
        }
    }

    private void pass(RoutingContext exchange) {
        HttpServerRequest request = exchange.request();
        MultiMap headers = request.headers();
        if (!SessionPaths.contains(request.path())) {
            String token = cookie.read(headers);
            headers.remove(HttpHeaders.COOKIE);
            if (token != null
                    && !headers.contains(HttpHeaders.AUTHORIZATION)
                    && isApi(request.path(), exchange.normalizedPath())
                    && isFromOurPage(headers)) {
                headers.set(HttpHeaders.AUTHORIZATION, "Bearer " + token);
            }
        } else if (Heads.isTooLong(headers)) {
            // too many cookies: without this the person could never sign in again in this browser
            exchange.response().putHeader("Clear-Site-Data", "\"cookies\"");
            if (isOpenedByAPerson(request)) {
                exchange.response()
                        .setStatusCode(303)
                        .putHeader(HttpHeaders.LOCATION, home + "?error=cookies")
                        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                        .end();
                return;
            }
        }
        exchange.next();
    }

    private static boolean isOpenedByAPerson(HttpServerRequest request) {
        String accepted = request.getHeader(HttpHeaders.ACCEPT);
        return request.method() == HttpMethod.GET && accepted != null && accepted.contains("text/html");
    }

    /** Only the plain spelling of a path counts. */
    private static boolean isApi(@Nullable String path, String normalized) {
        return path != null
                && path.equals(normalized)
                && path.indexOf(';') < 0
                && APIS.stream().anyMatch(path::startsWith);
    }

    static boolean isFromOurPage(MultiMap headers) {
        String client = headers.get(CLIENT);
        List<String> sites = headers.getAll("Sec-Fetch-Site");
        return client != null && !client.isBlank() && (sites.isEmpty() || sites.equals(List.of("same-origin")));
    }
}
