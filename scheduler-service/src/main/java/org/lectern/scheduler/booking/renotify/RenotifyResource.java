package org.lectern.scheduler.booking.renotify;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
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

/** Telling branches again over HTTP. */
@Path("/api/v1/bookings/renotify")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Bookings")
class RenotifyResource {

    private final RenotifyService service;
    private final Caller caller;

    @Inject
    RenotifyResource(RenotifyService service, Caller caller) {
        this.service = service;
        this.caller = caller;
    }

    @POST
    @RolesAllowed(Role.ORGANIZER)
    @Operation(
            operationId = "renotifyBranches",
            summary = "Tell branches again what was renamed or moved",
            description = "For upcoming lectures that branches know with another title, lecturer or place than "
                    + "they have now (`GET /bookings?outdated=true`): one version, one event and one alert each. The "
                    + "branches acknowledge again, and their calendars follow. At most 200 a call; `more` says whether "
                    + "others are left.")
    @APIResponseSchema(RenotifyResult.class)
    @Conflicts("No branch was notified: a booking changed at the same moment (`preview-stale`); repeat the call")
    @Example(name = "a venue moved", value = """
            {"venueId": "019a1b6e-5a10-7c3e-8f01-2a6b6c1d0003", "reason": "文化礼堂迁至新址"}""")
    public Response renotify(
            @HeaderParam(IdempotencyKey.HEADER) @Nullable String key, @NotNull @Valid RenotifyRequest request) {
        return Answers.response(service.run(IdempotencyKey.of(caller.name(), key), request));
    }
}
