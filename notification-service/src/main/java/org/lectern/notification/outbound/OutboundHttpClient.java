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
 * Sends requests to addresses that people have entered. The name is resolved here, every address it has is checked, and
 * the connection is made to the very address that was checked, so that a name that changes its mind in between gains
 * nothing; TLS still verifies the name. A connection carries one request and is closed by us after its answer, whatever
 * the answer is: with an upgrade or bytes behind it, the next request would go to a stranger. Redirects are not followed, no proxy, cookie or
 * compression is used. However slow or talkative a receiver is, a call ends in time and holds little memory.
 *
 * <p>Vert.x's client and not the JDK's, because the JDK's resolves the name once more when it connects.
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
    private final DialConfig config;

    @Inject
    OutboundHttpClient(Vertx vertx, SsrfGuard rules, DnsResolver names, DialConfig config) {
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
                // a span or a metric would keep the address, and in some addresses lies the secret
                .setTracingPolicy(TracingPolicy.IGNORE);
        config.trustedCertificates()
                .ifPresent(file -> options.setTrustOptions(new PemTrustOptions().addCertPath(file.toString())));
        this.client = vertx.createHttpClient(options);
    }

    /**
     * Posts a body.
     *
     * @param mostOfAnswer how many bytes of the answer's body are wanted; with none, the answer's head is enough
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

    /** All addresses, the older kind first: where only one kind works it is usually that. */
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

    /** One request under way; its handlers run on one event loop, only its end is told elsewhere. */
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
                isOver(made, answer(status, retryAfter)); // what follows is no HTTP that we asked for
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

        /** Nothing more is to come of the connection. */
        private void isOver(HttpClientRequest made, Answer answer) {
            ends(answer);
            made.connection().close();
            over.complete(null);
        }

        void ends(Answer answer) {
            end.complete(answer);
        }

        /** Runs it when nothing more is to come of the connection. */
        void whenOver(Runnable action) {
            over.thenRun(action);
        }

        /** Ends it, whatever is still to come: a receiver may go on talking long after its answer is known. */
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
            ends(new Answer.Failed(reason)); // before the reset, which fails in its own words
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
