package org.lectern.scheduler.openapi;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/**
 * Describes the answers and headers that follow from how an operation is made, so that none can be forgotten: who is
 * nobody gets 401, what has a body can be malformed, what takes {@code If-Match} can be stale.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class CommonAnswers implements OASFilter {

    private static final Map<String, String> PROBLEMS = new LinkedHashMap<>();

    static {
        PROBLEMS.put(
                "400",
                "The request is malformed or impossible; `errors` points at every field (`invalid-request`), "
                        + "or `Idempotency-Key` is missing where it is required (`idempotency-key-missing`)");
        PROBLEMS.put("401", "No valid access token (`unauthenticated`)");
        PROBLEMS.put("403", "The caller's role may not do this (`forbidden`)");
        PROBLEMS.put("404", "There is nothing here, or the caller may not see it (`not-found`)");
        PROBLEMS.put(
                "409",
                "It clashes with what there is, or the first request with this key is still under way; `code` says which");
        PROBLEMS.put("412", "Somebody changed it since the caller read it (`stale-version`)");
        PROBLEMS.put("413", "The request is too large (`content-too-large`)");
        PROBLEMS.put("415", "Another content type is needed (`unsupported-media-type`)");
        PROBLEMS.put("422", "The key was used for another request (`idempotency-key-reused`)");
        PROBLEMS.put("428", "`If-Match` is missing (`precondition-required`)");
        PROBLEMS.put(
                "429", "The caller's quota is used up; `Retry-After` says when to come back (`too-many-requests`)");
        PROBLEMS.put("500", "Our fault; nothing was half-done (`internal-error`)");
        PROBLEMS.put("503", "The database cannot be reached; repeat with the same key (`unavailable`)");
    }

    @Override
    public void filterOpenAPI(OpenAPI api) {
        if (api.getComponents() == null) {
            api.setComponents(OASFactory.createComponents());
        }
        api.getComponents()
                .addSecurityScheme(
                        "bearer",
                        OASFactory.createSecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("bearer")
                                .bearerFormat("JWT")
                                .description("An access token for the audience `lectern` with the claim `roles`"));
        PROBLEMS.forEach((status, text) -> api.getComponents().addResponse("Problem" + status, problem(text)));
        api.setSecurity(List.of(OASFactory.createSecurityRequirement().addScheme("bearer", List.of())));
        if (api.getPaths() == null) {
            return;
        }
        api.getPaths()
                .getPathItems()
                .forEach((path, item) -> item.getOperations().values().forEach(operation -> complete(path, operation)));
    }

    private static void complete(String path, Operation operation) {
        add(operation, "401", "403", "429", "500", "503");
        boolean parameters = operation.getParameters() != null;
        if (operation.getRequestBody() != null) {
            add(operation, "400", "413", "415");
            operation.getRequestBody().setRequired(true);
        }
        if (parameters) {
            add(operation, "400");
        }
        if (path.contains("{")) {
            add(operation, "404");
        }
        if (!parameters) {
            return;
        }
        for (Parameter parameter : operation.getParameters()) {
            if ("Idempotency-Key".equals(parameter.getName())) {
                add(operation, "409", "422");
                parameter
                        .required(true)
                        .description("A name of your own for this one change, 16 to 128 visible ASCII characters. "
                                + "Repeats with the same key have one effect and get the same answer for 72 hours.")
                        .example("3b1f0c4e-7d0a-4a63-9d0e-1f1f6a2c9a55");
                parameter.setSchema(string());
            } else if ("If-Match".equals(parameter.getName())) {
                add(operation, "412", "428");
                if (parameter.getDescription() == null) {
                    parameter.required(true).description("The ETag you read");
                }
                parameter.example("\"3\"");
                parameter.setSchema(string());
            } else if (parameter.getDescription() == null) {
                parameter.setDescription(known(parameter.getName()));
            }
        }
    }

    private static void add(Operation operation, String... statuses) {
        for (String status : statuses) {
            if (operation.getResponses().getAPIResponse(status) == null) {
                operation
                        .getResponses()
                        .addAPIResponse(
                                status, OASFactory.createAPIResponse().ref("#/components/responses/Problem" + status));
            }
        }
    }

    private static APIResponse problem(String text) {
        return OASFactory.createAPIResponse()
                .description(text)
                .content(OASFactory.createContent()
                        .addMediaType(
                                "application/problem+json",
                                OASFactory.createMediaType()
                                        .schema(OASFactory.createSchema().ref("#/components/schemas/Problem"))));
    }

    private static Schema string() {
        return OASFactory.createSchema().addType(Schema.SchemaType.STRING);
    }

    private static String known(String name) {
        return switch (name) {
            case "cursor" -> "`nextCursor` of the page before; only with the same filters";
            case "limit" -> "How many at the most, 1 to 200";
            case "q" -> "Part of the code or the name, in any case";
            case "archived" -> "Whether to list what is archived instead of what is in use";
            case "dryRun" -> "Only tell what would happen";
            case "id" -> "The identifier (UUID)";
            default -> "Only those with this " + name;
        };
    }
}
