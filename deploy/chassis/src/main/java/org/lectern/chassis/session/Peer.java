package org.lectern.chassis.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.RequestOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.lectern.chassis.problem.Language;
import org.lectern.chassis.problem.ProblemDocument;
import org.lectern.chassis.problem.Problems;

/**
 * The API of the other service under the origin of our pages: {@code /peer/api/v1/…}. Method, path, body and token pass
 * through, and answers as they come, streams included. The target is fixed. Cookies do not pass.
 */
@ApplicationScoped
class Peer {

    static final String PREFIX = "/peer";

    private static final int CONNECT_MILLIS = 3_000;
    /** Headers of one connection (RFC 9110 section 7.6.1), and those that this service decides. */
    private static final Set<String> OWN = Set.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "host",
            "cookie",
            "set-cookie",
            "forwarded",
            "x-forwarded-for",
            "x-forwarded-host",
            "x-forwarded-proto");

    private final HttpClient http;
    private final ObjectMapper json;
    private final boolean enabled;
    private final Optional<URI> peer;

    @Inject
    Peer(Vertx vertx, ObjectMapper json, SessionConfig config) {
        this.json = json;
        this.enabled = config.enabled();
        this.peer = config.peer();
        this.http = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout(CONNECT_MILLIS)
                .setMaxPoolSize(200)
                .setKeepAliveTimeout(30));
    }

    void register(@Observes Router router) {
        if (enabled) {
            router.route(PREFIX + "/*").order(-1).handler(this::pass);
        }
    }

    private void pass(RoutingContext exchange) {
        HttpServerRequest request = exchange.request();
        String path = request.path();
        if (peer.isEmpty()
                || path == null
                || !path.startsWith(PREFIX + "/api/v1/")
                || !path.equals(exchange.normalizedPath())
                || path.indexOf(';') >= 0) {
            refuse(exchange, 404, "not-found");
            return;
        }
        URI target = peer.get();
        boolean ssl = "https".equals(target.getScheme());
        request.pause();
        http.request(new RequestOptions()
                        .setMethod(request.method())
                        .setHost(target.getHost())
                        .setPort(target.getPort() < 0 ? ssl ? 443 : 80 : target.getPort())
                        .setSsl(ssl)
                        .setURI(request.uri().substring(PREFIX.length())))
                .compose(onward -> {
                    copy(request.headers(), onward.headers());
                    exchange.addEndHandler(ended -> {
                        if (ended.failed()) {
                            onward.reset(); // the browser has gone: a stream would never end
                        }
                    });
                    return send(request, onward);
                })
                .compose(answer -> {
                    HttpServerResponse response = exchange.response();
                    response.setStatusCode(answer.statusCode());
                    copy(answer.headers(), response.headers());
                    if (!response.headers().contains(HttpHeaders.CONTENT_LENGTH)) {
                        response.setChunked(true);
                    }
                    return answer.pipeTo(response);
                })
                .onFailure(failure -> refuse(exchange, 503, "peer-unavailable"));
    }

    private static Future<HttpClientResponse> send(HttpServerRequest request, HttpClientRequest onward) {
        boolean hasBody = request.headers().contains(HttpHeaders.CONTENT_LENGTH)
                || request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
        if (hasBody && !request.isEnded()) {
            return onward.send(request);
        }
        request.resume(); // unread, it would block the connection
        return onward.send();
    }

    private static void copy(MultiMap from, MultiMap to) {
        from.forEach((name, value) -> {
            if (!OWN.contains(name.toLowerCase(Locale.ROOT))) {
                to.remove(name);
            }
        });
        from.forEach((name, value) -> {
            if (!OWN.contains(name.toLowerCase(Locale.ROOT))) {
                to.add(name, value);
            }
        });
    }

    private void refuse(RoutingContext exchange, int status, String code) {
        HttpServerResponse response = exchange.response();
        if (response.ended() || response.closed()) {
            return;
        }
        if (response.headWritten()) {
            response.reset();
            return;
        }
        Locale language = Language.of(exchange.request().getHeader(HttpHeaders.ACCEPT_LANGUAGE.toString()));
        exchange.request().resume();
        response.headers().remove(HttpHeaders.CONTENT_LENGTH);
        response.setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, Problems.MEDIA_TYPE)
                .putHeader(HttpHeaders.CONTENT_LANGUAGE, language.toLanguageTag())
                .putHeader(HttpHeaders.VARY, "Accept-Language");
        if (status == 503) {
            response.putHeader("Retry-After", "1");
        }
        response.end(written(ProblemDocument.of(language, status, code)));
    }

    private String written(ProblemDocument document) {
        try {
            return json.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A problem cannot be written as JSON", e);
        }
    }
}
