package org.lectern.local.fuzz;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP answer.
 *
 * @param headers by lower-case name
 * @param body as octets, one per character, as they were transferred: maybe compressed
 * @param complete true if it was received completely
 */
record Answer(int status, Map<String, String> headers, String body, boolean complete) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int UNPACKED_AT_MOST = 64 * 1024 * 1024;

    @Nullable
    String header(String name) {
        return headers.get(name);
    }

    /**
     * The octets of the body without its content coding (RFC 9110, section 8.4), one per character. Null if a complete
     * body cannot be unpacked or its coding is unknown; of an incomplete body what can be unpacked.
     */
    @Nullable
    String content() {
        String coding = headers.getOrDefault("content-encoding", "identity").toLowerCase(Locale.ROOT);
        if (body.isEmpty() || coding.equals("identity")) {
            return body;
        }
        ByteArrayOutputStream unpacked = new ByteArrayOutputStream();
        try (InputStream in = unpacking(coding, body.getBytes(StandardCharsets.ISO_8859_1))) {
            byte[] buffer = new byte[16 * 1024];
            for (int count = in.read(buffer);
                    count >= 0 && unpacked.size() < UNPACKED_AT_MOST;
                    count = in.read(buffer)) {
                unpacked.write(buffer, 0, count);
            }
        } catch (IOException e) {
            if (complete) {
                return null;
            }
        }
        return unpacked.toString(StandardCharsets.ISO_8859_1);
    }

    private static InputStream unpacking(String coding, byte[] octets) throws IOException {
        InputStream in = new ByteArrayInputStream(octets);
        return switch (coding) {
            case "gzip", "x-gzip" -> new GZIPInputStream(in);
            case "deflate" -> new InflaterInputStream(in);
            default -> throw new IOException("unknown content coding " + coding);
        };
    }

    String text() {
        String content = content();
        byte[] octets = (content == null ? body : content).getBytes(StandardCharsets.ISO_8859_1);
        return new String(octets, StandardCharsets.UTF_8);
    }

    /** The beginning of the text, for messages. */
    String start() {
        return BodyMutations.shortened(text().replaceAll("\\s+", " "));
    }

    /** The {@code code} of a problem document; empty for other bodies. */
    String problemCode() {
        return document().path("code").asText();
    }

    /** The code of a problem document and the first field it names, on one line. */
    String problem() {
        JsonNode field = document().path("errors").path(0);
        String named =
                field.path("pointer").asText() + " " + field.path("detail").asText();
        return (problemCode() + " " + named).strip().replaceAll("\\s+", " ");
    }

    private JsonNode document() {
        try {
            return status < 400 ? MissingNode.getInstance() : JSON.readTree(text());
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    boolean isStream() {
        return headers.getOrDefault("content-type", "").startsWith("text/event-stream");
    }
}
