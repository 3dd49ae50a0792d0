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
    record BookingAcknowledgements(
            UUID bookingId,

            @Schema(description = "Whether the host and all guests have acknowledged the version last announced")
            boolean complete,

            List<BranchAcknowledgement> branches) {}

    @GET
    @RolesAllowed({Role.ORGANIZER, Role.AUDITOR})
    @Operation(
            operationId = "getBookingAcknowledgements",
            summary = "Which branches have acknowledged a booking",
            description = "The host and every guest. An acknowledgement counts for the announced version "
                    + "only: a reschedule, a reassignment or a cancellation needs a new one. It arrives "
                    + "from the notification service within about a second.")
    public BookingAcknowledgements get(@PathParam("id") UUID id) {
        if (bookings.all(List.of(id)).isEmpty()) {
            throw new NotFound();
        }
        List<BranchAcknowledgement> branches = acknowledgements.of(id);
        return new BookingAcknowledgements(
                id, branches.stream().allMatch(BranchAcknowledgement::acknowledged), branches);
    }
}
