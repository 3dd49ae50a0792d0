package org.lectern.local.fuzz;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Hostile request headers. They replace existing headers of the same name. */
final class HeaderMutations {

    /** @param values one of them is sent */
    private record Header(String name, List<String> values) {}

    private static final String DIGITS = "9".repeat(400);

    private static final List<Header> HEADERS = List.of(
            new Header(
                    "Content-Type",
                    List.of(
                            "x",
                            "/",
                            ";",
                            "",
                            "a/",
                            "/b",
                            "application/json;",
                            "application/json; charset=none",
                            "application/json; charset=\"",
                            "application/json; charset=UTF-16",
                            "application/json, text/csv",
                            "application/" + "x".repeat(2_000),
                            "multipart/form-data",
                            "multipart/form-data; boundary=",
                            "application/x-www-form-urlencoded",
                            "text/csv; charset=UTF-7",
                            "*/*",
                            "讲/座")),
            new Header(
                    "Accept",
                    List.of(
                            "x",
                            "/",
                            ";",
                            "*",
                            "*/json",
                            "application/json;q=2",
                            "application/json;q=x",
                            "text/html;q=",
                            ",,,",
                            "a/b,".repeat(1_000),
                            "text/csv",
                            "讲/座")),
            new Header(
                    "If-Match",
                    List.of(
                            "*",
                            "\"\"",
                            "W/\"1\"",
                            "1",
                            "\"1",
                            "\"1\", \"2\"",
                            "\"99999999999999999999\"",
                            "\"-1\"",
                            "\"1e400\"",
                            "\"\uD842\uDFB7\"",
                            "\"" + DIGITS + "\"")),
            new Header(
                    "Idempotency-Key",
                    List.of(
                            "",
                            "x",
                            " ".repeat(20),
                            "讲".repeat(20),
                            "k".repeat(129),
                            "k".repeat(10_000),
                            "a\u0000aaaaaaaaaaaaaaaaaa",
                            "\"quoted-key-0123456789\"")),
            new Header(
                    "Accept-Language",
                    List.of(
                            "*",
                            "x",
                            "-",
                            "zh-CN;q=9",
                            "en;q=x",
                            ";q=1",
                            "zz-ZZ-" + "z".repeat(500),
                            "en,".repeat(2_000),
                            "\u202E",
                            "i-klingon, zh-Hans-CN-x-private")),
            new Header(
                    "Authorization",
                    List.of(
                            "",
                            "Bearer",
                            "Bearer ",
                            "Bearer x",
                            "Bearer a.b.c",
                            "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.",
                            "Basic Og==",
                            "Basic %%%",
                            "Negotiate x",
                            "Bearer " + "x".repeat(12_000),
                            "Bearer 讲",
                            "bearer",
                            "Digest username=\"")),
            new Header(
                    "traceparent",
                    List.of(
                            "",
                            "x",
                            "00-",
                            "00-" + "0".repeat(32) + "-" + "0".repeat(16) + "-01",
                            "ff-" + "a".repeat(32) + "-" + "b".repeat(16) + "-01",
                            "00-" + "A".repeat(32) + "-" + "B".repeat(16) + "-zz",
                            "a".repeat(5_000))),
            new Header("tracestate", List.of("x", "=,=,=", "a=b,".repeat(500))),
            new Header("baggage", List.of("=", "a=b;c,".repeat(500), "\u0000=1")),
            new Header(
                    "Range",
                    List.of(
                            "bytes=0-0",
                            "bytes=-1",
                            "bytes=9999999999999999999-",
                            "bytes=" + "0-1,".repeat(1_000),
                            "lines=1")),
            new Header("If-None-Match", List.of("*", "\"", "W/", "\"a\"".repeat(500))),
            new Header("If-Modified-Since", List.of("x", "Thu, 01 Jan 99999 00:00:00 GMT", "-1")),
            new Header("Last-Event-ID", List.of("", "-1", "x", "9223372036854775808", "\u0000", DIGITS)),
            new Header(
                    "Cookie",
                    List.of(
                            "=",
                            ";;;;",
                            "a=b; ".repeat(2_000),
                            "q_session=" + "x".repeat(4_000),
                            IntStream.range(0, 1_000)
                                    .mapToObj(i -> "c" + i + "=1")
                                    .collect(Collectors.joining("; ")))),
            new Header("Content-Encoding", List.of("gzip", "br", "identity, gzip", "x")),
            new Header("Accept-Encoding", List.of("gzip;q=x", "*;q=0", "gzip,".repeat(500), "identity;q=0")),
            new Header("Expect", List.of("200-ok", "100-continue, x")),
            new Header("Origin", List.of("null", "http://evil.example", "x".repeat(5_000))),
            new Header("X-Forwarded-For", List.of("x", "127.0.0.1, ".repeat(500))),
            new Header("Forwarded", List.of("for=\"", "host=evil.example;proto=x")),
            new Header("X-HTTP-Method-Override", List.of("DELETE", "FUZZED")),
            new Header("Content-Language", List.of("x".repeat(3_000))),
            new Header("Date", List.of("x")),
            new Header("Prefer", List.of("wait=99999999999")),
            new Header("Upgrade-Insecure-Requests", List.of("讲")),
            new Header("Sec-WebSocket-Key", List.of("x")));

    /** Headers that the services parse get most of the draws. */
    private static final int READ_BY_SERVICES = 7;

    private HeaderMutations() {}

    static RequestDraft.Header drawn(Draw draw) {
        List<Header> from = draw.chance(0.7) ? HEADERS.subList(0, READ_BY_SERVICES) : HEADERS;
        Header header = draw.pick(from);
        return new RequestDraft.Header(header.name(), draw.pick(header.values()));
    }
}
