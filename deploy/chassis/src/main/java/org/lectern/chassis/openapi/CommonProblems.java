package org.lectern.chassis.openapi;

import java.util.Map;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** The problems that operations share, each described once and referenced. */
final class CommonProblems {

    static final String IN_PROGRESS =
            ", or the first request with this key is still in progress (`request-in-progress`)";

    private static final String MALFORMED =
            "The request is malformed; `errors` points at each field (`invalid-request`)";
    private static final String NOT_IMPORTED =
            "Rows have errors and nothing was imported (`import-refused`; `rowErrors` lists them)";

    /** Texts by status; a suffix distinguishes variants of a status. */
    private static final Map<String, String> TEXTS = Map.ofEntries(
            Map.entry("400", MALFORMED),
            Map.entry("400Key", MALFORMED + ", or `Idempotency-Key` is missing (`idempotency-key-missing`)"),
            Map.entry("401", "No valid access token (`unauthenticated`)"),
            Map.entry("403", "The caller's role may not do this (`forbidden`)"),
            Map.entry("404", "It does not exist, or the caller may not see it (`not-found`)"),
            Map.entry("409", "The request conflicts with stored data, as `code` explains"),
            Map.entry("409Key", "The request conflicts with stored data, as `code` explains" + IN_PROGRESS),
            Map.entry("412", "It was changed after the caller read it (`stale-version`)"),
            Map.entry("413", "The request is too large (`content-too-large`)"),
            Map.entry("415", "Another content type is needed (`unsupported-media-type`)"),
            Map.entry("422Key", "The key was used for another request (`idempotency-key-reused`)"),
            Map.entry("422Import", NOT_IMPORTED),
            Map.entry(
                    "422ImportKey",
                    NOT_IMPORTED + ", or the key was used for another request (`idempotency-key-reused`)"),
            Map.entry("428", "`If-Match` is missing (`precondition-required`)"),
            Map.entry(
                    "429", "The caller's quota is used up; `Retry-After` gives the time to wait (`too-many-requests`)"),
            Map.entry("500", "An error of the service; nothing was changed (`internal-error`)"),
            Map.entry("503", "The database cannot be reached; try again (`unavailable`)"),
            Map.entry("503Key", "The database cannot be reached; try again with the same key (`unavailable`)"));

    private final TreeSet<String> used = new TreeSet<>();

    /** Adds shared problems to an operation, except for statuses that it describes itself. */
    void add(Operation operation, String... names) {
        for (String name : names) {
            String status = name.substring(0, 3);
            if (!operation.getResponses().hasAPIResponse(status)) {
                used.add(name);
                operation
                        .getResponses()
                        .addAPIResponse(
                                status, OASFactory.createAPIResponse().ref("#/components/responses/Problem" + name));
            }
        }
    }

    void describeUsed(Components components) {
        used.forEach(name -> components.addResponse("Problem" + name, problem(TEXTS.getOrDefault(name, ""))));
    }

    static APIResponse problem(String text) {
        return OASFactory.createAPIResponse().description(text).content(content());
    }

    static Content content() {
        return OASFactory.createContent()
                .addMediaType(
                        "application/problem+json",
                        OASFactory.createMediaType()
                                .schema(OASFactory.createSchema().ref("#/components/schemas/Problem")));
    }
}
