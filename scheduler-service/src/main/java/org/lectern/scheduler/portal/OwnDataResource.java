package org.lectern.scheduler.portal;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.LocalDate;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.http.Parameters;
import org.lectern.chassis.problem.InvalidRequest;
import org.lectern.chassis.problem.NotFound;
import org.lectern.scheduler.registry.lecturer.LecturerScope;
import org.lectern.scheduler.security.Caller;
import org.lectern.scheduler.security.Role;

/** A lecturer's own data over HTTP. Its lectures are at {@code /bookings}, within its scope. */
@Path("/api/v1/lecturers/me")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Lecturers")
class OwnDataResource {

    private static final int MOST_DAYS = 92;

    private final OwnData data;
    private final LecturerScope scope;
    private final Caller caller;

    @Inject
    OwnDataResource(OwnData data, LecturerScope scope, Caller caller) {
        this.data = data;
        this.scope = scope;
        this.caller = caller;
    }

    @GET
    @RolesAllowed(Role.LECTURER)
    @Operation(
            operationId = "getOwnProfile",
            summary = "Read the lecturer that the caller is",
            description = "Its lectures: `GET /bookings`, as a calendar `GET /bookings/export.ics`.")
    public OwnProfile profile() {
        return data.profile(own());
    }

    @GET
    @Path("/load")
    @RolesAllowed(Role.LECTURER)
    @Operation(
            operationId = "getOwnLoad",
            summary = "Read the own lectures by day and week, and the journeys between them",
            description = "With the limits that the lecturer has. At most 92 days.")
    public OwnLoad load(
            @Parameter(description = "The first day", example = "2026-12-01", required = true)
                    @QueryParam("from")
                    @Nullable
                    String from,
            @Parameter(description = "The last day", example = "2026-12-31", required = true)
                    @QueryParam("to")
                    @Nullable
                    String to) {
        LocalDate first = Parameters.date("from", from);
        LocalDate last = Parameters.date("to", to);
        if (last.isBefore(first) || first.plusDays(MOST_DAYS).isBefore(last)) {
            throw new InvalidRequest("?to", "timeline.range", MOST_DAYS);
        }
        return data.load(own(), first, last);
    }

    private UUID own() {
        return scope.own(caller).orElseThrow(NotFound::new);
    }
}
