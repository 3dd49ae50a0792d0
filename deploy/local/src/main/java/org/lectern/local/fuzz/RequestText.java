package org.lectern.local.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** A request as text for a shell: bounded, printable, and with the name of a token instead of the token. */
final class RequestText {

    private static final int CHARACTERS_AT_MOST = 1_500;
    private static final int OF_ONE_PART_AT_MOST = 300;

    private RequestText() {}

    /** @param base base address of the service, such as {@code http://localhost:8080} */
    static String of(FuzzRequest request, String base, String etag) {
        String text =
                request.operation().equals(ProtocolCases.OPERATION) ? raw(request, base) : curl(request, base, etag);
        return text.length() <= CHARACTERS_AT_MOST
                ? text
                : text.substring(0, CHARACTERS_AT_MOST) + "… (" + text.length() + " characters)";
    }

    private static String curl(FuzzRequest request, String base, String etag) {
        List<String> lines = request.head().lines().toList();
        String[] words = lines.getFirst().split(" ", 3);
        StringBuilder text = new StringBuilder("curl --path-as-is -X ").append(words[0]);
        for (String line : lines.subList(1, lines.size())) {
            if (!line.isEmpty() && !line.matches("(?:Host|Content-Length|Connection): .*")) {
                String value = line.replace(FuzzRequest.ETAG, etag);
                String named = value.replace(FuzzRequest.TOKEN, "$" + request.caller());
                text.append(" -H ").append(named.equals(value) ? quoted(value) : '"' + named + '"');
            }
        }
        if (request.body().length > 0) {
            text.append(" --data-binary ").append(quoted(new String(request.body(), StandardCharsets.ISO_8859_1)));
        }
        return text.append(' ').append(quoted(base + words[1])).toString();
    }

    private static String raw(FuzzRequest request, String base) {
        String authority = base.replaceFirst("^https?://", "");
        String octets =
                request.head().replace(FuzzRequest.HOST, authority).replace(FuzzRequest.TOKEN, "$" + request.caller());
        return "printf %s " + quoted(octets) + " | nc " + authority.replace(':', ' ');
    }

    /** In single quotes; text that is not printable ASCII uses the shell's {@code $'…'}. */
    private static String quoted(String octets) {
        StringBuilder text = new StringBuilder();
        boolean escaped = false;
        int shown = Math.min(octets.length(), OF_ONE_PART_AT_MOST);
        for (int i = 0; i < shown; i++) {
            char octet = octets.charAt(i);
            if (octet == '\'' || octet == '\\') {
                text.append('\\').append(octet);
                escaped = true;
            } else if (octet == '\r' || octet == '\n') {
                text.append(octet == '\r' ? "\\r" : "\\n");
                escaped = true;
            } else if (octet < ' ' || octet > '~') {
                text.append(String.format(Locale.ROOT, "\\x%02x", (int) octet));
                escaped = true;
            } else {
                text.append(octet);
            }
        }
        String cut = shown < octets.length() ? "…(" + octets.length() + " octets)" : "";
        return (escaped ? "$'" : "'") + text + cut + "'";
    }
}
