package org.lectern.scheduler.schedule.proposal;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
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
import org.lectern.chassis.http.Etag;
import org.lectern.chassis.openapi.Conflicts;
import org.lectern.chassis.openapi.Example;
import org.lectern.chassis.problem.NotFound;
import org.lectern.scheduler.registry.lecturer.LecturerScope;
import org.lectern.scheduler.schedule.Availability;
import org.lectern.scheduler.schedule.AvailabilityChange;
import org.lectern.scheduler.schedule.AvailabilityView;
import org.lectern.scheduler.security.Caller;
import org.lectern.scheduler.security.Role;

/** The availability of the lecturer that the caller is, over HTTP. */
@Path("/api/v1/lecturers/me/availability")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Availability")
class OwnAvailabilityResource {

    private final Availability availability;
    private final ProposalService service;
    private final LecturerScope scope;
    private final Caller caller;

    @Inject
    OwnAvailabilityResource(Availability availability, ProposalService service, LecturerScope scope, Caller caller) {
        this.availability = availability;
        this.service = service;
        this.scope = scope;
        this.caller = caller;
    }

    @GET
    @RolesAllowed(Role.LECTURER)
    @Operation(operationId = "getOwnAvailability", summary = "Read the own availability")
    @APIResponseSchema(AvailabilityView.class)
    public Response get() {
        AvailabilityView view = availability.of(own());
        return Response.ok(view)
                .header(HttpHeaders.ETAG, Etag.of(view.version()))
                .build();
    }

    @POST
    @Path("/changes")
    @RolesAllowed(Role.LECTURER)
    @Operation(
            operationId = "changeOwnAvailability",
            summary = "Change the own availability, or propose the change",
            description = "A change that touches no booking takes effect at once (`EFFECTIVE`). One that touches "
                    + "bookings is stored as a proposal that organizers decide (`PROPOSED`); the same change "
                    + "is proposed once. `dryRun` names the bookings and stores nothing. `If-Match` is the "
                    + "version of the availability.")
    @APIResponseSchema(ChangeOutcome.class)
    @Conflicts("Too many proposals of the lecturer are open (`too-many-proposals-open`)")
    @Example(name = "days-away", value = """
            {"blackout": {"firstDay": "2026-12-20", "lastDay": "2026-12-24", "reason": "外出培训"}}""")
    public Response change(
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @QueryParam("dryRun") @DefaultValue("false") boolean dryRun,
            @NotNull @Valid AvailabilityChange change) {
        ChangeOutcome outcome = service.propose(own(), Etag.expected(ifMatch), change, dryRun, caller.name());
        AvailabilityView changed = outcome.availability();
        Response.ResponseBuilder answer = Response.ok(outcome);
        return dryRun || changed == null
                ? answer.build()
                : answer.header(HttpHeaders.ETAG, Etag.of(changed.version())).build();
    }

    @POST
    @Path("/proposals/{id}/withdraw")
    @RolesAllowed(Role.LECTURER)
    @Operation(
            operationId = "withdrawAvailabilityProposal",
            summary = "Withdraw a proposed change of the own availability",
            description = "Has no body.")
    @APIResponseSchema(ProposalView.class)
    @Conflicts("The proposal was decided or withdrawn (`proposal-not-open`)")
    public Response withdraw(@PathParam("id") UUID id, @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
        ProposalView view = service.withdraw(id, own(), Etag.expected(ifMatch), caller.name());
        return Response.ok(view)
                .header(HttpHeaders.ETAG, Etag.of(view.version()))
                .build();
    }

    private UUID own() {
        return scope.own(caller).orElseThrow(NotFound::new);
    }
}
