package org.lectern.local.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.lectern.local.fuzz.Finding.Kind;
import org.lectern.local.fuzz.FuzzRequest.Expectation;
import org.lectern.local.fuzz.Oracle.Judgement;

/** A server that breaks one rule at a time: the oracle reports exactly that rule. */
class OracleTest {

    private static final String PROBLEM = "{\"code\":\"not-found\"}";

    private static FuzzRequest request(Caller caller, Expectation expectation, String path) {
        String head = "GET " + path + " HTTP/1.1\r\nHost: " + FuzzRequest.HOST + "\r\n\r\n";
        return new FuzzRequest("tiny", "getThing", 0, caller, expectation, List.of(), head, new byte[0], null);
    }

    private static FuzzRequest usual() {
        return request(Caller.ORGANIZER, Expectation.ANSWER, "/api/v1/things");
    }

    private static String answer(String status, String type, String body) {
        return "HTTP/1.1 " + status + "\r\nContent-Type: " + type + "\r\nContent-Length: " + body.length() + "\r\n\r\n"
                + body;
    }

    /** A server that answers every connection with these octets and closes it. */
    private static Exchange exchange(FuzzRequest request, String octets) {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> answerOnce(server, octets));
            var address = new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
            byte[] sent = request.octets("localhost", "token", "");
            return new Connection(address, Duration.ofSeconds(15)).send(sent, request.expectation());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void answerOnce(ServerSocket server, String octets) {
        try (Socket client = server.accept()) {
            var in = client.getInputStream();
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) in.read());
            }
            client.getOutputStream().write(octets.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            // the test observes that there is no answer
        }
    }

    private static List<Kind> found(FuzzRequest request, String octets) {
        return Oracle.judge(request, exchange(request, octets)).stream()
                .map(Judgement::kind)
                .toList();
    }

    @Test
    void goodAnswers_areNoFindings() {
        assertEquals(List.of(), found(usual(), answer("200 OK", "application/json", "{}")));
        assertEquals(List.of(), found(usual(), answer("404 Not Found", "application/problem+json", PROBLEM)));
        assertEquals(
                List.of(), found(usual(), "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"));
    }

    @Test
    void serverError_isFound() {
        assertEquals(
                List.of(Kind.SERVER_ERROR),
                found(usual(), answer("500 Internal Server Error", "application/problem+json", PROBLEM)));
        assertEquals(
                List.of(Kind.SERVER_ERROR),
                found(
                        usual(),
                        answer("503 Service Unavailable\r\nRetry-After: 1", "application/problem+json", PROBLEM)));
    }

    @Test
    void errorWithoutProblem_isFound() {
        assertEquals(List.of(Kind.NO_PROBLEM), found(usual(), answer("400 Bad Request", "text/html", "no")));
        assertEquals(
                List.of(Kind.NO_PROBLEM), found(usual(), answer("400 Bad Request", "application/problem+json", "{}")));
        assertEquals(
                List.of(),
                found(
                        request(Caller.ANONYMOUS, Expectation.ANSWER, "/u/x"),
                        answer("404 Not Found", "text/html", "no")));
    }

    @Test
    void compressedAnswer_isJudgedByItsContent() throws IOException {
        assertEquals(List.of(), found(usual(), compressed("404 Not Found", PROBLEM)));
        assertEquals(List.of(Kind.NO_PROBLEM), found(usual(), compressed("400 Bad Request", "{}")));
        assertEquals(
                List.of(Kind.INTERNALS_SHOWN),
                found(usual(), compressed("400 Bad Request", "{\"code\":\"java.io.IOException\"}")));
        assertEquals(
                List.of(Kind.OVERSIZED),
                found(
                        usual(),
                        compressed("400 Bad Request", "{\"code\":\"x\",\"detail\":\"" + "y".repeat(300_000) + "\"}")));
    }

    @Test
    void bodyThatIsNotCompressedAsStated_isFound() throws IOException {
        String type = "application/json\r\nContent-Encoding: ";

        assertEquals(List.of(Kind.UNREADABLE), found(usual(), answer("200 OK", type + "gzip", "{}")));
        assertEquals(List.of(Kind.UNREADABLE), found(usual(), answer("200 OK", type + "zip", "{}")));
        String good = compressed("200 OK", "{\"items\":[]}");
        assertEquals(List.of(Kind.UNREADABLE), found(usual(), good.substring(0, good.length() - 4) + "\0\0\0\0"));
    }

    private static String compressed(String status, String body) throws IOException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(octets)) {
            gzip.write(body.getBytes(StandardCharsets.UTF_8));
        }
        return answer(
                status,
                "application/problem+json\r\nContent-Encoding: gzip",
                octets.toString(StandardCharsets.ISO_8859_1));
    }

    @Test
    void stackTrace_isFound() {
        String body = "{\"code\":\"x\",\"detail\":\"java.lang.IllegalStateException: y\"}";

        assertEquals(
                List.of(Kind.INTERNALS_SHOWN),
                found(usual(), answer("400 Bad Request", "application/problem+json", body)));
    }

    @Test
    void oversizedError_isFound() {
        String body = "{\"code\":\"x\",\"detail\":\"" + "y".repeat(300_000) + "\"}";

        assertEquals(
                List.of(Kind.OVERSIZED), found(usual(), answer("400 Bad Request", "application/problem+json", body)));
    }

    @Test
    void successWithoutToken_isFound() {
        FuzzRequest anonymous = request(Caller.ANONYMOUS, Expectation.ANSWER, "/api/v1/things");

        assertEquals(List.of(Kind.ANONYMOUS_SUCCESS), found(anonymous, answer("200 OK", "application/json", "{}")));
    }

    @Test
    void lateAnswer_isFound() {
        Exchange quick = exchange(usual(), answer("200 OK", "application/json", "{}"));
        Exchange late = new Exchange(quick.answers(), "", true, Duration.ofMillis(5_001), true);

        assertEquals(
                List.of(Kind.SLOW),
                Oracle.judge(usual(), late).stream().map(Judgement::kind).toList());
    }

    @Test
    void missingOrTruncatedAnswer_isFound() {
        assertEquals(List.of(Kind.NO_ANSWER), found(usual(), ""));
        assertEquals(List.of(Kind.NO_ANSWER), found(usual(), "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{}"));
    }

    @Test
    void closedConnection_isARefusal() {
        assertEquals(List.of(), found(request(Caller.ANONYMOUS, Expectation.REFUSAL, "/q/openapi"), ""));
    }

    @Test
    void acceptedMalformedMessage_isFound() {
        FuzzRequest malformed = request(Caller.ANONYMOUS, Expectation.REFUSAL, "/q/openapi");

        assertEquals(List.of(Kind.NOT_REFUSED), found(malformed, answer("200 OK", "text/plain", "openapi")));
        assertEquals(List.of(), found(malformed, answer("501 Not Implemented", "text/plain", "")));
    }

    @Test
    void secondAnswer_isFound() {
        String one = answer("400 Bad Request", "text/plain", "");
        FuzzRequest ambiguous = request(Caller.ORGANIZER, Expectation.REFUSAL, "/api/v1/things");

        assertEquals(List.of(Kind.SECOND_ANSWER), found(ambiguous, one + answer("200 OK", "text/plain", "smuggled")));
    }

    @Test
    void upgrade_isFound() {
        FuzzRequest upgrade = request(Caller.ANONYMOUS, Expectation.NO_UPGRADE, "/q/openapi");

        assertEquals(
                List.of(Kind.UPGRADED), found(upgrade, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n"));
        assertEquals(List.of(Kind.UPGRADED), found(upgrade, "\0\0\6\4\0\0\0\0\0\0\3\0\0\0\144"));
    }

    @Test
    void refusedConnection_isFound() throws IOException {
        InetSocketAddress nothing;
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            nothing = new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
        }
        Exchange exchange = new Connection(nothing, Duration.ofSeconds(15)).send(new byte[0], Expectation.ANSWER);

        assertEquals(
                List.of(Kind.UNREACHABLE),
                Oracle.judge(usual(), exchange).stream().map(Judgement::kind).toList());
    }

    @Test
    void serviceState_isJudgedByHealthMemoryAndLabels() {
        assertEquals(List.of(), judged("", 300, 400, "http_requests{method=\"OTHER\"} 1"));
        assertEquals(List.of(Kind.UNHEALTHY), judged("503: DOWN", 300, 400, ""));
        assertEquals(List.of(Kind.MEMORY), judged("", 300, 600, ""));
        assertEquals(List.of(Kind.UNBOUNDED_LABEL), judged("", 300, 400, "http_requests{method=\"FUZZED\"} 1"));
    }

    private static List<Kind> judged(String complaint, long before, long after, String metrics) {
        return Oracle.judge(new Oracle.ServiceState(complaint, before, after, metrics)).stream()
                .map(Judgement::kind)
                .toList();
    }
}
