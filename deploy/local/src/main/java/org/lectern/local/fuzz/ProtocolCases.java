package org.lectern.local.fuzz;

import java.util.ArrayList;
import java.util.List;
import org.lectern.local.fuzz.FuzzRequest.Expectation;

/**
 * Messages that violate HTTP/1.1 (RFC 9110, RFC 9112) or try to leave it. Where servers may disagree on the end of a
 * message, the second part is a complete request: an answer to it proves request smuggling.
 */
final class ProtocolCases {

    /** The operation name of these cases. */
    static final String OPERATION = "protocol";

    /** The prefix of invented methods, to find them in the metrics. */
    static final String INVENTED = "FUZZED";

    private record Case(String what, Caller caller, Expectation expectation, String octets) {}

    private static final String PUBLIC = "GET /q/openapi HTTP/1.1\r\n";
    private static final String HOST = "Host: " + FuzzRequest.HOST + "\r\n";
    private static final String SMUGGLED = "GET /q/openapi?smuggled HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n";

    private final String service;
    private final String writing;
    private final List<Case> cases = new ArrayList<>();

    /** @param path path of an operation that reads a JSON body */
    ProtocolCases(String service, String path) {
        this.service = service;
        writing = "POST " + path + " HTTP/1.1\r\n" + HOST + "Authorization: Bearer " + FuzzRequest.TOKEN
                + "\r\nContent-Type: application/json\r\n";
        framing();
        chunks();
        heads();
        methods();
        upgrades();
    }

    int size() {
        return cases.size();
    }

    FuzzRequest request(int number) {
        Case chosen = cases.get(number % cases.size());
        return new FuzzRequest(
                service,
                OPERATION,
                number,
                chosen.caller(),
                chosen.expectation(),
                List.of(chosen.what()),
                chosen.octets(),
                new byte[0],
                null);
    }

    private void framing() {
        writing(
                "Content-Length and Transfer-Encoding, which ends first",
                Expectation.REFUSAL,
                "Content-Length: " + (5 + SMUGGLED.length()) + "\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
                        + SMUGGLED);
        writing(
                "Content-Length and Transfer-Encoding, length ends first",
                Expectation.REFUSAL,
                "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n5c\r\n" + SMUGGLED + "\r\n0\r\n\r\n");
        writing(
                "two lengths that differ",
                Expectation.REFUSAL,
                "Content-Length: 2\r\nContent-Length: 90\r\n\r\n{}" + SMUGGLED);
        for (String length : List.of("-1", "+2", "2, 2", "2 2", "0x2", "1e1", "", "2;", "9223372036854775808", "９")) {
            writing(
                    "Content-Length: " + length,
                    Expectation.REFUSAL,
                    "Content-Length: " + FuzzRequest.octetText(length) + "\r\n\r\n{}" + SMUGGLED);
        }
        writing("Content-Length of 8 exabytes", Expectation.MAY_WAIT, "Content-Length: 9223372036854775807\r\n\r\n{}");
        for (String coding : List.of(
                "chunked, identity",
                "identity",
                "xchunked",
                "chunked, chunked",
                "chunked;a=b",
                "\u000bchunked",
                "gzip, chunked, gzip",
                "chunked\r\nTransfer-Encoding: identity")) {
            writing(
                    "Transfer-Encoding: " + coding.replace("\r\n", " and "),
                    Expectation.REFUSAL,
                    "Transfer-Encoding: " + coding + "\r\n\r\n0\r\n\r\n" + SMUGGLED);
        }
    }

