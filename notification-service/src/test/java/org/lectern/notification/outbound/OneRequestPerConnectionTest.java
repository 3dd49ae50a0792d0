package org.lectern.notification.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lectern.notification.support.ServiceTest;

/** A connection carries one request and is then closed, whatever the receiver answers. */
@ServiceTest
class OneRequestPerConnectionTest {

    private static final String OK = "HTTP/1.1 200 OK%Content-Length: 2%%{}";
    private static final byte[] BODY = "{}".getBytes(StandardCharsets.UTF_8);

    @Inject
    OutboundHttpClient dialler;

    @Inject
    SsrfGuard rules;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HTTP/1.1 101 Switching Protocols%Connection: Upgrade%Upgrade: h2c%% | 101",
                "HTTP/1.1 101 Switching Protocols%Connection: keep-alive%Upgrade: websocket%%" + OK + " | 101",
                "HTTP/1.1 100 Continue%%" + OK + " | 200",
                "HTTP/1.1 103 Early Hints%Link: </a>%%" + OK + " | 200",
                "HTTP/1.1 102 Processing%%" + OK + " | ",
                "HTTP/1.1 103 Early Hints%% | ",
                OK + " | 200",
                OK + OK + " | 200",
                "HTTP/1.1 200 OK%Connection: keep-alive%Keep-Alive: timeout=60%Content-Length: 2%%{} | 200",
                "HTTP/1.0 200 OK%Connection: keep-alive%Content-Length: 2%%{} | 200",
                "HTTP/1.0 200 OK%%{} | 200",
                "HTTP/1.1 200 OK%Content-Length: 2%Transfer-Encoding: chunked%%2%{}%0%% | ",
                "HTTP/1.1 204 No Content%%garbage | 204",
                "HTTP/1.1 410 Gone%Connection: keep-alive%Content-Length: 0%% | 410",
                "HTTP/1.1 200 OK%Content-Length: 20%%{} | 200",
                "no HTTP at all%% | "
            })
    void connection_isClosedAfterItsAnswer(String reply, Integer status) throws Exception {
        try (var receiver = new Receiver(reply.replace("%", "\r\n"));
                var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Destination to =
                    rules.parse("http://127.0.0.1:" + receiver.port() + "/").orElseThrow();
            Callable<Answer> call = () -> dialler.post(to, Map.of("Content-Type", "application/json"), BODY, 0);
            for (int i = 0; i < 3; i++) {
                for (Future<Answer> answer : callers.invokeAll(Collections.nCopies(8, call))) {
                    if (status == null) {
                        assertThat(answer.get()).isNotEqualTo(new Answer.NotAllowed());
                    } else {
                        assertThat(answer.get())
                                .isInstanceOfSatisfying(
                                        Answer.Answered.class,
                                        answered ->
                                                assertThat(answered.status()).isEqualTo(status));
                    }
                }
            }
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(
                            () -> assertThat(receiver.connections).hasSize(24).allMatch(each -> each.closed.get()));
            assertThat(receiver.connections).allMatch(each -> each.requests.get() == 1);
        }
    }

    /** Answers every request with the same bytes and keeps its side open. */
    private static final class Receiver implements AutoCloseable {

        private final ServerSocket server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        private final List<Connection> connections = new CopyOnWriteArrayList<>();

        private static final class Connection {
            private final AtomicInteger requests = new AtomicInteger();
            private final AtomicBoolean closed = new AtomicBoolean();
        }

        Receiver(String reply) throws IOException {
            Thread.ofVirtual().start(() -> {
                while (!server.isClosed()) {
                    try {
                        Socket client = server.accept();
                        Connection connection = new Connection();
                        connections.add(connection);
                        Thread.ofVirtual().start(() -> serve(client, connection, reply));
                    } catch (IOException end) {
                        return;
                    }
                }
            });
        }

        int port() {
            return server.getLocalPort();
        }

        private static void serve(Socket client, Connection connection, String reply) {
            try (client) {
                InputStream in = client.getInputStream();
                var seen = new StringBuilder();
                for (int octet = in.read(); octet >= 0; octet = in.read()) {
                    seen.append((char) octet);
                    if (seen.toString().endsWith("\r\n\r\n{}")) {
                        connection.requests.incrementAndGet();
                        client.getOutputStream().write(reply.getBytes(StandardCharsets.UTF_8));
                        client.getOutputStream().flush();
                    }
                }
            } catch (IOException reset) {
                // a reset counts as closed
            }
            connection.closed.set(true);
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }
}
