package org.lectern.local.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A service's OpenAPI 3.1 document. */
final class ApiDocument {

    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch", "head", "options");
    private static final int REFERENCES_AT_MOST = 20;

    private final String service;
    private final JsonNode root;

    ApiDocument(String service, JsonNode root) {
        this.service = service;
        this.root = root;
    }

    /** All operations, in the order of the document. */
    List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        root.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(item -> {
                    if (METHODS.contains(item.getKey())) {
                        operations.add(operation(path.getKey(), path.getValue(), item.getKey(), item.getValue()));
                    }
                }));
        return operations;
    }

    private Operation operation(String path, JsonNode shared, String method, JsonNode described) {
        List<Operation.Parameter> parameters = new ArrayList<>();
        for (JsonNode holder : List.of(shared, described)) {
            holder.path("parameters").forEach(each -> parameters.add(parameter(resolved(each))));
        }
        Map<String, Operation.Body> bodies = new LinkedHashMap<>();
        resolved(described.path("requestBody"))
                .path("content")
                .properties()
                .forEach(content -> bodies.put(content.getKey(), body(content.getValue())));
        String id = described.path("operationId").asText(method + " " + path);
        JsonNode success =
                described.at("/responses/200/content").path("application/json").path("schema");
        boolean lists =
                method.equals("get") && resolved(success).path("properties").has("items");
        return new Operation(service, id, method.toUpperCase(Locale.ROOT), path, parameters, bodies, lists);
    }

    private Operation.Parameter parameter(JsonNode described) {
        ObjectNode schema = resolved(described.path("schema")).deepCopy();
        if (described.has("example")) {
            schema.putArray("examples").add(described.get("example"));
        }
        return new Operation.Parameter(
                described.path("name").asText(),
                described.path("in").asText(),
                described.path("required").asBoolean(),
                schema);
    }

    private static Operation.Body body(JsonNode content) {
        String example = content.path("examples").properties().stream()
                .map(each -> each.getValue().path("value").asText())
                .findFirst()
                .orElse("");
        return new Operation.Body(content.path("schema"), example);
    }

    /** The schema with its references resolved; members beside a reference take precedence (JSON Schema 2020-12). */
    ObjectNode resolved(JsonNode schema) {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        resolve(schema, result, REFERENCES_AT_MOST);
        return result;
    }

    private void resolve(JsonNode schema, ObjectNode into, int left) {
        if (left == 0 || !schema.isObject()) {
            return;
        }
        String reference = schema.path("$ref").asText("");
        if (reference.startsWith("#")) {
            resolve(root.at(reference.substring(1)), into, left - 1);
        }
        schema.path("allOf").forEach(part -> resolve(part, into, left - 1));
        schema.properties().forEach(member -> {
            if (!member.getKey().equals("$ref") && !member.getKey().equals("allOf")) {
                into.set(member.getKey(), member.getValue());
            }
        });
    }
}
