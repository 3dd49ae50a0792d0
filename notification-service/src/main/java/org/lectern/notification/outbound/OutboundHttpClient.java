package org.lectern.notification.outbound;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.tracing.TracingPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to addresses that people entered. It resolves the name, checks every address, and connects to the very
 * address that it checked, so DNS rebinding has no effect. TLS still verifies the name. A connection carries one
 * request and is always closed after its response. Otherwise, after an upgrade or trailing bytes, the next request
 * could reach a stranger. It follows no redirects and uses no proxy, cookies or compression. Time and memory of a call
 * are bounded, whatever the receiver does.
 *
 * <p>Uses the Vert.x client, because the JDK's resolves the name again when it connects.
 */
@ApplicationScoped
public class OutboundHttpClient {

    private static final int MOST_READ = 64 * 1024;
    private static final int MOST_HEADERS = 16 * 1024;
    private static final int FIRST_FINAL = 200;

    private final Vertx vertx;
    private final HttpClient client;
    private final SsrfGuard rules;
    private final DnsResolver names;
    private final OutboundHttpConfig config;

    @Inject
    OutboundHttpClient(Vertx vertx, SsrfGuard rules, DnsResolver names, OutboundHttpConfig config) {
        this.vertx = vertx;
        this.rules = rules;
        this.names = names;
        this.config = config;
        var options = new HttpClientOptions()
                .setKeepAlive(false)
                .setPipelining(false)
                .setProtocolVersion(HttpVersion.HTTP_1_1)
                .setDecompressionSupported(false)
                .setMaxHeaderSize(MOST_HEADERS)
                .setMaxPoolSize(64)
                .setVerifyHost(true)
                .setForceSni(true)
                .setConnectTimeout((int) config.connectTimeout().toMillis())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setIdleTimeout((int) config.timeout().toMillis())
                // a span or a metric would record the address, which may contain a secret
                .setTracingPolicy(TracingPolicy.IGNORE);
        config.trustedCertificates()
                .ifPresent(file -> options.setTrustOptions(new PemTrustOptions().addCertPath(file.toString())));
        this.client = vertx.createHttpClient(options);
    }

