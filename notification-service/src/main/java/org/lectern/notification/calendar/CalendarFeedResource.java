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
import org.lectern.notification.directory.Scope;
import org.lectern.notification.security.Caller;
import org.lectern.notification.security.Role;

/** Manages calendar feeds of a branch or a lecturer. */
@RunOnVirtualThread
@Path("/api/v1/{recipients: branches|lecturers}/{recipientId}/calendar-feeds")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Calendars", description = "Calendar subscriptions by secret, revocable addresses")
class CalendarFeedResource {

    private final CalendarFeeds feeds;
    private final Caller caller;

    @Inject
    CalendarFeedResource(CalendarFeeds feeds, Caller caller) {
        this.feeds = feeds;
        this.caller = caller;
    }

    @GET
    @RolesAllowed({Role.ORGANIZER, Role.OPERATOR, Role.BRANCH, Role.LECTURER, Role.AUDITOR})
    @Operation(
            operationId = "listCalendarFeeds",
            summary = "List the calendar addresses of a {recipient}, without their tokens",
            description = "Revoked addresses are not listed.")
    @APIResponse(responseCode = "200", description = "The addresses, on one page")
    public Page<CalendarFeedView> list(
            @PathParam("recipients") String recipients, @PathParam("recipientId") UUID recipientId) {
        return new Page<>(feeds.of(Scope.of(caller, recipients), recipientId), null);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.ORGANIZER, Role.BRANCH, Role.LECTURER})
    @Operation(
            operationId = "addCalendarFeed",
            summary = "Create a secret address for the calendar of a {recipient}",
            description = "Every holder of the address can read the calendar without a login, in the language of the "
                    + "{recipient}. Only this "
                    + "response shows it. Create one address per use, so that each can be revoked "
                    + "alone.")
    @APIResponseSchema(value = CalendarFeedView.class, responseCode = "201", responseDescription = "Created")
    @Conflicts("The maximum number is reached (`too-many-feeds`)")
    public Response add(
            @PathParam("recipients") String recipients,
            @PathParam("recipientId") UUID recipientId,
            @Nullable NewFeed wanted) {
        return Response.status(Response.Status.CREATED)
                .entity(feeds.add(Scope.of(caller, recipients), recipientId, NewFeed.labelOf(wanted), caller.name()))
                .build();
    }

    @DELETE
    @Path("/{feedId}")
    @RolesAllowed({Role.ORGANIZER, Role.OPERATOR, Role.BRANCH, Role.LECTURER})
    @Operation(
            operationId = "revokeCalendarFeed",
            summary = "Revoke a calendar address",
            description = "The address answers 404 from now on. Calendars keep what they have read before.")
    @APIResponse(responseCode = "204", description = "Revoked")
    public void revoke(
            @PathParam("recipients") String recipients,
            @PathParam("recipientId") UUID recipientId,
            @PathParam("feedId") UUID feedId) {
        feeds.revoke(Scope.of(caller, recipients), recipientId, feedId, caller.name());
    }
}
