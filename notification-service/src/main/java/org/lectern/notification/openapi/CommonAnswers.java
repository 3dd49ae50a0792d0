package org.lectern.notification.openapi;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

/** Adds to each operation the problems it can answer by what it is, so that annotations say only what is special. */
@OpenApiFilter
public class CommonAnswers implements OASFilter {

    private static final Map<String, String> ALWAYS = Map.of(
            "400", "The request is malformed; `errors` lists what, by pointer (`invalid-request`)",
            "401", "No valid access token (`unauthenticated`)",
            "403", "The caller's role may not do this (`forbidden`)",
            "429", "The caller's quota is used up; `Retry-After` says when to come back (`too-many-requests`)",
            "500", "A fault on our side (`internal-error`)",
            "503", "The database cannot be reached; try again (`unavailable`)");

    /** Where nobody is asked who he is. */
    private static final Set<String> OF_CALLERS = Set.of("401", "403", "429");

    @Override
    public void filterOpenAPI(OpenAPI api) {
        if (api.getPaths() == null || api.getPaths().getPathItems() == null) {
            return;
        }
        api.getPaths()
                .getPathItems()
                .forEach((path, item) -> item.getOperations().forEach((method, operation) -> add(path, operation)));
    }

    private static void add(String path, Operation operation) {
        Map<String, String> problems = new TreeMap<>(ALWAYS);
        if (operation.getSecurity() != null && operation.getSecurity().isEmpty()) {
            problems.keySet().removeAll(OF_CALLERS);
        }
        if (path.contains("{")) {
            problems.put("404", "There is no such thing, or the caller may not see it (`not-found`)");
        }
        if (isConditional(operation)) {
            problems.put("412", "Somebody changed it since it was read (`stale-version`)");
            problems.put("428", "`If-Match` is missing (`precondition-required`)");
        }
        if (operation.getRequestBody() != null) {
            problems.put("413", "The body is too large (`content-too-large`)");
            problems.put("415", "The body is not JSON (`unsupported-media-type`)");
        }
        APIResponses answers = operation.getResponses();
        problems.forEach((status, description) -> {
            if (answers.getAPIResponse(status) == null) {
                answers.addAPIResponse(status, OASFactory.createAPIResponse().description(description));
            }
        });
        answers.getAPIResponses().forEach((status, answer) -> {
            if (status.charAt(0) >= '4') {
                answer.setContent(problem());
            }
        });
    }

    private static boolean isConditional(Operation operation) {
        return operation.getParameters() != null
                && operation.getParameters().stream().anyMatch(each -> "If-Match".equals(each.getName()));
    }

    private static Content problem() {
        return OASFactory.createContent()
                .addMediaType(
                        "application/problem+json",
                        OASFactory.createMediaType()
                                .schema(OASFactory.createSchema().ref("#/components/schemas/Problem")));
    }
}
