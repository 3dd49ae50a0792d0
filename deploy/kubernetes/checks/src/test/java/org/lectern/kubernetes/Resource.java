package org.lectern.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** One Kubernetes object, as it would be applied. */
record Resource(ObjectNode json) {

    String kind() {
        return json.path("kind").asText();
    }

    String type() {
        return json.path("apiVersion").asText() + "/" + kind();
    }

    String name() {
        return json.at("/metadata/name").asText();
    }

    JsonNode at(String pointer) {
        return json.at(pointer);
    }

    Stream<JsonNode> each(String pointer) {
        return each(json.at(pointer));
    }

    static Stream<JsonNode> each(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new HashMap<>();
        object.properties()
                .forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
        return texts;
    }

    /** True if the object creates pods. */
    boolean isWorkload() {
        return kind().equals("Deployment") || kind().equals("Job") || kind().equals("CronJob");
    }

    /** True if it makes plans and answers no requests. */
    boolean isPlanner() {
        return "planner".equals(podLabels().get("app.kubernetes.io/component"));
    }

    private String template() {
        return kind().equals("CronJob") ? "/spec/jobTemplate/spec/template" : "/spec/template";
    }

    JsonNode pod() {
        return at(template() + "/spec");
    }

    Map<String, String> podLabels() {
        return texts(at(template() + "/metadata/labels"));
    }

    JsonNode container() {
        return pod().at("/containers/0");
    }

    /** True if a label selector matches the pods of this workload. */
    boolean isSelectedBy(JsonNode selector) {
        return selects(selector, podLabels());
    }

    /** True if a label selector matches these labels. */
    static boolean selects(JsonNode selector, Map<String, String> labels) {
        return labels.entrySet().containsAll(texts(selector.path("matchLabels")).entrySet())
                && each(selector.path("matchExpressions")).allMatch(expression -> holds(expression, labels));
    }

    private static boolean holds(JsonNode expression, Map<String, String> labels) {
        String label = labels.get(expression.path("key").asText());
        return switch (expression.path("operator").asText()) {
            case "Exists" -> label != null;
            case "In" ->
                each(expression.path("values")).anyMatch(value -> value.asText().equals(label));
            default -> throw new AssertionError("No selector in use has the operator " + expression);
        };
    }

    boolean hasPort(JsonNode port) {
        return each(container().path("ports"))
                .anyMatch(offered -> offered.path("name").asText().equals(port.asText())
                        || offered.path("containerPort").asInt() == port.asInt(-1));
    }

    @Override
    public String toString() {
        return kind() + " " + name();
    }
}
