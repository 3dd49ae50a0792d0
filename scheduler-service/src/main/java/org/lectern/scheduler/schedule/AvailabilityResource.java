package org.lectern.scheduler.schedule;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.http.Etag;
import org.lectern.chassis.http.Parameters;
import org.lectern.chassis.openapi.Example;
import org.lectern.chassis.problem.InvalidRequest;
import org.lectern.scheduler.security.Role;

/** The availability of lecturers over HTTP. */
@Path("/api/v1/lecturers/{id}/availability")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(
        name = "Availability",
        description = "Availability of lecturers and opening hours of venues; search for free lecturers")
class AvailabilityResource {

    private final Availability availability;
    private final SecurityIdentity identity;

    @Inject
    AvailabilityResource(Availability availability, SecurityIdentity identity) {
        this.availability = availability;
        this.identity = identity;
    }

    @GET
    @RolesAllowed({Role.ORGANIZER, Role.AUDITOR})
    @Operation(
            operationId = "getLecturerAvailability",
            summary = "Read the availability of a lecturer",
            description =
                    "Windows, exceptions, blackouts and limits; with `from` and `to` also the free time. Auditors "
                            + "read neither the reasons of blackouts nor the notes of exceptions.")
    @APIResponseSchema(AvailabilityView.class)
    public Response get(
            @PathParam("id") UUID id,
            @Parameter(
                            description = "The begin of the free time (RFC 3339 with offset)",
                            example = "2026-12-01T00:00:00+08:00")
                    @QueryParam("from")
                    @Nullable
                    String from,
            @Parameter(
                            description = "The end of the free time; the maximum range is that of a search",
                            example = "2026-12-08T00:00:00+08:00")
                    @QueryParam("to")
                    @Nullable
                    String to) {
        if (from == null && to == null) {
            return shown(availability.of(id));
        }
        if (from == null || to == null) {
            throw new InvalidRequest(from == null ? "?from" : "?to", "time.with-offset");
        }
        return shown(availability.withFreeTime(
                id, Parameters.requiredTime("from", from), Parameters.requiredTime("to", to)));
    }

    @PUT
    @RolesAllowed(Role.ORGANIZER)
    @Operation(
            operationId = "changeLecturerAvailability",
            summary = "Set the availability of a lecturer",
            description = "Replaces the whole availability. Existing bookings stay unchanged. A make-up "
                    + "workday keeps the windows of its own weekday unless the calendar names another "
                    + "weekday.")
    @APIResponseSchema(AvailabilityView.class)
    @Example(name = "office-hours", value = """
                                                            {"zone": "Asia/Shanghai",
                                                             "weekly": [{"day": "MONDAY", "from": "08:30", "until": "11:30"},
                                                                        {"day": "MONDAY", "from": "14:00", "until": "17:30"}],
                                                             "exceptions": [{"date": "2026-12-31", "windows": [], "note": "年终总结"}],
                                                             "blackouts": [{"firstDay": "2026-12-20", "lastDay": "2026-12-24", "reason": "省里培训"}],
                                                             "limits": {"lecturesPerDay": 2, "lecturesPerWeek": 6, "noticeHours": 48}}""")
    public Response replace(
            @PathParam("id") UUID id,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @QueryParam("dryRun") @DefaultValue("false") boolean dryRun,
            @NotNull @Valid AvailabilityRequest request) {
        var view = availability.replace(id, Etag.expected(ifMatch), request, dryRun);
        return dryRun ? Response.ok(view).build() : shown(view);
    }

    /** Reasons of absences may be personal, such as an illness: only organizers, who enter them, read them. */
    private Response shown(AvailabilityView view) {
        return Response.ok(identity.hasRole(Role.ORGANIZER) ? view : view.withoutReasons())
                .header(HttpHeaders.ETAG, Etag.of(view.version()))
                .build();
    }
}
