package org.lectern.scheduler.schedule.proposal;

import io.quarkus.security.identity.SecurityIdentity;
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
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.http.Cursor;
import org.lectern.chassis.http.Etag;
import org.lectern.chassis.http.Page;
import org.lectern.chassis.openapi.Conflicts;
import org.lectern.chassis.openapi.Example;
import org.lectern.chassis.problem.NotFound;
import org.lectern.scheduler.registry.lecturer.LecturerScope;
import org.lectern.scheduler.security.Caller;
import org.lectern.scheduler.security.Role;

/** Proposed changes of availability over HTTP. A lecturer reads its own. */
@Path("/api/v1/availability-proposals")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Availability")
class ProposalResource {

    private final ProposalService service;
    private final Proposals proposals;
    private final LecturerScope scope;
    private final Caller caller;
    private final SecurityIdentity identity;

    @Inject
    ProposalResource(
            ProposalService service,
            Proposals proposals,
            LecturerScope scope,
            Caller caller,
            SecurityIdentity identity) {
        this.service = service;
        this.proposals = proposals;
        this.scope = scope;
        this.caller = caller;
        this.identity = identity;
    }

    @GET
    @RolesAllowed({Role.ORGANIZER, Role.AUDITOR, Role.LECTURER})
    @Operation(
            operationId = "listAvailabilityProposals",
            summary = "List proposed changes of availability",
            description = "Open ones the oldest first, all others the newest first. A lecturer reads its own. Auditors "
                    + "read no reasons. Decided ones are kept for a year (`lectern.availability-proposals.retention`).")
    public Page<ProposalView> list(
            @QueryParam("state") @Nullable ProposalState state,
            @QueryParam("lecturerId") @Nullable UUID lecturerId,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit) {
        var found = proposals.list(state, within(lecturerId), Cursor.ofTime(cursor), limit + 1);
        return Page.of(
                found, limit, this::shown, each -> new Cursor(each.proposedAt().toString(), each.id()));
    }

    @GET
    @Path("/{id}")
    @RolesAllowed({Role.ORGANIZER, Role.AUDITOR, Role.LECTURER})
    @Operation(operationId = "getAvailabilityProposal", summary = "Read a proposed change of availability")
    @APIResponseSchema(ProposalView.class)
    public Response get(@PathParam("id") UUID id) {
        return answer(shown(proposals.find(id, within(null)).orElseThrow(NotFound::new)));
    }

    @POST
    @Path("/{id}/accept")
    @RolesAllowed(Role.ORGANIZER)
    @Operation(
            operationId = "acceptAvailabilityProposal",
            summary = "Accept a proposed change of availability",
            description =
                    "Has no body. The availability changes as if an organizer had changed it. Bookings stay as they "
                            + "are; those that no longer fit are named in `consequences`, with `dryRun` before the "
                            + "decision. Find substitutes by `POST /bookings/bulk/preview`.")
    @APIResponseSchema(ProposalView.class)
    @Conflicts("The proposal was decided or withdrawn (`proposal-not-open`)")
    public Response accept(
            @PathParam("id") UUID id,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @QueryParam("dryRun") @DefaultValue("false") boolean dryRun) {
        ProposalView view = service.accept(id, Etag.expected(ifMatch), dryRun, caller.name());
        return dryRun ? Response.ok(view).build() : answer(view);
    }

    @POST
    @Path("/{id}/refuse")
    @RolesAllowed(Role.ORGANIZER)
    @Operation(
            operationId = "refuseAvailabilityProposal",
            summary = "Refuse a proposed change of availability",
            description = "The lecturer reads the reason. The availability stays.")
    @APIResponseSchema(ProposalView.class)
    @Conflicts("The proposal was decided or withdrawn (`proposal-not-open`)")
    @Example(name = "no-substitute", value = """
            {"reason": "这几天的宣讲已无人可替，请联系我们商量"}""")
    public Response refuse(
            @PathParam("id") UUID id,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @NotNull @Valid RefuseProposal refusal) {
        return answer(service.refuse(id, Etag.expected(ifMatch), refusal.reason(), caller.name()));
    }

    private static Response answer(ProposalView view) {
        return Response.ok(view)
                .header(HttpHeaders.ETAG, Etag.of(view.version()))
                .build();
    }

    /** @throws NotFound when a lecturer asks for another one */
    private @Nullable UUID within(@Nullable UUID wanted) {
        if (caller.confinedToLecturer().isEmpty()) {
            return wanted;
        }
        UUID own = scope.own(caller).orElseThrow(NotFound::new);
        if (wanted != null && !wanted.equals(own)) {
            throw new NotFound();
        }
        return own;
    }

    /** Reasons may be personal: those who decide and the lecturer read them. */
    private ProposalView shown(ProposalView view) {
        boolean known =
                identity.hasRole(Role.ORGANIZER) || caller.confinedToLecturer().isPresent();
        return known ? view : view.withoutReasons();
    }
}
