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
            summary = "List the calendar addresses of a lecturer, without their tokens",
            description = "404 for a lecturer without any notice to a branch.")
    @APIResponse(responseCode = "200", description = "The addresses, on one page")
    public Page<CalendarFeedView> list(@PathParam("lecturerId") UUID lecturerId) {
        return new Page<>(feeds.ofLecturer(lecturerId), null);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Role.ORGANIZER)
    @Operation(
            operationId = "addLecturerCalendarFeed",
            summary = "Create a secret address for a lecturer's calendar",
            description = "The calendar shows the lecturer's announced bookings; reassigned lectures appear "
                    + "as cancelled. Only this response shows the address.")
    @APIResponseSchema(value = CalendarFeedView.class, responseCode = "201", responseDescription = "Created")
    @Conflicts("The maximum number is reached (`too-many-feeds`)")
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
            summary = "Revoke a calendar address",
            description = "The address answers 404 from now on. Calendars keep what they have read before.")
    @APIResponse(responseCode = "204", description = "Revoked")
    public void revoke(@PathParam("lecturerId") UUID lecturerId, @PathParam("feedId") UUID feedId) {
        feeds.revokeOfLecturer(lecturerId, feedId, caller.name());
    }
}
