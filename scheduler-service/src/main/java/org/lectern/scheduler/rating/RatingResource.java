package org.lectern.scheduler.rating;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.lectern.chassis.openapi.Conflicts;
import org.lectern.chassis.openapi.Example;
import org.lectern.chassis.problem.NotFound;
import org.lectern.scheduler.booking.BookingView;
import org.lectern.scheduler.booking.ReadScope;
import org.lectern.scheduler.security.Caller;
import org.lectern.scheduler.security.Role;

/** Ratings over HTTP. */
@Path("/api/v1/bookings/{id}/ratings")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Bookings")
class RatingResource {

    private final Ratings ratings;
    private final ReadScope scope;
    private final Caller caller;

    @Inject
    RatingResource(Ratings ratings, ReadScope scope, Caller caller) {
        this.ratings = ratings;
        this.scope = scope;
        this.caller = caller;
    }

    @GET
    @RolesAllowed({Role.ORGANIZER, Role.AUDITOR, Role.BRANCH})
    @Operation(
            operationId = "listRatings",
            summary = "Read the ratings of a lecture",
            description =
                    "Organizers and auditors read all, a branch those of its subtree. Lecturers read none, and no "
                            + "ranking uses them.")
    public RatingView.Ratings list(@PathParam("id") UUID id) {
        BookingView lecture = scope.find(id).orElseThrow(NotFound::new);
        return new RatingView.Ratings(ratings.of(id, scope.branches()), ratings.until(lecture));
    }

    @PUT
    @Path("/{branchId}")
    @RolesAllowed(Role.BRANCH)
    @Operation(
            operationId = "rateLecture",
            summary = "Rate a lecture",
            description =
                    "Only a branch that took part, as host or guest, and only a lecture that is recorded as held. A "
                            + "rating can be changed until `changeableUntil`; the same rating again has no effect.")
    @Conflicts(
            "The lecture is not recorded as held (`lecture-not-held`), or the time to rate is over (`rating-closed`)")
    @Example(name = "five", value = """
            {"stars": 5, "note": "讲得通俗易懂，村民反响很好"}""")
    public RatingView rate(
            @PathParam("id") UUID id, @PathParam("branchId") UUID branchId, @NotNull @Valid RatingRequest request) {
        return ratings.rate(id, branchId, scope.branches(), request, caller.name());
    }
}
