package org.lectern.notification.intake.review;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.http.Cursor;
import org.lectern.chassis.http.Page;
import org.lectern.chassis.http.Parameters;
import org.lectern.notification.intake.HeldEvents;
import org.lectern.notification.intake.HeldView;
import org.lectern.notification.security.Role;

/** Lists held events. */
@RunOnVirtualThread
@Path("/api/v1/held-events")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Quarantine", description = "Records from Kafka that could not be processed, and held events")
class HeldResource {

    private final HeldEvents held;

    @Inject
    HeldResource(HeldEvents held) {
        this.held = held;
    }

    @GET
    @RolesAllowed({Role.OPERATOR, Role.AUDITOR})
    @Operation(
            operationId = "listHeldEvents",
            summary = "List held events by booking and request, oldest first",
            description = "A missing version usually arrives by itself. Otherwise it is in the quarantine "
                    + "(`quarantineId`), or the scheduler must publish it again.")
    @APIResponse(responseCode = "200", description = "One page of bookings and requests")
    public Page<HeldView> list(
            @QueryParam("cursor") @Nullable String cursor, @QueryParam("limit") @Nullable String limit) {
        int most = Parameters.limit(limit);
        return Page.of(
                held.list(Cursor.of(cursor), most + 1),
                most,
                view -> view,
                view -> new Cursor(
                        view.since().toString(),
                        view.bookingId() == null ? Objects.requireNonNull(view.requestId()) : view.bookingId()));
    }
}
