package org.lectern.notification.calendar;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.http.Page;
import org.lectern.chassis.openapi.Conflicts;
import org.lectern.notification.security.Caller;
import org.lectern.notification.security.Role;

/** Manages calendar feeds of a lecturer. Organizers create them and pass them on. */
@RunOnVirtualThread
@Path("/api/v1/lecturers/{lecturerId}/calendar-feeds")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Calendars")
class LecturerFeedResource {

    private final CalendarFeeds feeds;
    private final Caller caller;

    @Inject
    LecturerFeedResource(CalendarFeeds feeds, Caller caller) {
        this.feeds = feeds;
        this.caller = caller;
    }

    @GET
    @RolesAllowed({Role.ORGANIZER, Role.OPERATOR, Role.AUDITOR})
    @Operation(
            operationId = "listLecturerCalendarFeeds",
            summary = "The addresses of a lecturer's calendar, without their tokens",
            description = "404 for a lecturer of whom no branch was ever told.")
    @APIResponse(responseCode = "200", description = "The addresses; there are few, so there is one page only")
    public Page<CalendarFeedView> list(@PathParam("lecturerId") UUID lecturerId) {
        return new Page<>(feeds.ofLecturer(lecturerId), null);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Role.ORGANIZER)
    @Operation(
            operationId = "addLecturerCalendarFeed",
            summary = "Makes a secret address to subscribe to a lecturer's calendar",
            description = "It shows what branches were told of the lecturer's bookings; what another has taken over is "
                    + "shown as cancelled. This answer is the only one that shows the address.")
    @APIResponseSchema(value = CalendarFeedView.class, responseCode = "201", responseDescription = "Made")
    @Conflicts("There are as many as there may be (`too-many-feeds`)")
    public Response add(@PathParam("lecturerId") UUID lecturerId, @Nullable NewFeed wanted) {
        return Response.status(Response.Status.CREATED)
                .entity(feeds.addToLecturer(
                        lecturerId, NewFeed.localeOf(wanted), NewFeed.labelOf(wanted), caller.name()))
                .build();
    }

    @DELETE
    @Path("/{feedId}")
    @RolesAllowed({Role.ORGANIZER, Role.OPERATOR})
    @Operation(
            operationId = "revokeLecturerCalendarFeed",
            summary = "Revokes an address: from now on it answers 404",
            description = "What calendars have fetched before stays with them.")
    @APIResponse(responseCode = "204", description = "Revoked")
    public void revoke(@PathParam("lecturerId") UUID lecturerId, @PathParam("feedId") UUID feedId) {
        feeds.revokeOfLecturer(lecturerId, feedId, caller.name());
    }
}
