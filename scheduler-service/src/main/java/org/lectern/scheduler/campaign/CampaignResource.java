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
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.http.Cursor;
import org.lectern.chassis.http.Etag;
import org.lectern.chassis.http.Page;
import org.lectern.scheduler.security.Caller;
import org.lectern.scheduler.security.Role;

/** Campaigns over HTTP. */
@Path("/api/v1/campaigns")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Campaigns", description = "Which topics must reach which branches by when, and how far that has come")
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
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = CampaignView.class)))
    public Response get(@PathParam("id") UUID id) {
        return shown(campaigns.view(id));
    }

    @POST
    @RolesAllowed(Role.ORGANIZER)
    @Operation(
            operationId = "createCampaign",
            summary = "Draft a campaign",
            description = "`code-taken` (409) when another one has the code. Nothing can be booked for it before it is "
                    + "activated; until then its targets follow what it says.")
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = CampaignView.class)))
    @APIResponse(responseCode = "409", ref = "Problem409")
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
            description =
                    "Replaces it whole. Of an active one the targets stay as they were taken, also those that come "
                            + "first or are excluded, until they are taken anew. `code-taken`, `campaign-closed` (409).")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = CampaignView.class)))
    @APIResponse(responseCode = "409", ref = "Problem409")
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
            summary = "Let lectures be booked for a campaign",
            description = "Has no body. A draft takes its targets now; one that was closed goes on with those it had. "
                    + "`campaign-status` (409) when it is active.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = CampaignView.class)))
    @APIResponse(responseCode = "409", ref = "Problem409")
    public Response activate(@PathParam("id") UUID id, @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
        return shown(registry.activate(id, Etag.expected(ifMatch), caller.name()));
    }

    @POST
    @Path("/{id}/close")
    @RolesAllowed(Role.ORGANIZER)
    @Operation(
            operationId = "closeCampaign",
            summary = "Let nothing more be booked for a campaign",
            description =
                    "Has no body. Lectures that are booked stay, and can be recorded. `campaign-status` (409) when it "
                            + "is not active.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = CampaignView.class)))
    @APIResponse(responseCode = "409", ref = "Problem409")
    public Response close(@PathParam("id") UUID id, @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
        return shown(registry.close(id, Etag.expected(ifMatch), caller.name()));
    }

    @GET
    @Path("/{id}/targets/diff")
    @RolesAllowed({Role.ORGANIZER, Role.AUDITOR})
    @Operation(
            operationId = "compareCampaignTargets",
            summary = "Read what would be different if the targets were taken now",
            description = "Branches that were added, archived or moved since, and what was changed about the campaign.")
    public TargetsDiff diff(@PathParam("id") UUID id) {
        return campaigns.diff(campaigns.view(id));
    }

    @POST
    @Path("/{id}/targets/refresh")
    @RolesAllowed(Role.ORGANIZER)
    @Operation(
            operationId = "takeCampaignTargets",
            summary = "Take the targets anew",
            description = "Has no body. What is different about them stands in the audit. `campaign-closed` (409).")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = CampaignView.class)))
    @APIResponse(responseCode = "409", ref = "Problem409")
    public Response refresh(@PathParam("id") UUID id, @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
        return shown(registry.refresh(id, Etag.expected(ifMatch), caller.name()));
    }

    private static Response shown(CampaignView view) {
        return Response.ok(view)
                .header(HttpHeaders.ETAG, Etag.of(view.version()))
                .build();
    }
}
