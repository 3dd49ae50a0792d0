package org.lectern.local.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** An OpenAPI 3.1 document with resolved references. */
record Described(JsonNode root) {

    private static final Set<String> METHODS =
            Set.of("get", "put", "post", "delete", "patch", "head", "options", "trace");
    private static final int REFERENCES_AT_MOST = 20;

    String title() {
        return root.at("/info/title").asText();
    }

    /** Operations by method and path; the names of path parameters do not matter. */
    Map<String, JsonNode> operations() {
        Map<String, JsonNode> operations = new LinkedHashMap<>();
        root.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(item -> {
                    if (METHODS.contains(item.getKey())) {
                        ObjectNode operation = item.getValue().deepCopy();
                        path.getValue()
                                .path("parameters")
                                .forEach(shared ->
                                        operation.withArray("parameters").add(shared));
                        operations.put(
                                item.getKey().toUpperCase(Locale.ROOT)
                                        + " "
                                        + path.getKey().replaceAll("\\{[^}]*}", "{}"),
                                operation);
                    }
                }));
        return operations;
    }

    /** Parameters of an operation by location and name, except path parameters. */
    Map<String, JsonNode> parameters(JsonNode operation) {
        Map<String, JsonNode> parameters = new LinkedHashMap<>();
        operation.path("parameters").forEach(each -> {
            ObjectNode parameter = resolved(each);
            String in = parameter.path("in").asText();
            String name = parameter.path("name").asText();
            if (!in.equals("path")) {
                parameters.put(
                        in + " parameter " + (in.equals("header") ? name.toLowerCase(Locale.ROOT) : name), parameter);
            }
        });
        return parameters;
    }

    /** Schemas of the path parameters, in the order of the path. */
    Map<String, JsonNode> pathParameters(JsonNode operation) {
        Map<String, JsonNode> parameters = new LinkedHashMap<>();
        operation.path("parameters").forEach(each -> {
            ObjectNode parameter = resolved(each);
            if (parameter.path("in").asText().equals("path")) {
                parameters.put(parameter.path("name").asText(), parameter.path("schema"));
            }
        });
        return parameters;
    }

    /** The required security schemes, as alternatives; an empty one requires nothing. */
    Set<String> security(JsonNode operation) {
        JsonNode declared = operation.has("security") ? operation.get("security") : root.path("security");
        Set<String> alternatives = new LinkedHashSet<>();
        declared.forEach(each -> alternatives.add(each.isEmpty() ? "" : each.toString()));
        if (alternatives.isEmpty()) {
            alternatives.add("");
        }
        return alternatives;
    }

    /** The node with its references and {@code allOf} merged; members beside a reference take precedence. */
    ObjectNode resolved(JsonNode node) {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        resolve(node, result, REFERENCES_AT_MOST);
        return result;
    }

    private void resolve(JsonNode node, ObjectNode into, int left) {
        if (left == 0 || !node.isObject()) {
            return;
        }
        String reference = node.path("$ref").asText("");
        if (reference.startsWith("#")) {
            resolve(root.at(reference.substring(1)), into, left - 1);
        }
        node.path("allOf").forEach(part -> resolve(part, into, left - 1));
        node.properties().forEach(member -> {
            String name = member.getKey();
            if (name.equals("properties")) {
                ObjectNode properties = into.withObject("/properties");
                member.getValue().properties().forEach(each -> properties.set(each.getKey(), each.getValue()));
            } else if (name.equals("required") && member.getValue().isArray()) {
                member.getValue().forEach(each -> into.withArray("required").add(each));
            } else if (!name.equals("$ref") && !name.equals("allOf")) {
                into.set(name, member.getValue().deepCopy());
            }
        });
    }
}
