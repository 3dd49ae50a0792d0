package org.lectern.notification.directory;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.http.Cursor;
import org.lectern.chassis.http.Etag;
import org.lectern.chassis.http.Page;
import org.lectern.chassis.http.Parameters;
import org.lectern.chassis.openapi.Conflicts;
import org.lectern.chassis.problem.InvalidRequest;
import org.lectern.notification.directory.history.EndpointHistoryEntry;
import org.lectern.notification.security.Caller;
import org.lectern.notification.security.Role;

/** Manages the endpoints of a branch or a lecturer. */
@RunOnVirtualThread
@Path("/api/v1/{recipients: branches|lecturers}/{recipientId}/endpoints")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Endpoints", description = "Endpoints of branches and lecturers: one address on one channel")
class EndpointResource {

    private static final int USUAL_OVERLAP_HOURS = 24;
    private static final int LONGEST_OVERLAP_HOURS = 168;

    private final Endpoints endpoints;
    private final Caller caller;

    @Inject
    EndpointResource(Endpoints endpoints, Caller caller) {
        this.endpoints = endpoints;
        this.caller = caller;
    }

    @GET
    @RolesAllowed({Role.ORGANIZER, Role.OPERATOR, Role.BRANCH, Role.LECTURER, Role.AUDITOR})
    @Operation(operationId = "listEndpoints", summary = "List all endpoints of a {recipient}, oldest first")
    @APIResponse(responseCode = "200", description = "The endpoints, on one page")
    public Page<EndpointView> list(
            @PathParam("recipients") String recipients, @PathParam("recipientId") UUID recipientId) {
        return new Page<>(endpoints.of(scope(recipients), recipientId, addressShown()), null);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.ORGANIZER, Role.OPERATOR, Role.BRANCH, Role.LECTURER})
    @Operation(
            operationId = "addEndpoint",
            summary = "Add an endpoint to a {recipient}",
            description = "Notices written from now on are sent there as well; to a webhook after its "
                    + "verification, to a mailbox after its owner's confirmation. The owner gets one "
                    + "confirmation message, unless an organizer vouches for the address "
                    + "(`vouchedFor`). Until then the endpoint is `pending` and notices wait. The "
                    + "response shows the secret of a webhook, once. A repeat answers 409 and changes "
                    + "nothing.")
    @APIResponseSchema(value = EndpointView.class, responseCode = "201", responseDescription = "Added")
    @Conflicts("The recipient already has this endpoint (`endpoint-exists`) or the maximum number "
            + "(`too-many-endpoints`, `too-many-mailboxes`), a mail server rejected the mailbox "
            + "permanently and only an organizer may release it (`address-bounced`), or its "
            + "owner refused this recipient and only an organizer may vouch for it "
            + "(`address-refused`)")
    @APIResponse(responseCode = "403", description = "Only organizers may vouch (`vouching-forbidden`), or `forbidden`")
    @APIResponse(
            responseCode = "429",
            description = "Too many confirmation messages (`too-many-confirmations`), or "
                    + "`too-many-requests`; `Retry-After` gives the time to wait. Nothing was added")
    public Response add(
            @PathParam("recipients") String recipients,
            @PathParam("recipientId") UUID recipientId,
            @Nullable NewEndpoint wanted) {
        EndpointView added = endpoints.add(editor(recipients), recipientId, wanted);
        return Response.created(URI.create("/api/v1/" + recipients + "/" + recipientId + "/endpoints/" + added.id()))
                .header(HttpHeaders.ETAG, Etag.of(added.version()))
                .entity(added)
                .build();
    }

    @GET
    @Path("/{endpointId}")
    @RolesAllowed({Role.ORGANIZER, Role.OPERATOR, Role.BRANCH, Role.LECTURER, Role.AUDITOR})
    @Operation(operationId = "getEndpoint", summary = "Read an endpoint")
    @APIResponseSchema(value = EndpointView.class, responseCode = "200", responseDescription = "The endpoint")
    public Response get(
            @PathParam("recipients") String recipients,
            @PathParam("recipientId") UUID recipientId,
            @PathParam("endpointId") UUID endpointId) {
        return tagged(endpoints.one(scope(recipients), recipientId, endpointId, addressShown()));
    }

    @PUT
    @Path("/{endpointId}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.ORGANIZER, Role.OPERATOR, Role.BRANCH, Role.LECTURER})
    @Operation(
            operationId = "changeEndpoint",
            summary = "Change the address of an endpoint, or enable or disable it",
            description = "Deliveries to a disabled endpoint are parked; enabling resumes them in order. "
                    + "The owner of a new e-mail address must confirm it, unless an organizer vouches "
                    + "for it.")
    @APIResponseSchema(value = EndpointView.class, responseCode = "200", responseDescription = "Changed")
    @Conflicts("The recipient already has this endpoint (`endpoint-exists`), a mail server rejected "
            + "the mailbox permanently and only an organizer may release it "
            + "(`address-bounced`), or its owner refused this recipient and only an organizer may "
            + "vouch for it (`address-refused`)")
    @APIResponse(responseCode = "403", description = "Only organizers may vouch (`vouching-forbidden`), or `forbidden`")
    @APIResponse(
            responseCode = "429",
            description = "Too many confirmation messages (`too-many-confirmations`), or "
                    + "`too-many-requests`; `Retry-After` gives the time to wait. Nothing was changed")
    public Response change(
            @PathParam("recipients") String recipients,
            @PathParam("recipientId") UUID recipientId,
            @PathParam("endpointId") UUID endpointId,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @Nullable EndpointChange wanted) {
        return tagged(endpoints.change(editor(recipients), recipientId, endpointId, Etag.expected(ifMatch), wanted));
    }

    @DELETE
    @Path("/{endpointId}")
    @RolesAllowed({Role.ORGANIZER, Role.OPERATOR, Role.BRANCH, Role.LECTURER})
    @Operation(
            operationId = "removeEndpoint",
            summary = "Remove an endpoint and its address",
            description = "Waiting deliveries end as DEAD with the reason `endpoint-removed`.")
    @APIResponse(responseCode = "204", description = "Removed")
    public void remove(
            @PathParam("recipients") String recipients,
            @PathParam("recipientId") UUID recipientId,
            @PathParam("endpointId") UUID endpointId,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
        endpoints.remove(editor(recipients), recipientId, endpointId, Etag.expected(ifMatch));
    }

    @POST
    @Path("/{endpointId}/rotate-secret")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.ORGANIZER, Role.OPERATOR, Role.BRANCH, Role.LECTURER})
    @Operation(
            operationId = "rotateSecret",
            summary = "Rotate the secret of a webhook",
            description = "The response shows the new secret, once. For a time requests are signed with it "
                    + "and with all former secrets that are still valid, so that the receiver can "
                    + "switch without a loss. `overlapHours: 0` ends all former secrets at once.")
    @APIResponseSchema(value = EndpointView.class, responseCode = "200", responseDescription = "Replaced")
    @Conflicts("The service generates no secret for this channel (`no-generated-secret`)")
    public Response rotateSecret(
            @PathParam("recipients") String recipients,
            @PathParam("recipientId") UUID recipientId,
            @PathParam("endpointId") UUID endpointId,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @Nullable SecretRotation wanted) {
        Integer hours = wanted == null ? null : wanted.overlapHours();
        if (hours != null && (hours < 0 || hours > LONGEST_OVERLAP_HOURS)) {
            throw new InvalidRequest("/overlapHours", "hours.range", LONGEST_OVERLAP_HOURS);
        }
        Duration overlap = Duration.ofHours(hours == null ? USUAL_OVERLAP_HOURS : hours);
        return tagged(endpoints.rotate(editor(recipients), recipientId, endpointId, Etag.expected(ifMatch), overlap));
    }

    @GET
    @Path("/{endpointId}/changes")
    @RolesAllowed({Role.ORGANIZER, Role.OPERATOR, Role.AUDITOR})
    @Operation(
            operationId = "listEndpointChanges",
            summary = "List changes of an endpoint, newest first",
            description =
                    "Includes removed endpoints. Addresses are masked for everyone, and secrets are " + "not stored.")
    @APIResponse(responseCode = "200", description = "One page of changes")
    public Page<EndpointHistoryEntry> changes(
            @PathParam("recipients") String recipients,
            @PathParam("recipientId") UUID recipientId,
            @PathParam("endpointId") UUID endpointId,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable String limit) {
        int most = Parameters.limit(limit);
        Cursor after = Cursor.of(cursor);
        return Page.of(
                endpoints.changes(
                        scope(recipients), recipientId, endpointId, after == null ? null : after.id(), most + 1),
                most,
                entry -> entry,
                entry -> new Cursor(entry.at().toString(), entry.id()));
    }

    private Scope scope(String recipients) {
        return Scope.of(caller, recipients);
    }

    private Endpoints.Editor editor(String recipients) {
        return new Endpoints.Editor(scope(recipients), caller.name(), caller.isOrganizer());
    }

    private boolean addressShown() {
        return !caller.onlyAudits();
    }

    private static Response tagged(EndpointView view) {
        return Response.ok(view)
                .header(HttpHeaders.ETAG, Etag.of(view.version()))
                .build();
    }
}
