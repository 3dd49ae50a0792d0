package org.lectern.scheduler.planning.web;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.http.Cursor;
import org.lectern.chassis.http.Etag;
import org.lectern.chassis.http.Page;
import org.lectern.chassis.openapi.Conflicts;
import org.lectern.chassis.openapi.Example;
import org.lectern.scheduler.idempotency.Answers;
import org.lectern.scheduler.idempotency.IdempotencyKey;
import org.lectern.scheduler.planning.draft.PlanRequest;
import org.lectern.scheduler.planning.draft.PlanState;
import org.lectern.scheduler.security.Caller;
import org.lectern.scheduler.security.Role;

/** Plans over HTTP. */
@Path("/api/v1/plans")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(
        name = "Plans",
        description = "All lectures that a campaign still needs, planned at once; and repairs of its bookings")
class PlanResource {

    private static final String REQUEST = """
            {"campaignId": "0198e6a0-5d2c-7c3e-9c60-0b0d1c2d3e4f", "name": "First plan", "seconds": 60,
             "weights": {"day": 90}, "guests": {"most": 2, "minutes": 30}}""";

    private static final String RESCUE = """
            {"campaignId": "0198e6a0-5d2c-7c3e-9c60-0b0d1c2d3e4f", "purpose": "RESCUE", "seconds": 5,
             "gone": [{"lecturerId": "0198e6a0-5d2c-7c3e-9c60-0b0d1c2d3e50", "from": "2026-12-10", "until": "2026-12-12"}]}""";

    private static final String EDIT = """
            {"changes": [
                {"number": 17, "action": "MOVE", "start": "2026-12-11T14:00:00+08:00"},
                {"number": 18, "action": "PIN"}]}""";

    private final PlanService service;
    private final PlanReader reader;
    private final Edits edits;
    private final Outlooks outlooks;
    private final Caller caller;

    @Inject
    PlanResource(PlanService service, PlanReader reader, Edits edits, Outlooks outlooks, Caller caller) {
        this.service = service;
        this.reader = reader;
        this.edits = edits;
        this.outlooks = outlooks;
        this.caller = caller;
    }

    @GET
    @RolesAllowed({Role.ORGANIZER, Role.AUDITOR})
    @Operation(operationId = "listPlans", summary = "List plans, the newest first")
    public Page<PlanView> list(
            @Parameter(description = "Only plans of this campaign") @QueryParam("campaignId") @Nullable UUID campaignId,
            @QueryParam("state") @Nullable PlanState state,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit) {
        var found = reader.list(campaignId, state, Cursor.ofTime(cursor), limit + 1);
        return Page.of(
                found, limit, view -> view, view -> new Cursor(view.createdAt().toString(), view.id()));
    }

    @GET
    @Path("/{id}")
    @RolesAllowed({Role.ORGANIZER, Role.AUDITOR})
    @Operation(operationId = "getPlan", summary = "Read a plan")
    @APIResponseSchema(PlanView.class)
    public Response get(@PathParam("id") UUID id) {
        return shown(reader.get(id));
    }

    @GET
    @Path("/{id}/progress")
    @RolesAllowed({Role.ORGANIZER, Role.AUDITOR})
    @Operation(
            operationId = "getPlanProgress",
            summary = "Read the progress of a search or publication",
            description = "Small; meant to be read each second while the plan is QUEUED, SEARCHING or PUBLISHING.")
    public ProgressView progress(@PathParam("id") UUID id) {
        return reader.progress(id);
    }

    @GET
    @Path("/{id}/log")
    @RolesAllowed({Role.ORGANIZER, Role.AUDITOR})
    @Operation(operationId = "listPlanLog", summary = "List what happened to a plan, the oldest first")
    public Page<LogEntry> log(
            @PathParam("id") UUID id,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit) {
        return Page.of(reader.log(id, cursor, limit + 1), limit, LogEntry::of, PlanReader::position);
    }

    @POST
    @RolesAllowed(Role.ORGANIZER)
    @Operation(
            operationId = "createPlan",
            summary = "Plan a campaign",
            description =
                    "A worker searches for all lectures that the active campaign still needs: lecturer, venue, day "
                            + "and time that keep all rules of booking. The plan is a draft that occupies nothing until it is "
                            + "published. A RESCUE repairs the bookings that a dropped lecturer, venue or day concerns "
                            + "(`plan-empty` (409) if there are none); another booking moves only if one of them finds no room "
                            + "otherwise. A WHAT_IF may have invented lecturers and more days, and "
                            + "cannot be published.")
    @APIResponseSchema(value = PlanView.class, responseCode = "201")
    @Conflicts
    @Example(name = "plan", value = REQUEST)
    @Example(name = "rescue", value = RESCUE)
    public Response create(
            @HeaderParam(IdempotencyKey.HEADER) @Nullable String key, @NotNull @Valid PlanRequest request) {
        return Answers.response(service.create(IdempotencyKey.of(caller.name(), key), request));
    }

