package org.lectern.notification.openapi;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.jspecify.annotations.Nullable;
import org.lectern.notification.directory.RecipientKind;

/**
 * Describes what holds for recipients of both kinds once for each: one implementation below {@code /{recipients}}
 * becomes {@code /branches/{branchId}} and {@code /lecturers/{lecturerId}}. In texts {@code {recipient}} stands for
 * "branch" or "lecturer". Runs after the common answers were added.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD, priority = 0)
public class RecipientPaths implements OASFilter {

    private static final String COLLECTION = "recipients";
    private static final String ID = "recipientId";
    private static final String PREFIX = "/{" + COLLECTION + "}/{" + ID + "}";

    @Override
    public void filterOpenAPI(OpenAPI api) {
        Map<String, PathItem> paths = new TreeMap<>();
        api.getPaths().getPathItems().forEach((path, item) -> {
            if (path.contains(PREFIX)) {
                for (RecipientKind kind : RecipientKind.values()) {
                    String own = "/" + kind.collection() + "/{" + id(kind) + "}";
                    paths.put(path.replace(PREFIX, own), of(kind, item));
                }
            } else {
                paths.put(path, item);
            }
        });
        api.getPaths().setPathItems(paths);
    }

    private static String id(RecipientKind kind) {
        return kind == RecipientKind.BRANCH ? "branchId" : "lecturerId";
    }

    private static PathItem of(RecipientKind kind, PathItem item) {
        PathItem own = OASFactory.createPathItem().parameters(parameters(kind, item.getParameters()));
        Map<PathItem.HttpMethod, Operation> operations = new LinkedHashMap<>(item.getOperations());
        operations.forEach((method, operation) -> own.setOperation(method, of(kind, operation)));
        return own;
    }

    private static Operation of(RecipientKind kind, Operation operation) {
        return OASFactory.createOperation()
                .operationId(operation.getOperationId() + (kind == RecipientKind.BRANCH ? "" : "OfLecturer"))
                .tags(operation.getTags())
                .summary(text(kind, operation.getSummary()))
                .description(text(kind, operation.getDescription()))
                .parameters(parameters(kind, operation.getParameters()))
                .requestBody(operation.getRequestBody())
                .responses(operation.getResponses())
                .security(operation.getSecurity())
                .extensions(operation.getExtensions());
    }

    private static @Nullable String text(RecipientKind kind, @Nullable String text) {
        return text == null ? null : text.replace("{recipient}", kind == RecipientKind.BRANCH ? "branch" : "lecturer");
    }

    private static @Nullable List<Parameter> parameters(RecipientKind kind, @Nullable List<Parameter> parameters) {
        if (parameters == null) {
            return null;
        }
        List<Parameter> own = new ArrayList<>();
        for (Parameter parameter : parameters) {
            if (ID.equals(parameter.getName())) {
                own.add(OASFactory.createParameter()
                        .name(id(kind))
                        .in(Parameter.In.PATH)
                        .description(text(kind, "The {recipient}, by its identifier (UUID)"))
                        .required(true)
                        .schema(parameter.getSchema()));
            } else if (!COLLECTION.equals(parameter.getName())) {
                own.add(parameter);
            }
        }
        return own;
    }
}
