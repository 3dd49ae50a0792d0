package org.lectern.scheduler.acknowledgement;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.lectern.chassis.problem.NotFound;
import org.lectern.scheduler.booking.BookingSearch;
import org.lectern.scheduler.security.Role;

/** Which branches have acknowledged a booking. */
@Path("/api/v1/bookings/{id}/acknowledgements")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Bookings")
class AcknowledgementResource {

    private final Acknowledgements acknowledgements;
    private final BookingSearch bookings;

    @Inject
    AcknowledgementResource(Acknowledgements acknowledgements, BookingSearch bookings) {
        this.acknowledgements = acknowledgements;
        this.bookings = bookings;
    }

    /** Acknowledgements of the host and the guests of one booking. */
    @Schema(name = "BookingAcknowledgements")
    record WhoKnows(
            UUID bookingId,

            @Schema(description = "Whether host and all guests have acknowledged it as it was last told")
            boolean complete,

            List<BranchKnows> branches) {}

    @GET
    @RolesAllowed({Role.ORGANIZER, Role.AUDITOR})
    @Operation(
            operationId = "getBookingAcknowledgements",
            summary = "Which branches have acknowledged a booking",
            description = "The host and every guest. An acknowledgement is bound to what the branch was told: after a "
                    + "change that it is told of or a cancellation it has to come again. It is told by the "
                    + "notification service and arrives within a second or so.")
    public WhoKnows get(@PathParam("id") UUID id) {
        if (bookings.all(List.of(id)).isEmpty()) {
            throw new NotFound();
        }
        List<BranchKnows> branches = acknowledgements.of(id);
        return new WhoKnows(id, branches.stream().allMatch(BranchKnows::acknowledged), branches);
    }
}
