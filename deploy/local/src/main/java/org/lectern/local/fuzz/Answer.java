package org.lectern.local.fuzz;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP answer.
 *
 * @param headers by lower-case name
 * @param body as octets, one per character
 * @param complete true if it was received completely
 */
record Answer(int status, Map<String, String> headers, String body, boolean complete) {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Nullable
    String header(String name) {
        return headers.get(name);
    }

    String text() {
        return new String(body.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
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
