package org.lectern.local.advisories;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A published vulnerability of libraries, in the <a href="https://ossf.github.io/osv-schema/">OSV schema</a>.
 *
 * @param names its id and aliases
 */
record Advisory(List<String> names, String summary, List<Affected> affected) {

    /**
     * The advisories in a file that were not withdrawn: a sequence of JSON objects, arrays of them, or both.
     *
     * @throws IOException if the file cannot be read, has other content, or has no advisory to compare
     */
    static List<Advisory> read(Path file) throws IOException {
        List<Advisory> found = new ArrayList<>();
        int seen = 0;
        var json = new ObjectMapper();
        try (JsonParser parser = json.createParser(file.toFile())) {
            while (parser.nextToken() != null) {
                JsonNode value = json.readTree(parser);
                for (JsonNode each : value.isArray() ? value : List.of(value)) {
                    of(each, file).ifPresent(found::add);
                    seen++;
                }
            }
        }
        if (seen == 0) {
            throw new IOException(file + " holds no advisory");
        }
        return found;
    }

    private static Optional<Advisory> of(JsonNode advisory, Path file) throws IOException {
        String id = advisory.path("id").asText();
        if (id.isEmpty() || !advisory.has("modified")) {
            throw new IOException(file + " holds something that is no advisory in the OSV schema (id, modified)");
        }
        if (advisory.hasNonNull("withdrawn")) {
            return Optional.empty();
        }
        List<String> names = new ArrayList<>(List.of(id));
        advisory.path("aliases").forEach(alias -> names.add(alias.asText()));
        List<Affected> affected = new ArrayList<>();
        advisory.path("affected").forEach(each -> Affected.of(each).ifPresent(affected::add));
        return Optional.of(new Advisory(
                names, advisory.path("summary").asText(advisory.path("details").asText()), affected));
    }
}
