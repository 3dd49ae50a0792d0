package org.lectern.scheduler.booking.web;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.http.Cursor;
import org.lectern.chassis.http.Page;
import org.lectern.chassis.problem.NotFound;
import org.lectern.scheduler.booking.ReadScope;
import org.lectern.scheduler.security.Role;

/** Lectures that a branch may join as a guest, over HTTP. */
@Path("/api/v1/branches/{id}/open-lectures")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Bookings")
class OpenLectureResource {

    private final OpenLectures lectures;
    private final ReadScope scope;

    @Inject
    OpenLectureResource(OpenLectures lectures, ReadScope scope) {
        this.lectures = lectures;
        this.scope = scope;
    }

    @GET
    @RolesAllowed({Role.ORGANIZER, Role.AUDITOR, Role.BRANCH})
    @Operation(
            operationId = "listOpenLectures",
            summary = "List lectures that a branch may join as a guest",
            description = "Lectures of active campaigns with `openToGuests`, with free seats, that the branch takes no "
                    + "part in and has time for; the next first. `POST /bookings/{id}/guests` joins one.")
    public Page<OpenLecture> list(
            @PathParam("id") UUID id,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit) {
        if (!scope.branches().map(own -> own.contains(id)).orElse(true)) {
            throw new NotFound();
        }
        return Page.of(
                lectures.of(id, Cursor.ofTime(cursor), limit + 1),
                limit,
                Function.identity(),
                lecture -> new Cursor(lecture.start().toInstant().toString(), lecture.id()));
    }
}