    /**
     * Posts a body.
     *
     * @param mostOfAnswer the largest number of bytes of the response body to read; 0 to read only the head
     */
    public Answer post(Destination to, Map<String, String> headers, byte[] body, int mostOfAnswer) {
        long deadline = System.nanoTime() + config.timeout().toNanos();
        InetAddress address;
        try {
            List<InetAddress> found = resolved(to.host());
            if (found.isEmpty() || !found.stream().allMatch(rules::mayDial)) {
                return new Answer.NotAllowed();
            }
            address = found.getFirst();
        } catch (UnknownHostException e) {
            return new Answer.Failed("unknown-host");
        }
        var call = new Call(mostOfAnswer);
        long timer = vertx.setTimer(config.timeout().toMillis(), end -> call.cut());
        var options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setSsl(to.tls())
                .setServer(SocketAddress.inetSocketAddress(to.port(), address.getHostAddress()))
                .setHost(to.host())
                .setPort(to.port())
                .setURI(to.target())
                .setFollowRedirects(false)
                .setHeaders(MultiMap.caseInsensitiveMultiMap().addAll(headers));
        client.request(options).onComplete(made -> {
            if (made.failed()) {
                call.ends(new Answer.Failed(reason(made.cause())));
            } else {
                call.begins(made.result(), body);
            }
        });
        call.whenOver(() -> vertx.cancelTimer(timer));
        return call.await(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
    }

    /** All addresses, IPv4 first, because networks with only one kind usually have IPv4. */
    private List<InetAddress> resolved(String host) throws UnknownHostException {
        var lookup = new CompletableFuture<InetAddress[]>();
        Thread.ofVirtual().name("resolve").start(() -> {
            try {
                lookup.complete(names.resolve(host));
            } catch (UnknownHostException | RuntimeException e) {
                lookup.completeExceptionally(e);
            }
        });
        try {
            return Arrays.stream(lookup.get(config.connectTimeout().toMillis(), TimeUnit.MILLISECONDS))
                    .sorted(Comparator.comparing(address -> !(address instanceof Inet4Address)))
                    .toList();
        } catch (ExecutionException | TimeoutException e) {
            throw new UnknownHostException();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnknownHostException();
        }
    }

    private static String reason(@Nullable Throwable failure) {
        int depth = 0;
        for (Throwable cause = failure; cause != null && depth < 10; cause = cause.getCause(), depth++) {
            if (cause instanceof SSLException) {
                return "tls";
            }
            if (cause.getClass().getSimpleName().contains("Timeout")) {
                return "timeout";
            }
        }
        return "no-connection";
    }

    /** One request under way. Its handlers run on one event loop; only its end is published to other threads. */
    private static final class Call {

        private final int most;
        private final CompletableFuture<Answer> end = new CompletableFuture<>();
        private final AtomicReference<@Nullable HttpClientRequest> request = new AtomicReference<>();
        private final Buffer read = Buffer.buffer();
        private final CompletableFuture<Void> over = new CompletableFuture<>();
        private volatile boolean late;
        private int seen;

        Call(int most) {
            this.most = most;
        }

        void begins(HttpClientRequest made, byte[] body) {
            request.set(made);
            if (late) {
                made.reset();
                made.connection().close();
                return;
            }
            made.exceptionHandler(failure -> isOver(made, new Answer.Failed(reason(failure))));
            made.response().onComplete(head -> {
                if (head.failed()) {
                    isOver(made, new Answer.Failed(reason(head.cause())));
                } else {
                    reads(made, head.result());
                }
            });
            made.end(Buffer.buffer(body));
        }

        private void reads(HttpClientRequest made, HttpClientResponse response) {
            int status = response.statusCode();
            String retryAfter = response.getHeader("Retry-After");
            if (status < FIRST_FINAL) {
                isOver(made, answer(status, retryAfter)); // whatever follows is not the requested HTTP
                return;
            }
            response.exceptionHandler(cut -> isOver(made, answer(status, retryAfter)));
            response.handler(chunk -> {
                seen += chunk.length();
                int room = most - read.length();
                if (room > 0) {
                    read.appendBuffer(chunk, 0, Math.min(room, chunk.length()));
                }
                if (seen > Math.max(most, MOST_READ) || most > 0 && read.length() >= most) {
                    isOver(made, answer(status, retryAfter));
                }
            });
            response.endHandler(done -> isOver(made, answer(status, retryAfter)));
            if (most == 0) {
                ends(answer(status, retryAfter));
            }
        }

        private Answer answer(int status, @Nullable String retryAfter) {
            return new Answer.Answered(status, retryAfter, read.getBytes());
        }

        /** Ends the call and closes its connection. */
        private void isOver(HttpClientRequest made, Answer answer) {
            ends(answer);
            made.connection().close();
            over.complete(null);
        }

        void ends(Answer answer) {
            end.complete(answer);
        }

        /** Runs the action when the connection has ended. */
        void whenOver(Runnable action) {
            over.thenRun(action);
        }

        /** Ends the call at once: a receiver may keep sending long after its answer is known. */
        void cut() {
            givenUp("timeout");
        }

        Answer await(Duration atMost) {
            try {
                return end.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                return givenUp("timeout");
            } catch (ExecutionException e) {
                return givenUp("failed");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return givenUp("interrupted");
            }
        }

        private Answer givenUp(String reason) {
            ends(new Answer.Failed(reason)); // before the reset, which would report its own reason
            late = true;
            HttpClientRequest made = request.get();
            if (made != null) {
                made.reset();
                made.connection().close();
            }
            over.complete(null);
            return end.join();
        }
    }
}
