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
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.http.Etag;
import org.lectern.notification.directory.Scope;
import org.lectern.notification.security.Caller;
import org.lectern.notification.security.Role;

/** Manages delivery preferences of branches. */
@RunOnVirtualThread
@Path("/api/v1/branches/{branchId}/preferences")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Preferences", description = "Delivery preferences of branches")
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
            summary = "Delivery preferences of branches",
            description = "Read the delivery preferences of a branch. Before the first change the version is 1.")
    @APIResponseSchema(value = PreferencesView.class, responseCode = "200", responseDescription = "The preferences")
    public Response get(@PathParam("branchId") UUID branchId) {
        return tagged(preferences.of(Scope.of(caller), branchId));
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.ORGANIZER, Role.BRANCH})
    @Operation(
            operationId = "putPreferences",
            summary = "Set the delivery preferences of a branch",
            description = "Waiting deliveries use the new preferences. Urgent notices never wait.")
    @APIResponseSchema(value = PreferencesView.class, responseCode = "200", responseDescription = "Changed")
    public Response put(
            @PathParam("branchId") UUID branchId,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
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
