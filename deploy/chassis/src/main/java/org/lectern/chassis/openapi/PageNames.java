package org.lectern.chassis.openapi;

import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.jspecify.annotations.Nullable;

/** Names the schema of a page after the schema of its items, such as {@code ThingPage}, not after a Java class. */
final class PageNames {

    private static final String SCHEMAS = "#/components/schemas/";

    private PageNames() {}

    static void apply(Components components, Collection<PathItem> paths) {
        if (components.getSchemas() == null) {
            return;
        }
        Map<String, Schema> schemas = new TreeMap<>();
        Map<String, String> names = new TreeMap<>();
        components.getSchemas().forEach((name, schema) -> {
            String item = item(name, schema);
            if (item != null) {
                names.put(SCHEMAS + name, SCHEMAS + item + "Page");
            }
            schemas.put(item == null ? name : item + "Page", schema);
        });
        components.setSchemas(schemas);
        paths.stream()
                .flatMap(path -> path.getOperations().values().stream())
                .map(Operation::getResponses)
                .filter(Objects::nonNull)
                .flatMap(responses -> responses.getAPIResponses().values().stream())
                .filter(response -> response.getContent() != null)
                .flatMap(response -> response.getContent().getMediaTypes().values().stream())
                .map(type -> type.getSchema())
                .filter(schema -> schema != null && schema.getRef() != null)
                .forEach(schema -> schema.setRef(names.getOrDefault(schema.getRef(), schema.getRef())));
    }

    /** The schema of the items of a page; null for other schemas. */
    private static @Nullable String item(String name, Schema schema) {
        Schema items =
                schema.getProperties() == null ? null : schema.getProperties().get("items");
        if (!name.startsWith("Page") || items == null || items.getItems() == null) {
            return null;
        }
        String ref = items.getItems().getRef();
        return ref == null ? null : ref.substring(ref.lastIndexOf('/') + 1);
    }
}
