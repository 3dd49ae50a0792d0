package org.lectern.chassis.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.lectern.chassis.problem.Language;
import org.lectern.chassis.problem.ProblemDocument;
import org.lectern.chassis.problem.Problems;

/**
 * Refuses malformed or oversized requests with a problem document before any handler reads them, and aborts requests
 * with slow bodies. The HTTP server answers with a bare status if it cannot parse a request, or if a header exceeds
 * four times the limit.
 */
@ApplicationScoped
class RequestGuard {

    private static final int LONGEST_ADDRESS = 4 * 1024;
    private static final int BEFORE_EVERYTHING = 100;
    /** The only methods allowed on Quarkus's own paths, which would answer every method. */
    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private final ObjectMapper json;
    private final long largestBody;
    private final long bodyMillis;

    /** @param bodyDeadline limit for the whole body, regardless of its number of chunks */
    @Inject
    RequestGuard(
            ObjectMapper json,
            @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize largestBody,
            @ConfigProperty(name = "lectern.http.body-timeout", defaultValue = "30s") Duration bodyDeadline) {
        this.json = json;
        this.largestBody = largestBody.asLongValue();
        this.bodyMillis = bodyDeadline.toMillis();
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, BEFORE_EVERYTHING);
    }

    void register(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).handler(this::checkAddress).failureHandler(this::failed);
    }

    /** Runs before any route with a path, because matching a path decodes it and fails on a malformed one. */
    private void checkAddress(RoutingContext exchange) {
        if (Addresses.isWellFormed(exchange.request().uri())) {
            exchange.next();
        } else {
            exchange.response().putHeader("X-Content-Type-Options", "nosniff"); // set by a later route otherwise
            refuse(exchange, 400, "malformed-address");
        }
    }

    /**
     * Handles failures outside the API. Does nothing if the response has started; a caller's error gets a problem
     * document.
     */
    private void failed(RoutingContext exchange) {
        if (exchange.response().ended()) {
            return;
        }
        switch (exchange.statusCode()) {
            case 400 -> refuse(exchange, 400, "invalid-request");
            case 413 -> refuse(exchange, 413, "content-too-large");
            default -> exchange.next();
        }
    }

    private void check(RoutingContext exchange) {
        HttpServerRequest request = exchange.request();
        MultiMap headers = request.headers();
        if (request.authority() == null || headers.getAll(HttpHeaders.HOST).size() > 1) {
            refuse(exchange, 400, "invalid-request"); // RFC 9112 section 3.2; also unknown versions of HTTP
        } else if (request.uri().length() > LONGEST_ADDRESS) {
            refuse(exchange, 414, "uri-too-long");
        } else if (request.uri().startsWith("/q/") && !READING.contains(request.method())) {
            exchange.response().putHeader(HttpHeaders.ALLOW, "GET, HEAD, OPTIONS");
            refuse(exchange, 405, "method-not-allowed");
        } else if (Heads.isTooLong(headers)) {
            refuse(exchange, 431, "header-too-large");
        } else if (bodyLength(request) > largestBody) {
            refuse(exchange, 413, "content-too-large");
        } else if (!MediaTypeSyntax.isContentType(headers.getAll(HttpHeaders.CONTENT_TYPE))) {
            refuse(exchange, 415, "unsupported-media-type");
        } else if (!MediaTypeSyntax.isAccept(headers.getAll(HttpHeaders.ACCEPT))) {
            refuse(exchange, 406, "not-acceptable");
        } else {
            endSlowBody(exchange);
            exchange.next();
        }
    }

    private void endSlowBody(RoutingContext exchange) {
        HttpServerRequest request = exchange.request();
        if (request.isEnded()
                || request.getHeader(HttpHeaders.CONTENT_LENGTH) == null
                        && request.getHeader("Transfer-Encoding") == null) {
            return;
        }
        long timer = exchange.vertx().setTimer(bodyMillis, id -> {
            if (!request.isEnded()) {
                if (exchange.response().headWritten()) {
                    request.connection().close();
                } else {
                    refuse(exchange, 408, "body-too-slow");
                }
            }
        });
        exchange.addEndHandler(ended -> exchange.vertx().cancelTimer(timer));
    }

    private static long bodyLength(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? 0 : Long.parseLong(length.strip());
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }

    /**
     * Answers at once. The rest of the request is read and discarded so that the answer arrives. The connection closes
     * after an ambiguous or endless request.
     */
    private void refuse(RoutingContext exchange, int status, String code) {
        Locale language = Language.of(exchange.request().getHeader(HttpHeaders.ACCEPT_LANGUAGE));
        HttpServerRequest request = exchange.request();
        boolean last = status == 400 || status == 408;
        request.resume();
        exchange.response()
                .putHeader("Connection", last ? "close" : "keep-alive")
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, Problems.MEDIA_TYPE)
                .putHeader(HttpHeaders.CONTENT_LANGUAGE, language.toLanguageTag())
                .putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE)
                .end(written(ProblemDocument.of(language, status, code)))
                .onComplete(sent -> {
                    if (last) {
                        request.connection().close();
                    }
                });
    }

    private String written(ProblemDocument document) {
        try {
            return json.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A problem cannot be written as JSON", e);
        }
    }
}
