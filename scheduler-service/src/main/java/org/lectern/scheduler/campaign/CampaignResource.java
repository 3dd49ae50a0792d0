package org.lectern.scheduler.campaign;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
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
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.http.Cursor;
import org.lectern.chassis.http.Etag;
import org.lectern.chassis.http.Page;
import org.lectern.chassis.openapi.Conflicts;
import org.lectern.scheduler.security.Caller;
import org.lectern.scheduler.security.Role;

/** Campaigns over HTTP. */
@Path("/api/v1/campaigns")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Campaigns", description = "Topics that must reach target branches in a window, and their coverage")
class CampaignResource {

    private final Campaigns campaigns;
    private final CampaignRegistry registry;
    private final Caller caller;

    @Inject
    CampaignResource(Campaigns campaigns, CampaignRegistry registry, Caller caller) {
        this.campaigns = campaigns;
        this.registry = registry;
        this.caller = caller;
    }

    @GET
    @RolesAllowed({Role.ORGANIZER, Role.AUDITOR})
    @Operation(operationId = "listCampaigns", summary = "List campaigns by code")
    public Page<CampaignView> list(
            @QueryParam("q") @Nullable String q,
            @QueryParam("status") @Nullable CampaignStatus status,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit) {
        var found = campaigns.list(q, status, Cursor.of(cursor), limit + 1);
        return Page.of(found, limit, view -> view, view -> new Cursor(view.code(), view.id()));
    }

    @GET
    @Path("/{id}")
    @RolesAllowed({Role.ORGANIZER, Role.AUDITOR})
    @Operation(operationId = "getCampaign", summary = "Read a campaign")
    @APIResponseSchema(CampaignView.class)
    public Response get(@PathParam("id") UUID id) {
        return shown(campaigns.view(id));
    }

    @POST
    @RolesAllowed(Role.ORGANIZER)
    @Operation(
            operationId = "createCampaign",
            summary = "Create a campaign",
            description = "`code-taken` (409) when the code is in use. The campaign is a draft: bookings "
                    + "need its activation, and its targets follow its definition until then.")
    @APIResponseSchema(value = CampaignView.class, responseCode = "201")
    @Conflicts
    public Response create(@NotNull @Valid CampaignRequest request) {
        CampaignView view = registry.create(request, caller.name());
        return Response.created(URI.create("/api/v1/campaigns/" + view.id()))
                .header(HttpHeaders.ETAG, Etag.of(view.version()))
                .entity(view)
                .build();
    }

    @PUT
    @Path("/{id}")
    @RolesAllowed(Role.ORGANIZER)
    @Operation(
            operationId = "changeCampaign",
            summary = "Change a campaign",
            description = "Replaces the whole campaign. The targets of an active campaign, with priorities "
                    + "and exclusions, stay until they are refreshed. `code-taken`, `campaign-closed` "
                    + "(409).")
    @APIResponseSchema(CampaignView.class)
    @Conflicts
    public Response change(
            @PathParam("id") UUID id,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @NotNull @Valid CampaignRequest request) {
        return shown(registry.change(id, Etag.expected(ifMatch), request, caller.name()));
    }

    @POST
    @Path("/{id}/activate")
    @RolesAllowed(Role.ORGANIZER)
    @Operation(
            operationId = "activateCampaign",
            summary = "Activate a campaign",
            description = "Has no body. A draft fixes its targets now; a closed campaign continues with its "
                    + "former targets. `campaign-status` (409) when it is active.")
    @APIResponseSchema(CampaignView.class)
    @Conflicts
    public Response activate(@PathParam("id") UUID id, @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
        return shown(registry.activate(id, Etag.expected(ifMatch), caller.name()));
    }

    @POST
    @Path("/{id}/close")
    @RolesAllowed(Role.ORGANIZER)
    @Operation(
            operationId = "closeCampaign",
            summary = "Close a campaign",
            description = "Has no body. Booked lectures stay and can be completed. `campaign-status` (409) "
                    + "when it is not active.")
    @APIResponseSchema(CampaignView.class)
    @Conflicts
    public Response close(@PathParam("id") UUID id, @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
        return shown(registry.close(id, Etag.expected(ifMatch), caller.name()));
    }

    @GET
    @Path("/{id}/targets/diff")
    @RolesAllowed({Role.ORGANIZER, Role.AUDITOR})
    @Operation(
            operationId = "compareCampaignTargets",
            summary = "Compare the targets with the present branches",
            description = "Branches that were added, archived or moved since the last refresh, and changes "
                    + "of the campaign's definition.")
    public TargetsDiff diff(@PathParam("id") UUID id) {
        return campaigns.diff(campaigns.view(id));
    }

    @POST
    @Path("/{id}/targets/refresh")
    @RolesAllowed(Role.ORGANIZER)
    @Operation(
            operationId = "refreshCampaignTargets",
            summary = "Refresh the targets of a campaign",
            description = "Has no body. The audit records the differences. `campaign-closed` (409).")
    @APIResponseSchema(CampaignView.class)
    @Conflicts
    public Response refresh(@PathParam("id") UUID id, @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
        return shown(registry.refresh(id, Etag.expected(ifMatch), caller.name()));
    }

    private static Response shown(CampaignView view) {
        return Response.ok(view)
                .header(HttpHeaders.ETAG, Etag.of(view.version()))
                .build();
    }
}
