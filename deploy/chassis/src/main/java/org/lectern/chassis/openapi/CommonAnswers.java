package org.lectern.chassis.openapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import jakarta.annotation.security.PermitAll;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;
import org.jspecify.annotations.Nullable;

/**
 * Completes the API description at build time. It adds the problems, headers, parameters, text formats and examples
 * that follow from an operation's signature. A resource describes only what is specific to its operations.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class CommonAnswers implements OASFilter {

    private static final DotName OPERATION =
            DotName.createSimple("org.eclipse.microprofile.openapi.annotations.Operation");
    private static final DotName PRODUCES = DotName.createSimple("jakarta.ws.rs.Produces");
    private static final DotName EXAMPLE = DotName.createSimple(Example.class);
    private static final String CSV = "text/csv";

    private static final Map<String, String> TEXT_FORMATS = Map.of(
            CSV, "RFC 4180 in UTF-8", "text/calendar", "iCalendar (RFC 5545); times are UTC", "text/html", "A page");

    private final ObjectMapper json = new ObjectMapper();
    private final CommonProblems problems = new CommonProblems();
    private final IndexView index;
    private final Map<String, MethodInfo> methods = new HashMap<>();

    public CommonAnswers(IndexView index) {
        this.index = index;
        for (AnnotationInstance operation : index.getAnnotations(OPERATION)) {
            AnnotationValue id = operation.value("operationId");
            if (id != null) {
                methods.put(id.asString(), operation.target().asMethod());
            }
        }
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
                                .description("An OIDC access token for the audience `lectern` with the claim `roles`"));
        api.setSecurity(List.of(OASFactory.createSecurityRequirement().addScheme("bearer", List.of())));
        Map<String, PathItem> paths =
                api.getPaths() == null ? Map.of() : api.getPaths().getPathItems();
        paths.forEach((path, item) -> item.getOperations().values().forEach(operation -> complete(path, operation)));
        Set<String> versioned = withChoices(versioned(paths), api);
        paths.values()
                .forEach(item -> item.getOperations().values().forEach(operation -> addHeaders(operation, versioned)));
        paths.forEach((path, item) -> addNotModified(path, item.getGET()));
        problems.describeUsed(api.getComponents());
        PageNames.apply(api.getComponents(), paths.values());
    }

    private void complete(String path, Operation operation) {
        MethodInfo method = methods.get(operation.getOperationId());
        if (operation.getParameters() != null) {
            operation.getParameters().forEach(CommonParameters::describe);
        }
        if (method != null) {
            describeText(operation, method);
            addExamples(operation, method);
            if (method.hasAnnotation(PermitAll.class)) {
                operation.setSecurity(List.of());
            }
        }
        addProblems(path, operation);
        addConflicts(operation, method);
        operation
                .getResponses()
                .setAPIResponses(new TreeMap<>(operation.getResponses().getAPIResponses()));
    }

    /** Describes text as a string, whatever Java type the method uses. */
    private static void describeText(Operation operation, MethodInfo method) {
        MediaType csv = bodies(operation).get(CSV);
        if (csv != null) {
            csv.setSchema(string());
        }
        String type = produced(method);
        APIResponses responses = operation.getResponses();
        if (!TEXT_FORMATS.containsKey(type) || responses.hasAPIResponse("303")) {
            return;
        }
        if (!responses.hasAPIResponse("200")) {
            responses.addAPIResponse("200", OASFactory.createAPIResponse());
        }
        APIResponse response = responses.getAPIResponse("200");
        if (response.getDescription() == null || response.getDescription().equals("OK")) {
            response.setDescription(TEXT_FORMATS.get(type));
        }
        response.setContent(OASFactory.createContent()
                .addMediaType(type, OASFactory.createMediaType().schema(string())));
    }

    private static String produced(MethodInfo method) {
        AnnotationInstance own = method.annotation(PRODUCES);
        AnnotationInstance produces = own == null ? method.declaringClass().declaredAnnotation(PRODUCES) : own;
        return produces == null ? "" : produces.value().asStringArray()[0].replaceFirst(";.*", "");
    }

    private void addExamples(Operation operation, MethodInfo method) {
        Map<String, MediaType> bodies = bodies(operation);
        if (bodies.isEmpty() && operation.getResponses().hasAPIResponse("200")) {
            bodies = types(operation.getResponses().getAPIResponse("200").getContent());
        }
        for (AnnotationInstance example : method.annotationsWithRepeatable(EXAMPLE, index)) {
            for (MediaType body : bodies.values()) {
                body.addExample(
                        example.valueWithDefault(index, "name").asString(),
                        OASFactory.createExample().value(parsed(example.value().asString())));
            }
        }
    }

    private Object parsed(String example) {
        if (!example.startsWith("{")) {
            return example;
        }
        try {
            return json.readValue(example, Object.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("An example is no JSON: " + example, e);
        }
    }

    private void addProblems(String path, Operation operation) {
        boolean keyed = takes(operation, CommonParameters.KEY);
        boolean csv = bodies(operation).containsKey(CSV);
        APIResponses responses = operation.getResponses();
        responses.getAPIResponses().forEach((status, response) -> {
            if (status.charAt(0) >= '4') {
                response.setContent(CommonProblems.content());
            }
        });
        // the library adds it for validated parameters
        if (responses.hasAPIResponse("400")
                && "Bad Request".equals(responses.getAPIResponse("400").getDescription())) {
            responses.removeAPIResponse("400");
        }
        problems.add(operation, keyed ? "400Key" : "400", "500", keyed ? "503Key" : "503");
        if (operation.getSecurity() == null || !operation.getSecurity().isEmpty()) {
            problems.add(operation, "401", "403", "429");
        }
        if (path.contains("{")) {
            problems.add(operation, "404");
        }
        if (takes(operation, CommonParameters.IF_MATCH)) {
            problems.add(operation, "412", "428");
        }
        if (operation.getRequestBody() != null) {
            problems.add(operation, "413", "415");
        }
        if (csv || keyed) {
            problems.add(operation, "422" + (csv ? "Import" : "") + (keyed ? "Key" : ""));
        }
    }

    private void addConflicts(Operation operation, @Nullable MethodInfo method) {
        boolean keyed = takes(operation, CommonParameters.KEY);
        AnnotationInstance conflicts = method == null ? null : method.annotation(Conflicts.class);
        if (conflicts != null && conflicts.value() != null) {
            String text = conflicts.value().asString() + (keyed ? CommonProblems.IN_PROGRESS : "");
            operation.getResponses().addAPIResponse("409", CommonProblems.problem(text));
        } else if (conflicts != null || keyed) {
            problems.add(operation, keyed ? "409Key" : "409");
        }
    }

    private static void addHeaders(Operation operation, Set<String> versioned) {
        APIResponses responses = operation.getResponses();
        responses.getAPIResponses().forEach((status, response) -> {
            if (status.charAt(0) == '2' && versioned.contains(schema(response))) {
                response.addHeader(
                        "ETag",
                        OASFactory.createHeader()
                                .description("The version, for `If-Match`")
                                .schema(string().addExample("\"3\"")));
                if (status.equals("201")) {
                    response.addHeader("Location", OASFactory.createHeader().schema(string().format("uri-reference")));
                }
            }
        });
        if (takes(operation, CommonParameters.IF_NONE_MATCH)) {
            responses
                    .getAPIResponse("200")
                    .addHeader("ETag", OASFactory.createHeader().schema(string()));
            responses.addAPIResponse("304", OASFactory.createAPIResponse().description("Not modified"));
        }
    }

    /** Every read of the API can be conditional; a stream has no body to compare. */
    private static void addNotModified(String path, @Nullable Operation read) {
        if (read != null && path.startsWith("/api/") && !path.endsWith("/stream")) {
            read.getResponses()
                    .addAPIResponse(
                            "304",
                            OASFactory.createAPIResponse()
                                    .description("It is still as the tag in `If-None-Match` says"));
        }
    }

    /** The schemas that have an ETag: resources readable at an address that is changed with {@code If-Match}. */
    private static Set<String> versioned(Map<String, PathItem> paths) {
        Set<String> changed = new HashSet<>();
        paths.forEach((path, item) -> {
            if (item.getOperations().values().stream().anyMatch(each -> takes(each, CommonParameters.IF_MATCH))) {
                changed.add(path);
            }
        });
        Set<String> schemas = new HashSet<>();
        paths.forEach((path, item) -> {
            boolean versioned = changed.contains(path)
                    || (path.endsWith("}") && changed.stream().anyMatch(each -> each.startsWith(path + "/")));
            if (versioned && item.getGET() != null) {
                schemas.add(schema(item.getGET().getResponses().getAPIResponse("200")));
            }
        });
        schemas.remove("");
        return schemas;
    }

    /** The same, and the schemas that stand for one of them or for something else. */
    private static Set<String> withChoices(Set<String> versioned, OpenAPI api) {
        Set<String> all = new HashSet<>(versioned);
        Map<String, Schema> schemas = api.getComponents().getSchemas();
        if (schemas != null) {
            schemas.forEach((name, schema) -> {
                if (schema.getOneOf() != null
                        && schema.getOneOf().stream().anyMatch(one -> versioned.contains(one.getRef()))) {
                    all.add("#/components/schemas/" + name);
                }
            });
        }
        return all;
    }

    /** The schema that a JSON response refers to, or null. */
    private static String schema(@Nullable APIResponse response) {
        MediaType body = response == null ? null : types(response.getContent()).get("application/json");
        return body == null || body.getSchema() == null || body.getSchema().getRef() == null
                ? ""
                : body.getSchema().getRef();
    }

    private static boolean takes(Operation operation, String header) {
        return operation.getParameters() != null
                && operation.getParameters().stream().anyMatch(each -> header.equals(each.getName()));
    }

    private static Map<String, MediaType> bodies(Operation operation) {
        return operation.getRequestBody() == null
                ? Map.of()
                : types(operation.getRequestBody().getContent());
    }

    private static Map<String, MediaType> types(@Nullable Content content) {
        return content == null || content.getMediaTypes() == null ? Map.of() : content.getMediaTypes();
    }

    private static Schema string() {
        return OASFactory.createSchema().addType(Schema.SchemaType.STRING);
    }
}
