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
        return kind().equals("Deployment") || kind().equals("Job");
    }

    JsonNode pod() {
        return at("/spec/template/spec");
    }

    Map<String, String> podLabels() {
        return texts(at("/spec/template/metadata/labels"));
    }

    JsonNode container() {
        return pod().at("/containers/0");
    }

    /** True if a label selector matches the pods of this workload. */
    boolean isSelectedBy(JsonNode selector) {
        boolean labels = podLabels()
                .entrySet()
                .containsAll(texts(selector.path("matchLabels")).entrySet());
        return labels
                && each(selector.path("matchExpressions"))
                        .allMatch(expression ->
                                expression.path("operator").asText().equals("Exists")
                                        && podLabels()
                                                .containsKey(
                                                        expression.path("key").asText()));
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