    private void chunks() {
        for (String size : List.of(
                "10000000000000000",
                "FFFFFFFFFFFFFFFFF",
                "-1",
                "0x2",
                "+2",
                "2 2",
                "g",
                "",
                "８",
                "100000002",
                "2;" + "a".repeat(20_000))) {
            writing(
                    "chunk size " + BodyMutations.shortened(size),
                    size.equals("100000002") ? Expectation.MAY_WAIT : Expectation.REFUSAL,
                    "Transfer-Encoding: chunked\r\n\r\n" + FuzzRequest.octetText(size) + "\r\n{}\r\n0\r\n\r\n"
                            + SMUGGLED);
        }
        String chunked = "Transfer-Encoding: chunked\r\n\r\n";
        writing("chunk longer than its size", Expectation.REFUSAL, chunked + "1\r\n{}\r\n0\r\n\r\n" + SMUGGLED);
        writing("chunk ended by LF only", Expectation.REFUSAL, chunked + "2\n{}\n0\n\n" + SMUGGLED);
        writing(
                "trailer with a length",
                Expectation.ONE_ANSWER,
                chunked + "2\r\n{}\r\n0\r\nContent-Length: 5\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
        writing("trailer without end", Expectation.MAY_WAIT, chunked + "2\r\n{}\r\n0\r\n" + "A: b\r\n".repeat(5_000));
        writing("body that stops in the middle", Expectation.MAY_WAIT, "Content-Length: 100\r\n\r\n{");
    }

    private void heads() {
        reading(
                "Content-Length and Transfer-Encoding on a GET",
                Expectation.REFUSAL,
                PUBLIC + HOST + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + SMUGGLED);
        reading("two Host headers", Expectation.REFUSAL, PUBLIC + HOST + "Host: evil.example\r\n\r\n");
        reading("no Host header", Expectation.REFUSAL, PUBLIC + "\r\n");
        reading("malformed Host", Expectation.REFUSAL, PUBLIC + "Host: a b/c@d\r\n\r\n");
        reading("space before the colon", Expectation.REFUSAL, PUBLIC + "Host : " + FuzzRequest.HOST + "\r\n\r\n");
        reading("header without colon", Expectation.REFUSAL, PUBLIC + HOST + "nothing\r\n\r\n");
        reading("null octet in a header", Expectation.REFUSAL, PUBLIC + HOST + "A: b\u0000c\r\n\r\n");
        reading("CR alone in a header", Expectation.REFUSAL, PUBLIC + HOST + "A: b\rX-Injected: c\r\n\r\n");
        reading("null octet in the target", Expectation.REFUSAL, "GET /q/openapi\u0000 HTTP/1.1\r\n" + HOST + "\r\n");
        reading("folded header", Expectation.ONE_ANSWER, PUBLIC + HOST + "A: b\r\n c\r\n\r\n");
        reading("bare LF", Expectation.ONE_ANSWER, (PUBLIC + HOST + "\r\n").replace("\r", ""));
        reading("empty lines first", Expectation.ONE_ANSWER, "\r\n\r\n\r\n" + PUBLIC + HOST + "\r\n");
        reading(
                "request line of 20 kB",
                Expectation.REFUSAL,
                "GET /" + "x".repeat(20_000) + " HTTP/1.1\r\n" + HOST + "\r\n");
        reading(
                "request line of 10 kB",
                Expectation.ONE_ANSWER,
                "GET /api/v1/" + "x".repeat(10_000) + " HTTP/1.1\r\n" + HOST + "\r\n");
        reading("header of 70 kB", Expectation.REFUSAL, PUBLIC + HOST + "A: " + "b".repeat(70_000) + "\r\n\r\n");
        reading("20,000 headers", Expectation.REFUSAL, PUBLIC + HOST + "A: b\r\n".repeat(20_000) + "\r\n");
        reading(
                "absolute form of another host",
                Expectation.ONE_ANSWER,
                "GET http://evil.example/q/openapi HTTP/1.1\r\n" + HOST + "\r\n");
        reading("target without slash", Expectation.REFUSAL, "GET q/openapi HTTP/1.1\r\n" + HOST + "\r\n");
        reading("target with spaces", Expectation.REFUSAL, "GET /q/openapi a b HTTP/1.1\r\n" + HOST + "\r\n");
        reading(
                "raw UTF-8 in the target",
                Expectation.ONE_ANSWER,
                FuzzRequest.octetText("GET /api/v1/讲座?q=讲 HTTP/1.1\r\n") + HOST + "\r\n");
        reading("HTTP/9.9", Expectation.REFUSAL, "GET /q/openapi HTTP/9.9\r\n" + HOST + "\r\n");
        reading("HTTP/0.9", Expectation.REFUSAL, "GET /q/openapi\r\n\r\n");
        reading("HTTP/1.0", Expectation.ONE_ANSWER, "GET /q/openapi HTTP/1.0\r\n\r\n");
        reading("random octets", Expectation.REFUSAL, "\u0001\u0002\u00ff\u00fe\u0000\r\n\r\n");
        reading(
                "TLS hello",
                Expectation.REFUSAL,
                "\u0016\u0003\u0001\u0000\u00a5\u0001\u0000\u0000\u00a1\u0003\u0003\r\n\r\n");
    }

    private void methods() {
        for (String method : List.of(
                INVENTED,
                INVENTED + "x".repeat(5_000),
                INVENTED + "讲",
                "get",
                "PRI",
                "PROPFIND",
                "G\u0000T",
                "GET,POST")) {
            reading(
                    "method " + BodyMutations.shortened(method),
                    Expectation.REFUSAL,
                    FuzzRequest.octetText(method) + " /q/openapi HTTP/1.1\r\n" + HOST + "\r\n");
        }
        reading(
                "invented method on an API path",
                Expectation.REFUSAL,
                INVENTED + " /api/v1/fuzzed HTTP/1.1\r\n" + HOST + "\r\n");
        reading("TRACE", Expectation.REFUSAL, "TRACE /q/openapi HTTP/1.1\r\n" + HOST + "\r\n");
        reading("CONNECT", Expectation.REFUSAL, "CONNECT 127.0.0.1:22 HTTP/1.1\r\n" + HOST + "\r\n");
        reading("OPTIONS *", Expectation.ONE_ANSWER, "OPTIONS * HTTP/1.1\r\n" + HOST + "\r\n");
    }

    private void upgrades() {
        reading(
                "HTTP/2 with prior knowledge",
                Expectation.NO_UPGRADE,
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\u0000\u0000\u0000\u0004\u0000\u0000\u0000\u0000\u0000");
        reading(
                "upgrade to h2c",
                Expectation.NO_UPGRADE,
                PUBLIC + HOST
                        + "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA\r\n\r\n");
        reading(
                "upgrade to WebSocket",
                Expectation.NO_UPGRADE,
                PUBLIC + HOST
                        + "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: x\r\n\r\n");
        reading(
                "upgrade to TLS",
                Expectation.NO_UPGRADE,
                PUBLIC + HOST + "Connection: Upgrade\r\nUpgrade: TLS/1.2\r\n\r\n");
    }

    private void reading(String what, Expectation expectation, String octets) {
        cases.add(new Case(what, Caller.ANONYMOUS, expectation, octets));
    }

    private void writing(String what, Expectation expectation, String rest) {
        cases.add(new Case(what, Caller.ORGANIZER, expectation, writing + rest));
    }
}
