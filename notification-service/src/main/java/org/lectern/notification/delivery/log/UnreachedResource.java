package org.lectern.notification.delivery.log;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.lectern.chassis.http.Page;
import org.lectern.notification.security.Role;

/** Lists branches that were not reached. */
@RunOnVirtualThread
@Path("/api/v1/bookings/{bookingId}/unreached")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "DeliveryLog")
class UnreachedResource {

    private final Unreached unreached;

    @Inject
    UnreachedResource(Unreached unreached) {
        this.unreached = unreached;
    }

    @GET
    @RolesAllowed({Role.ORGANIZER, Role.OPERATOR, Role.AUDITOR})
    @Operation(
            operationId = "listUnreached",
            summary = "List the branches that were not reached",
            description = "By the newest notice of each branch: no channel has delivered it and the branch "
                    + "has not read it. Empty when all branches were reached, and for a booking without "
                    + "notices.")
    @APIResponse(responseCode = "200", description = "The branches, on one page")
    public Page<UnreachedRecipient> list(@PathParam("bookingId") UUID bookingId) {
        return new Page<>(unreached.of(bookingId), null);
    }
}
