package org.lectern.local.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request, octet by octet. Its head contains the placeholders {@link #HOST}, {@link #TOKEN} and {@link #ETAG},
 * which are replaced when it is sent; nothing else depends on the time.
 *
 * @param number the number within its operation; with seed and operation it identifies the request
 * @param hostile the description of its hostile parts; empty for a valid request
 * @param head request line, headers and the empty line; each character is one octet
 * @param etagFrom the address to read the current {@code ETag} from
 */
record FuzzRequest(
        String service,
        String operation,
        int number,
        Caller caller,
        Expectation expectation,
        List<String> hostile,
        String head,
        byte[] body,
        @Nullable String etagFrom) {

    static final String HOST = "${host}";
    static final String TOKEN = "${token}";
    static final String ETAG = "${etag}";

    /** The expectation of the oracle. */
    enum Expectation {
        /** One complete answer; an error on an API path must be a problem document. */
        ANSWER,
        /** One answer, possibly from the protocol layer: an error need not have a body. */
        BARE_ANSWER,
        /** An error, or the connection ends; never a success. */
        REFUSAL,
        /** At most one answer. */
        ONE_ANSWER,
        /** At most one answer; the server may wait for the rest of the request. */
        MAY_WAIT,
        /** As {@link #ONE_ANSWER}, and the connection stays with HTTP/1.1. */
        NO_UPGRADE
    }

    byte[] octets(String host, String token, String etag) {
        byte[] first = head.replace(HOST, host)
                .replace(TOKEN, token)
                .replace(ETAG, etag)
                .getBytes(StandardCharsets.ISO_8859_1);
        byte[] all = Arrays.copyOf(first, first.length + body.length);
        System.arraycopy(body, 0, all, first.length, body.length);
        return all;
    }

    String name() {
        return operation + "#" + number;
    }

    /** The path without the query, as far as the request line contains one. */
    String path() {
        String[] words = head.substring(0, Math.max(0, head.indexOf('\r'))).split(" ", 3);
        return words.length < 2 ? "" : words[1].replaceFirst("\\?.*", "");
    }

    /** Text as octets: each character of the result is one octet of its UTF-8. */
    static String octetText(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
