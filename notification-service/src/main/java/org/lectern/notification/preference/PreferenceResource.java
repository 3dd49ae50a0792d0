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

/** Manages delivery preferences of branches and lecturers. */
@RunOnVirtualThread
@Path("/api/v1/{recipients: branches|lecturers}/{recipientId}/preferences")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Preferences", description = "Delivery preferences of branches and lecturers")
class PreferenceResource {

    private final Preferences preferences;
    private final Caller caller;

    @Inject
    PreferenceResource(Preferences preferences, Caller caller) {
        this.preferences = preferences;
        this.caller = caller;
    }

    @GET
    @RolesAllowed({Role.ORGANIZER, Role.OPERATOR, Role.BRANCH, Role.LECTURER, Role.AUDITOR})
    @Operation(
            operationId = "getPreferences",
            summary = "Read the delivery preferences of a {recipient}",
            description = "Before the first change the version is 1.")
    @APIResponseSchema(value = PreferencesView.class, responseCode = "200", responseDescription = "The preferences")
    public Response get(@PathParam("recipients") String recipients, @PathParam("recipientId") UUID recipientId) {
        return tagged(preferences.of(Scope.of(caller, recipients), recipientId));
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.ORGANIZER, Role.BRANCH, Role.LECTURER})
    @Operation(
            operationId = "putPreferences",
            summary = "Set the delivery preferences of a {recipient}",
            description = "Waiting deliveries use the new preferences. Urgent notices never wait.")
    @APIResponseSchema(value = PreferencesView.class, responseCode = "200", responseDescription = "Changed")
    public Response put(
            @PathParam("recipients") String recipients,
            @PathParam("recipientId") UUID recipientId,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @Nullable PreferencesChange wanted) {
        var accepted = PreferencesChange.accepted(wanted);
        return tagged(preferences.put(
                Scope.of(caller, recipients), recipientId, Etag.expected(ifMatch), accepted, caller.name()));
    }

    private static Response tagged(PreferencesView view) {
        return Response.ok(view)
                .header(HttpHeaders.ETAG, Etag.of(view.version()))
                .build();
    }
}
