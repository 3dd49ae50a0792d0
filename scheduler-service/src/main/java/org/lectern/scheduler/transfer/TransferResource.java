package org.lectern.scheduler.transfer;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.openapi.Conflicts;
import org.lectern.chassis.openapi.Example;
import org.lectern.scheduler.idempotency.Answers;
import org.lectern.scheduler.idempotency.IdempotencyKey;
import org.lectern.scheduler.security.Caller;
import org.lectern.scheduler.security.Role;

/** Transfers over HTTP. */
@Path("/api/v1/branches/{id}/transfer")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Many bookings at once")
class TransferResource {

    private static final String MERGED = """
            {"toBranchId": "019a1b6e-5a10-7c3e-8f01-2a6b6c1d0021", "reason": "两村合并"}""";

    private final TransferService service;
    private final Caller caller;

    @Inject
    TransferResource(TransferService service, Caller caller) {
        this.service = service;
        this.caller = caller;
    }

    @POST
    @RolesAllowed(Role.ORGANIZER)
    @Operation(
            operationId = "transferBranch",
            summary = "Give the bookings and requests of a branch to another",
            description = "All lectures that have not begun, hosted or joined, and all open requests. One transaction: "
                    + "all or nothing. The first branch gets a notice of the cancellation, the other one of the "
                    + "booking. To merge two branches, transfer and then archive the first.")
    @APIResponseSchema(TransferView.class)
    @Conflicts("Nothing was changed: some bookings cannot move (`changes-refused`; `refused` lists them "
            + "with the causes): leave them, or change them first")
    @Example(name = "two branches merge", value = MERGED)
    public Response transfer(
            @PathParam("id") UUID id,
            @HeaderParam(IdempotencyKey.HEADER) @Nullable String key,
            @QueryParam("dryRun") @DefaultValue("false") boolean dryRun,
            @NotNull @Valid TransferRequest request) {
        return dryRun
                ? Response.ok(service.rehearse(id, request, caller.name())).build()
                : Answers.response(service.transfer(IdempotencyKey.of(caller.name(), key), id, request));
    }
}
