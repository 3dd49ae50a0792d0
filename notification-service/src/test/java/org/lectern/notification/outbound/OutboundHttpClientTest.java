package org.lectern.notification.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.lectern.notification.support.Certificates;
import org.lectern.notification.support.ServiceTest;
import org.lectern.notification.support.WebReceiver;
import org.lectern.notification.support.WebReceiver.Reply;

/** The client connects to exactly the checked address, and TLS still verifies the name. */
@ServiceTest
class OutboundHttpClientTest {

    private static final byte[] BODY = "{}".getBytes(StandardCharsets.UTF_8);

    @Inject
    OutboundHttpClient dialler;

    @Inject
    SsrfGuard rules;

    @Inject
    FickleNames names;

    @Test
    void tls_verifiesTheNameOfTheAddress() throws Exception {
        List<String> hosts = new CopyOnWriteArrayList<>();
        HttpsServer server = server(Certificates.TRUSTED, hosts);
        try {
            names.lead(Certificates.TRUSTED, question -> new String[] {"127.0.0.1"});
            names.lead("another.example.org", question -> new String[] {"127.0.0.1"});
            int port = server.getAddress().getPort();

            assertThat(post("https://" + Certificates.TRUSTED + ":" + port + "/"))
                    .isInstanceOfSatisfying(
                            Answer.Answered.class,
                            answer -> assertThat(answer.status()).isEqualTo(204));
            assertThat(hosts).containsExactly(Certificates.TRUSTED + ":" + port);

            assertThat(post("https://another.example.org:" + port + "/"))
                    .as("a certificate for another name")
                    .isEqualTo(new Answer.Failed("tls"));
            assertThat(post("https://127.0.0.1:" + port + "/")).isEqualTo(new Answer.Failed("tls"));
            assertThat(hosts).hasSize(1);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void selfSignedCertificate_isNotTrusted() throws Exception {
        List<String> hosts = new CopyOnWriteArrayList<>();
        HttpsServer server = server(Certificates.UNKNOWN, hosts);
        try {
            names.lead(Certificates.UNKNOWN, question -> new String[] {"127.0.0.1"});
            assertThat(post("https://" + Certificates.UNKNOWN + ":"
                            + server.getAddress().getPort() + "/"))
                    .isEqualTo(new Answer.Failed("tls"));
            assertThat(hosts).isEmpty();
        } finally {
            server.stop(0);
        }
    }

    @Test
    void response_isReadUpToTheLimit() {
        try (var receiver = new WebReceiver(request -> new Reply(200, Map.of(), "x".repeat(1_000_000)))) {
            Answer answer = dialler.post(
                    rules.parse(receiver.url("/")).orElseThrow(), Map.of("Content-Type", "text/plain"), BODY, 100);
            assertThat(answer)
                    .isInstanceOfSatisfying(
                            Answer.Answered.class,
                            answered -> assertThat(answered.body()).hasSize(100));
        }
    }

    /** Two timeouts limit a call. Whichever ends it, a reached receiver is not reported as "no connection". */
    @RepeatedTest(3)
    void silentReceiver_isReportedAsTimeout() throws Exception {
        try (var silent = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
                var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Destination to = rules.parse("http://127.0.0.1:" + silent.getLocalPort() + "/")
                    .orElseThrow();
            Callable<Answer> call = () -> dialler.post(to, Map.of("Content-Type", "application/json"), BODY, 0);
            for (Future<Answer> answer : callers.invokeAll(Collections.nCopies(60, call))) {
                assertThat(answer.get()).isEqualTo(new Answer.Failed("timeout"));
            }
        }
    }

    @Test
    void unreachableAddress_isNamedByItsKind() {
        names.lead("nowhere.example.org", question -> {
            throw new IllegalStateException("no such name");
        });
        assertThat(post("http://nowhere.example.org/")).isEqualTo(new Answer.Failed("unknown-host"));
        assertThat(post("http://127.0.0.1:1/")).isEqualTo(new Answer.Failed("no-connection"));
        names.lead("mixed.example.org", question -> new String[] {"8.8.8.8", "::1", "10.0.0.1"});
        assertThat(post("http://mixed.example.org/")).isEqualTo(new Answer.NotAllowed());
        names.lead("empty.example.org", question -> new String[0]);
        assertThat(post("http://empty.example.org/")).isEqualTo(new Answer.NotAllowed());
    }

    private Answer post(String url) {
        return dialler.post(rules.parse(url).orElseThrow(), Map.of("Content-Type", "application/json"), BODY, 0);
    }

    private static HttpsServer server(String name, List<String> hosts) throws IOException {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.setHttpsConfigurator(new HttpsConfigurator(Certificates.of(name)));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            hosts.add(exchange.getRequestHeaders().getFirst("Host"));
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        return server;
    }
}
