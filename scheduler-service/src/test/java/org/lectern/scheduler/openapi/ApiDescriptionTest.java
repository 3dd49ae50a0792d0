package org.lectern.scheduler.openapi;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lectern.scheduler.support.BackingStack;

/** The API describes itself whole, and what it says stands in the repository for review. */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class ApiDescriptionTest {

    private static JsonNode document() throws IOException {
        return new ObjectMapper()
                .readTree(given().queryParam("format", "json")
                        .get("/q/openapi")
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString());
    }

    @Test
    void everyOperationSaysWhatItDoesAndHowItCanFail() throws IOException {
        JsonNode api = document();
        assertThat(api.path("openapi").asText()).startsWith("3.1");
        int operations = 0;
        for (Map.Entry<String, JsonNode> path : api.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
                String name = operation.getKey() + " " + path.getKey();
                JsonNode described = operation.getValue();
                JsonNode answers = described.path("responses");
                operations++;
                assertThat(described.path("operationId").asText()).as(name).isNotBlank();
                assertThat(described.path("summary").asText()).as(name).isNotBlank();
                assertThat(answers.properties())
                        .as(name)
                        .extracting(Map.Entry::getKey)
                        .contains("401", "403", "500", "503");
                for (JsonNode parameter : described.path("parameters")) {
                    assertThat(parameter.path("description").asText())
                            .as(name + " " + parameter.path("name").asText())
                            .isNotBlank();
                    if (parameter.path("name").asText().equals("If-Match")) {
                        assertThat(answers.has("412") && answers.has("428"))
                                .as(name)
                                .isTrue();
                    }
                    if (parameter.path("name").asText().equals("Idempotency-Key")) {
                        assertThat(answers.has("409") && answers.has("422"))
                                .as(name)
                                .isTrue();
                    }
                }
                if (described.has("requestBody")) {
                    assertThat(answers.has("400") && answers.has("415"))
                            .as(name)
                            .isTrue();
                }
            }
        }
        assertThat(operations).isEqualTo(22 + 4 * 7 + 5 + 10 + 4 + 6 + 2 + 3 + 2 + 1 + 1 + 8 + 5 + 2 + 1);
    }

    @Test
    void everyReferenceLeadsSomewhere() throws IOException {
        JsonNode api = document();
        List<String> dangling = new ArrayList<>();
        for (JsonNode reference : api.findValues("$ref")) {
            if (api.at(reference.asText().substring(1)).isMissingNode()) {
                dangling.add(reference.asText());
            }
        }
        assertThat(dangling).isEmpty();
    }

    @Test
    void theDescriptionInTheRepositoryIsTheOneTheServiceGives() throws IOException {
        String current = Files.readString(Path.of("target/openapi/openapi.yaml"));
        String stored = Files.readString(Path.of("src/main/resources/contract/openapi.yaml"));

        assertThat(stored)
                .as("the API changed: review it and copy target/openapi/openapi.yaml to src/main/resources/contract/")
                .isEqualTo(current);
    }

    @Test
    void thePagesToTryItOutAreThere() {
        given().get("/q/swagger-ui/").then().statusCode(200).contentType("text/html");
    }
}
