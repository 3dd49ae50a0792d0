package org.lectern.local.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.lectern.local.contract.ApiChange.Severity;

/** Compares two documents of one service, operation by operation. */
final class Comparison {

    private final Described before;
    private final Described after;
    private final Set<ApiChange> changes = new LinkedHashSet<>();
    private final SchemaComparison requests;
    private final SchemaComparison responses;

    private Comparison(Described before, Described after) {
        this.before = before;
        this.after = after;
        requests = new SchemaComparison(before, after, Direction.TO_SERVICE, changes);
        responses = new SchemaComparison(before, after, Direction.TO_CLIENT, changes);
    }

    /** The changes that clients of the earlier document may notice, in the order of that document. */
    static List<ApiChange> of(JsonNode before, JsonNode after) {
        var comparison = new Comparison(new Described(before), new Described(after));
        comparison.compareSecuritySchemes();
        comparison.compareOperations();
        comparison.compareWebhooks();
        return new ArrayList<>(comparison.changes);
    }

    private void compareSecuritySchemes() {
        JsonNode now = after.root().at("/components/securitySchemes");
        before.root().at("/components/securitySchemes").properties().forEach(scheme -> {
            JsonNode same = now.path(scheme.getKey());
            for (String member : List.of("type", "scheme", "in", "name", "flows", "openIdConnectUrl")) {
                if (!scheme.getValue().path(member).equals(same.path(member))) {
                    breaking("security scheme " + scheme.getKey(), member + " changed");
                }
            }
        });
    }

    private void compareOperations() {
        Map<String, JsonNode> now = after.operations();
        before.operations().forEach((name, operation) -> {
            JsonNode same = now.get(name);
            if (same == null) {
                breaking(name, "operation removed");
                return;
            }
            if (!operation.path("operationId").equals(same.path("operationId"))) {
                warn(name, "operationId changed, which generated clients are named by");
            }
            compareSecurity(name, operation, same);
            compareParameters(name, operation, same);
            compareRequestBodies(name, operation, same);
            compareResponses(name, operation, same);
        });
    }

    private void compareSecurity(String name, JsonNode operation, JsonNode same) {
        Set<String> earlier = before.security(operation);
        Set<String> now = after.security(same);
        if (now.contains("") && !earlier.contains("")) {
            warn(name, "no longer asks for authentication");
        } else if (!now.contains("") && !now.containsAll(earlier)) {
            breaking(
                    name, earlier.contains("") ? "asks for authentication now" : "asks for another authentication now");
        }
    }

    private void compareParameters(String name, JsonNode operation, JsonNode same) {
        Map<String, JsonNode> earlier = before.parameters(operation);
        Map<String, JsonNode> now = after.parameters(same);
        earlier.forEach((parameter, described) -> {
            String where = name + ", " + parameter;
            JsonNode kept = now.get(parameter);
            if (kept == null) {
                // an unknown query parameter is refused, an unknown header is not
                change(parameter.startsWith("header") ? Severity.WARNING : Severity.BREAKING, where, "removed");
                return;
            }
            if (kept.path("required").asBoolean() && !described.path("required").asBoolean()) {
                breaking(where, "required now");
            }
            if (!kept.path("style").equals(described.path("style"))
                    || !kept.path("explode").equals(described.path("explode"))) {
                breaking(where, "written in another way now");
            }
            requests.compare(where, described.path("schema"), kept.path("schema"));
        });
        now.forEach((parameter, described) -> {
            if (described.path("required").asBoolean() && !earlier.containsKey(parameter)) {
                breaking(name + ", " + parameter, "new and required");
            }
        });
        List<JsonNode> path = List.copyOf(before.pathParameters(operation).values());
        List<JsonNode> pathNow = List.copyOf(after.pathParameters(same).values());
        for (int i = 0; i < Math.min(path.size(), pathNow.size()); i++) {
            requests.compare(name + ", path parameter " + (i + 1), path.get(i), pathNow.get(i));
        }
    }

    private void compareRequestBodies(String name, JsonNode operation, JsonNode same) {
        JsonNode body = before.resolved(operation.path("requestBody"));
        JsonNode bodyNow = after.resolved(same.path("requestBody"));
        String where = name + ", request";
        if (bodyNow.path("required").asBoolean() && !body.path("required").asBoolean()) {
            breaking(where, "a body is required now");
        }
        compareContents(where, body, bodyNow, requests);
    }

    private void compareResponses(String name, JsonNode operation, JsonNode same) {
        JsonNode now = same.path("responses");
        operation.path("responses").properties().forEach(response -> {
            String status = response.getKey();
            String where = name + ", response " + status;
            if (!now.has(status)) {
                change(status.charAt(0) < '4' ? Severity.BREAKING : Severity.WARNING, where, "removed");
                return;
            }
            JsonNode earlier = before.resolved(response.getValue());
            JsonNode kept = after.resolved(now.get(status));
            earlier.path("headers").properties().forEach(header -> {
                if (!kept.path("headers").has(header.getKey())) {
                    breaking(where + ", header " + header.getKey(), "removed");
                }
            });
            compareContents(where, earlier, kept, responses);
        });
        now.properties().forEach(response -> {
            if (response.getKey().charAt(0) < '4'
                    && !operation.path("responses").has(response.getKey())) {
                warn(name + ", response " + response.getKey(), "new");
            }
        });
    }

    private void compareContents(String where, JsonNode earlier, JsonNode now, SchemaComparison schemas) {
        earlier.path("content").properties().forEach(content -> {
            String type = content.getKey();
            if (!now.path("content").has(type)) {
                breaking(where + " " + type, "removed");
                return;
            }
            schemas.compare(
                    where + " " + type,
                    content.getValue().path("schema"),
                    now.path("content").path(type).path("schema"));
        });
    }

    /** Requests that the service sends by itself; the receiver reads them like a response. */
    private void compareWebhooks() {
        JsonNode now = after.root().path("webhooks");
        before.root()
                .path("webhooks")
                .properties()
                .forEach(webhook -> webhook.getValue().properties().forEach(item -> {
                    String where = "webhook " + webhook.getKey() + " " + item.getKey();
                    JsonNode same = now.path(webhook.getKey()).path(item.getKey());
                    if (same.isMissingNode()) {
                        breaking(where, "removed");
                        return;
                    }
                    compareContents(
                            where,
                            before.resolved(item.getValue().path("requestBody")),
                            after.resolved(same.path("requestBody")),
                            responses);
                }));
    }

    private void breaking(String where, String what) {
        change(Severity.BREAKING, where, what);
    }

    private void warn(String where, String what) {
        change(Severity.WARNING, where, what);
    }

    private void change(Severity severity, String where, String what) {
        changes.add(new ApiChange(severity, where, what));
    }
}