    @POST
    @Path("/{id}/replan")
    @RolesAllowed(Role.ORGANIZER)
    @Operation(
            operationId = "replan",
            summary = "Search again, with the pins kept",
            description = "Pinned and excluded items stay; all others are planned again, from the current data. "
                    + "`plan-busy`, `plan-published` (409).")
    @APIResponseSchema(PlanView.class)
    @Conflicts
    public Response replan(
            @PathParam("id") UUID id,
            @HeaderParam(IdempotencyKey.HEADER) @Nullable String key,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @NotNull @Valid SearchAgain request) {
        return Answers.response(
                service.search(IdempotencyKey.of(caller.name(), key), id, Etag.expected(ifMatch), true, request));
    }

    @POST
    @Path("/{id}/continue")
    @RolesAllowed(Role.ORGANIZER)
    @Operation(
            operationId = "continuePlan",
            summary = "Search on from the present items",
            description = "`plan-busy`, `plan-published` (409).")
    @APIResponseSchema(PlanView.class)
    @Conflicts
    public Response goOn(
            @PathParam("id") UUID id,
            @HeaderParam(IdempotencyKey.HEADER) @Nullable String key,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @NotNull @Valid SearchAgain request) {
        return Answers.response(
                service.search(IdempotencyKey.of(caller.name(), key), id, Etag.expected(ifMatch), false, request));
    }

    @POST
    @Path("/{id}/cancel")
    @RolesAllowed(Role.ORGANIZER)
    @Operation(
            operationId = "cancelPlan",
            summary = "Stop the search or the publication",
            description =
                    "Has no body. The best plan that the search found so far stays. A publication that still holds "
                            + "slots releases them; one that confirms continues. Otherwise nothing happens.")
    @APIResponseSchema(PlanView.class)
    public Response cancel(@PathParam("id") UUID id) {
        return shown(service.cancel(id, caller.name()));
    }

    @POST
    @Path("/{id}/edit")
    @RolesAllowed(Role.ORGANIZER)
    @Operation(
            operationId = "editPlan",
            summary = "Change a plan by hand",
            description =
                    "All changes or none. `plan-edit-refused` (409) names the obstacles of a change that breaks a "
                            + "rule. A dry run shows what the changes would cost. `plan-busy`, `plan-published`, `plan-not-ready` "
                            + "(409).")
    @APIResponseSchema(EditView.class)
    @Conflicts
    @Example(EDIT)
    public Response edit(
            @PathParam("id") UUID id,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @QueryParam("dryRun") @DefaultValue("false") boolean dryRun,
            @NotNull @Valid EditRequest request) {
        EditView edited = edits.edit(id, Etag.expected(ifMatch), request, dryRun, caller.name());
        return Response.ok(edited)
                .header(HttpHeaders.ETAG, Etag.of(edited.plan().version()))
                .build();
    }

    @POST
    @Path("/{id}/publish")
    @RolesAllowed(Role.ORGANIZER)
    @Operation(
            operationId = "publishPlan",
            summary = "Publish a plan",
            description = "A worker holds every slot and then confirms all holds; branches are notified only then. If "
                    + "booking refuses a lecture, nothing is booked unless the request says so, and the refused items "
                    + "name the cause. A RESCUE changes its bookings in one transaction. `plan-busy`, `plan-published`, "
                    + "`plan-not-ready`, `plan-hypothetical`, `plan-empty` (409).")
    @APIResponseSchema(PlanView.class)
    @Conflicts
    public Response publish(
            @PathParam("id") UUID id,
            @HeaderParam(IdempotencyKey.HEADER) @Nullable String key,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @NotNull @Valid PublishRequest request) {
        return Answers.response(
                service.publish(IdempotencyKey.of(caller.name(), key), id, Etag.expected(ifMatch), request));
    }

    @POST
    @Path("/{id}/check")
    @RolesAllowed(Role.ORGANIZER)
    @Operation(
            operationId = "checkPlan",
            summary = "Rehearse the publication of a plan",
            description = "Has no body. Books in transactions that are rolled back: what booking would refuse now, and "
                    + "which branches would be notified. `plan-busy`, `plan-published`, `plan-not-ready`, "
                    + "`plan-hypothetical` (409).")
    @Conflicts
    public OutlookView check(@PathParam("id") UUID id) {
        return outlooks.of(id, caller.name());
    }

    @DELETE
    @Path("/{id}")
    @RolesAllowed(Role.ORGANIZER)
    @Operation(
            operationId = "deletePlan",
            summary = "Delete a plan",
            description = "Lectures that it booked stay. `plan-busy` (409).")
    @APIResponse(responseCode = "204", description = "It is deleted")
    @Conflicts
    public void delete(@PathParam("id") UUID id, @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
        service.delete(id, Etag.expected(ifMatch));
    }

    private static Response shown(PlanView view) {
        return Response.ok(view)
                .header(HttpHeaders.ETAG, Etag.of(view.version()))
                .build();
    }
}
