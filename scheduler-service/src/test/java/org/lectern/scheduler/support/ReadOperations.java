package org.lectern.scheduler.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.Yaml;

/** The GET operations in the API description of the repository, without those that only lecturers may call. */
public final class ReadOperations {

    private ReadOperations() {}

    /**
     * One GET operation.
     *
     * @param parameters the types of its query parameters, by name; empty for a named type
     */
    public record Read(String path, Map<String, String> parameters) {

        @Override
        public String toString() {
            return path;
        }
    }

    public static List<Read> all() {
        List<Read> all = new ArrayList<>();
        try (var in = ReadOperations.class.getResourceAsStream("/contract/openapi.yaml")) {
            JsonNode api = new ObjectMapper().valueToTree(new Yaml().load(in));
            for (Map.Entry<String, JsonNode> path : api.path("paths").properties()) {
                if (path.getValue().has("get") && !path.getKey().contains("/lecturers/me")) {
                    Map<String, String> parameters = new LinkedHashMap<>();
                    for (JsonNode parameter : path.getValue().at("/get/parameters")) {
                        if (parameter.path("in").asText().equals("query")) {
                            parameters.put(
                                    parameter.path("name").asText(),
                                    parameter.at("/schema/type").asText());
                        }
                    }
                    all.add(new Read(path.getKey(), parameters));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }
}
