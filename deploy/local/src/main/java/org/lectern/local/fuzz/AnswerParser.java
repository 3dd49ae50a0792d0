package org.lectern.local.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parses the octets of a connection into answers (RFC 9112). */
final class AnswerParser {

    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3})(?: .*)?");
    private static final String END_OF_HEAD = "\r\n\r\n";
    private static final int SWITCHING_PROTOCOLS = 101;

    private final String octets;
    private final boolean ended;
    private int at;

    private AnswerParser(String octets, boolean ended) {
        this.octets = octets;
        this.ended = ended;
    }

    /**
     * @param answers final answers only, and 101
     * @param rest octets after them that are not HTTP
     */
    record Parsed(List<Answer> answers, String rest) {}

    /** @param ended true if the server closed the connection, which ends an answer without a length */
    static Parsed parse(byte[] octets, boolean ended) {
        AnswerParser parser = new AnswerParser(new String(octets, StandardCharsets.ISO_8859_1), ended);
        List<Answer> answers = new ArrayList<>();
        for (Answer answer = parser.next(); answer != null; answer = parser.next()) {
            if (answer.status() >= 200 || answer.status() == SWITCHING_PROTOCOLS) {
                answers.add(answer);
            }
        }
        return new Parsed(answers, parser.octets.substring(parser.at));
    }

    private @Nullable Answer next() {
        int endOfHead = octets.indexOf(END_OF_HEAD, at);
        if (endOfHead < 0) {
            return null;
        }
        List<String> lines = octets.substring(at, endOfHead).lines().toList();
        Matcher status = STATUS.matcher(lines.isEmpty() ? "" : lines.getFirst());
        if (!status.matches()) {
            return null;
        }
        Map<String, String> headers = new LinkedHashMap<>();
        lines.stream().skip(1).forEach(line -> {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        });
        at = endOfHead + END_OF_HEAD.length();
        int code = Integer.parseInt(status.group(1));
        if (code < 200 || code == 204 || code == 304) {
            return new Answer(code, headers, "", true);
        }
        if (headers.getOrDefault("transfer-encoding", "").endsWith("chunked")) {
            return chunked(code, headers);
        }
        String length = headers.get("content-length");
        int end = length == null ? octets.length() : at + Integer.parseInt(length);
        boolean complete = length == null ? ended : end <= octets.length();
        String body = octets.substring(at, Math.min(end, octets.length()));
        at = Math.min(end, octets.length());
        return new Answer(code, headers, body, complete);
    }

    private Answer chunked(int code, Map<String, String> headers) {
        StringBuilder body = new StringBuilder();
        while (true) {
            int endOfLine = octets.indexOf("\r\n", at);
            if (endOfLine < 0) {
                at = octets.length();
                return new Answer(code, headers, body.toString(), false);
            }
            int size = Integer.parseInt(
                    octets.substring(at, endOfLine).replaceFirst(";.*", "").strip(), 16);
            int end = endOfLine + 2 + size;
            if (end + 2 > octets.length()) {
                body.append(octets, endOfLine + 2, Math.min(end, octets.length()));
                at = octets.length();
                return new Answer(code, headers, body.toString(), false);
            }
            body.append(octets, endOfLine + 2, end);
            at = end + 2;
            if (size == 0) {
                return new Answer(code, headers, body.toString(), true);
            }
        }
    }
}
