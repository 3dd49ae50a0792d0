package org.lectern.testing;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The API describes itself completely, and the description is stored for review and for the check of compatibility. */
public abstract class AbstractApiDescriptionTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path STORED = Path.of("src/main/resources/contract");
    private static final Path BUILT = Path.of("target/openapi");

    private static JsonNode document() throws IOException {
        return JSON.readTree(given().queryParam("format", "json")
                .get("/q/openapi")
                .then()
                .statusCode(200)
                .extract()
                .asString());
    }

    private static Map<String, JsonNode> operations() throws IOException {
        Map<String, JsonNode> operations = new TreeMap<>();
        document()
                .path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(operation ->
                                operations.put(operation.getKey() + " " + path.getKey(), operation.getValue())));
        assertThat(operations).isNotEmpty();
        return operations;
    }

    @Test
    void everyOperation_saysWhatItDoes() throws IOException {
        assertThat(document().path("openapi").asText()).startsWith("3.1");
        operations().forEach((name, operation) -> {
            assertThat(operation.path("operationId").asText()).as(name).isNotBlank();
            assertThat(operation.path("summary").asText()).as(name).isNotBlank();
            for (JsonNode parameter : operation.path("parameters")) {
                assertThat(parameter.path("description").asText())
                        .as(name + " " + parameter.path("name").asText())
                        .isNotBlank();
            }
        });
    }

    @Test
    void everyOperation_saysHowItSucceeds() throws IOException {
        JsonNode document = document();
        operations().forEach((name, operation) -> {
            JsonNode responses = operation.path("responses");
            assertThat(responses.properties())
                    .as(name)
                    .extracting(Map.Entry::getKey)
                    .anyMatch(status -> status.matches("[23].."));
            JsonNode ok = responses.has("201") ? responses.path("201") : responses.path("200");
            assertThat(ok.isMissingNode() || ok.has("content"))
                    .as(name + " has a body")
                    .isTrue();
        });
        assertThat(document.at("/components/schemas/Problem").isMissingNode()).isFalse();
    }

    @Test
    void everyOperation_saysHowItFails() throws IOException {
        operations().forEach((name, operation) -> {
            List<String> expected = new ArrayList<>(List.of("400", "500", "503"));
            if (!operation.path("security").isEmpty() || !operation.has("security")) {
                expected.addAll(List.of("401", "403", "429"));
            }
            if (operation.has("requestBody")) {
                expected.addAll(List.of("413", "415"));
            }
            if (name.contains("{")) {
                expected.add("404");
            }
            for (JsonNode parameter : operation.path("parameters")) {
                switch (parameter.path("name").asText()) {
                    case "If-Match" -> expected.addAll(List.of("412", "428"));
                    case "If-None-Match" -> expected.add("304");
                    case "Idempotency-Key" -> expected.addAll(List.of("409", "422"));
                    default -> {}
                }
            }
            assertThat(operation.path("responses").properties())
                    .as(name)
                    .extracting(Map.Entry::getKey)
                    .containsAll(expected);
        });
    }

    /** {@code /things/import} is not the thing with the id {@code import}. */
    @Test
    void fixedSegment_isNeverAnId() throws IOException {
        Map<String, Set<String>> verbs = new TreeMap<>();
        operations().keySet().forEach(name -> {
            String[] parts = name.split(" ", 2);
            verbs.computeIfAbsent(parts[1], path -> new TreeSet<>()).add(parts[0].toUpperCase(Locale.ROOT));
        });
        verbs.forEach((path, own) -> {
            Set<String> others = new TreeSet<>();
            verbs.forEach((template, theirs) -> {
                if (!template.equals(path) && path.matches(template.replaceAll("\\{[^}]+}", "[^/]+"))) {
                    others.addAll(theirs);
                }
            });
            others.removeAll(own);
            String address = path.replaceAll("\\{[^}]+}", "019a1b6e-5a10-7c3e-8f01-2a6b6c1d0001");
            for (String verb : others) {
                String allow = given().request(verb, address)
                        .then()
                        .statusCode(405)
                        .extract()
                        .header("Allow");
                assertThat(List.of(allow.split(", ")))
                        .as(verb + " " + path)
                        .containsAll(own)
                        .doesNotContain(verb);
            }
        });
    }

    @Test
    void everyFailure_isAProblem() throws IOException {
        JsonNode document = document();
        operations()
                .forEach((name, operation) -> operation
                        .path("responses")
                        .properties()
                        .forEach(response -> {
                            JsonNode described = response.getValue().has("$ref")
                                    ? document.at(response.getValue()
                                            .path("$ref")
                                            .asText()
                                            .substring(1))
                                    : response.getValue();
                            if (response.getKey().matches("[45]..")) {
                                assertThat(described.path("content").has("application/problem+json"))
                                        .as(name + " " + response.getKey())
                                        .isTrue();
                            }
                        }));
    }

    @Test
    void versionedResource_hasAnETag() throws IOException {
        operations().forEach((name, operation) -> {
            boolean conditional = operation.findValuesAsText("name").contains("If-Match");
            if (name.startsWith("put ") && conditional) {
                assertThat(operation.at("/responses/200/headers").has("ETag"))
                        .as(name)
                        .isTrue();
            }
        });
    }

    @Test
    void everyReference_leadsSomewhere() throws IOException {
        JsonNode api = document();
        List<String> dangling = new ArrayList<>();
        for (JsonNode reference : api.findValues("$ref")) {
            if (api.at(reference.asText().substring(1)).isMissingNode()) {
                dangling.add(reference.asText());
            }
        }
        assertThat(dangling).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"openapi.yaml", "openapi.json"})
    void storedDescription_isTheOneOfTheBuild(String file) throws IOException {
        String built = Files.readString(BUILT.resolve(file));
        String stored = Files.exists(STORED.resolve(file)) ? Files.readString(STORED.resolve(file)) : "";

        assertThat(stored)
                .as("the API changed: store its description by deploy/local/contract and review the difference")
                .isEqualTo(built);
    }

    @Test
    void servedDescription_isTheStoredOne() throws IOException {
        JsonNode stored = JSON.readTree(Files.readString(STORED.resolve("openapi.json")));

        assertThat(document()).isEqualTo(stored);
    }

    @Test
    void pagesToTryItOut_areServed() {
        given().get("/q/swagger-ui/").then().statusCode(200).contentType("text/html");
    }
}
