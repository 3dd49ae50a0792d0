package org.lectern.notification.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Refuses requests that are too large as a whole before anything reads them, and says so in a problem document. What is
 * beyond what the HTTP server itself takes (four times as much of a header) is refused by that, with a bare status.
 */
@ApplicationScoped
class RequestSizes {

    private static final int LONGEST_ADDRESS = 4 * 1024;
    private static final int LONGEST_HEADER = 16 * 1024;
    private static final int BEFORE_EVERYTHING = 100;

    private final ObjectMapper json;
    private final long largestBody;

    @Inject
    RequestSizes(
            ObjectMapper json, @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize largestBody) {
        this.json = json;
        this.largestBody = largestBody.asLongValue();
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, BEFORE_EVERYTHING);
    }

    private void check(RoutingContext exchange) {
        HttpServerRequest request = exchange.request();
        if (request.authority() == null) {
            refuse(exchange, 400, "invalid-request"); // RFC 9112 section 3.2; also versions of HTTP nobody knows
        } else if (request.uri().length() > LONGEST_ADDRESS) {
            refuse(exchange, 414, "uri-too-long");
        } else if (headerLength(request) > LONGEST_HEADER) {
            refuse(exchange, 431, "header-too-large");
        } else if (bodyLength(request) > largestBody) {
            refuse(exchange, 413, "content-too-large");
        } else {
            exchange.next();
        }
    }

    private static long headerLength(HttpServerRequest request) {
        long length = 0;
        for (Map.Entry<String, String> field : request.headers()) {
            length += field.getKey().length() + field.getValue().length() + 4;
        }
        return length;
    }

    private static long bodyLength(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? 0 : Long.parseLong(length.strip());
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }

    /** Answers at once; what still comes of the request is read and thrown away, so that the answer arrives. */
    private void refuse(RoutingContext exchange, int status, String code) {
        Locale language = Language.of(exchange.request().getHeader(HttpHeaders.ACCEPT_LANGUAGE));
        var document = new ProblemDocument(
                "urn:lectern:problem:" + code,
                Problems.text(language, code + ".title"),
                status,
                Problems.text(language, code + ".detail"),
                code,
                null,
                List.of(),
                Map.of());
        exchange.request().resume();
        exchange.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, Problems.MEDIA_TYPE)
                .putHeader(HttpHeaders.CONTENT_LANGUAGE, language.toLanguageTag())
                .putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE)
                .end(written(document));
    }

    private String written(ProblemDocument document) {
        try {
            return json.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A problem cannot be written as JSON", e);
        }
    }
}
