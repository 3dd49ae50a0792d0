package org.lectern.local.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * One operation of a service in its OpenAPI document.
 *
 * @param path the template, such as {@code /api/v1/bookings/{id}}
 * @param bodies accepted bodies by media type
 * @param lists true if it answers with {@code items}
 */
record Operation(
        String service,
        String id,
        String method,
        String path,
        List<Parameter> parameters,
        Map<String, Body> bodies,
        boolean lists) {

    /** @param in {@code path}, {@code query} or {@code header} */
    record Parameter(String name, String in, boolean required, JsonNode schema) {}

    /** @param example empty if the document has none */
    record Body(JsonNode schema, String example) {}
}
