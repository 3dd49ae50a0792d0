package org.lectern.local.fuzz;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lectern.local.fuzz.FuzzRequest.Expectation;

/** A request under construction; each part can be made hostile. */
final class RequestDraft {

    private static final int LINE_AT_MOST = 16_384;
    private static final int HEADERS_AT_MOST = 65_536;

    /** One header as it is sent. */
    record Header(String name, String value) {}

    private final Operation operation;
    private final int number;
    private final Caller caller;
    private final List<Header> headers = new ArrayList<>();
    private final List<String> hostile = new ArrayList<>();
    final Map<String, String> pathValues = new LinkedHashMap<>();
    final List<Map.Entry<String, String>> query = new ArrayList<>();
    byte[] body = new byte[0];
    String mediaType = "";

    @Nullable
    String etagFrom;

    RequestDraft(Operation operation, int number, Caller caller) {
        this.operation = operation;
        this.number = number;
        this.caller = caller;
        if (caller != Caller.ANONYMOUS) {
            header(new Header("Authorization", "Bearer " + FuzzRequest.TOKEN));
        }
    }

    /** Adds the header, or replaces the one of the same name. */
    void header(Header header) {
        without(header.name());
        headers.add(header);
    }

    void without(String name) {
        headers.removeIf(each -> each.name().equalsIgnoreCase(name));
    }

    List<String> headerNames() {
        return headers.stream().map(Header::name).toList();
    }

    void hostile(String what) {
        hostile.add(what);
    }

    /** The path template, filled with the values of this draft. */
    String filled(String template) {
        String path = template;
        for (Map.Entry<String, String> value : pathValues.entrySet()) {
            path = path.replace("{" + value.getKey() + "}", value.getValue());
        }
        return path;
    }

    FuzzRequest request() {
        StringBuilder target = new StringBuilder(filled(operation.path()));
        char separator = '?';
        for (Map.Entry<String, String> each : query) {
            target.append(separator).append(each.getKey()).append('=').append(each.getValue());
            separator = '&';
        }
        StringBuilder fields = new StringBuilder();
        headers.forEach(each -> fields.append(each.name())
                .append(": ")
                .append(FuzzRequest.octetText(each.value()))
                .append("\r\n"));
        boolean sendsBody = body.length > 0 || !operation.bodies().isEmpty();
        String head = operation.method() + " " + target + " HTTP/1.1\r\nHost: " + FuzzRequest.HOST + "\r\n" + fields
                + (sendsBody ? "Content-Length: " + body.length + "\r\n" : "")
                + "Connection: close\r\n\r\n";
        boolean bare = target.length() > LINE_AT_MOST - 100
                || fields.length() > HEADERS_AT_MOST / 2
                || fields.chars().anyMatch(c -> c < ' ' && c != '\r' && c != '\n');
        return new FuzzRequest(
                operation.service(),
                operation.id(),
                number,
                caller,
                bare ? Expectation.BARE_ANSWER : Expectation.ANSWER,
                List.copyOf(hostile),
                head,
                body,
                head.contains(FuzzRequest.ETAG) ? etagFrom : null);
    }

    /** Percent-encodes every octet that is not unreserved (RFC 3986, section 2.3). */
    static String encoded(String text) {
        StringBuilder result = new StringBuilder();
        for (char octet : FuzzRequest.octetText(text).toCharArray()) {
            if ((octet < 128 && Character.isLetterOrDigit(octet)) || "-._~".indexOf(octet) >= 0) {
                result.append(octet);
            } else {
                result.append(String.format(Locale.ROOT, "%%%02X", (int) octet));
            }
        }
        return result.toString();
    }
}
