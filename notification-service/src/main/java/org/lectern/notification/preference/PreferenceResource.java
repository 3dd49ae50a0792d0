package org.lectern.notification.preference;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.http.Etag;
import org.lectern.notification.directory.Scope;
import org.lectern.notification.security.Caller;
import org.lectern.notification.security.Role;

/** When a branch wants to be told. */
@RunOnVirtualThread
@Path("/api/v1/branches/{branchId}/preferences")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Preferences", description = "When a branch wants to be told")
class PreferenceResource {

    private final Preferences preferences;
    private final Caller caller;

    @Inject
    PreferenceResource(Preferences preferences, Caller caller) {
        this.preferences = preferences;
        this.caller = caller;
    }

    @GET
    @RolesAllowed({Role.ORGANIZER, Role.OPERATOR, Role.BRANCH, Role.AUDITOR})
    @Operation(
            operationId = "getPreferences",
            summary = "When a branch wants to be told",
            description = "A branch that never said anything has version 1 and no wishes.")
    @APIResponse(
            responseCode = "200",
            description = "The preferences",
            headers = @Header(name = "ETag", schema = @Schema(type = SchemaType.STRING, examples = "\"1\"")),
            content = @Content(schema = @Schema(implementation = PreferencesView.class)))
    public Response get(@PathParam("branchId") UUID branchId) {
        return tagged(preferences.of(Scope.of(caller), branchId));
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.ORGANIZER, Role.BRANCH})
    @Operation(
            operationId = "putPreferences",
            summary = "Says when a branch wants to be told",
            description = "What waits already waits by the new ones. What is urgent waits for nothing.")
    @APIResponse(
            responseCode = "200",
            description = "Changed",
            headers = @Header(name = "ETag", schema = @Schema(type = SchemaType.STRING, examples = "\"2\"")),
            content = @Content(schema = @Schema(implementation = PreferencesView.class)))
    public Response put(
            @PathParam("branchId") UUID branchId,
            @Parameter(required = true, description = "The ETag you read", example = "\"1\"")
                    @HeaderParam(HttpHeaders.IF_MATCH)
                    @Nullable
                    String ifMatch,
            @Nullable PreferencesChange wanted) {
        var accepted = PreferencesChange.accepted(wanted);
        return tagged(preferences.put(Scope.of(caller), branchId, Etag.expected(ifMatch), accepted, caller.name()));
    }

    private static Response tagged(PreferencesView view) {
        return Response.ok(view)
                .header(HttpHeaders.ETAG, Etag.of(view.version()))
                .build();
    }
}
