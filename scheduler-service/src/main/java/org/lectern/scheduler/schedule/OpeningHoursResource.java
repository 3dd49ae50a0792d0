package org.lectern.scheduler.schedule;

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
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.http.Etag;
import org.lectern.chassis.openapi.Example;
import org.lectern.scheduler.security.Role;

/** Opening hours of venues over HTTP. */
@Path("/api/v1/venues/{id}/opening-hours")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Availability")
class OpeningHoursResource {

    private final Availability availability;

    @Inject
    OpeningHoursResource(Availability availability) {
        this.availability = availability;
    }

    @GET
    @RolesAllowed({Role.ORGANIZER, Role.AUDITOR, Role.BRANCH})
    @Operation(operationId = "getOpeningHours", summary = "Read the opening hours of a venue")
    @APIResponseSchema(OpeningHoursView.class)
    public Response get(@PathParam("id") UUID id) {
        return shown(availability.hoursOf(id));
    }

    @PUT
    @RolesAllowed(Role.ORGANIZER)
    @Operation(
            operationId = "changeOpeningHours",
            summary = "Set the opening hours of a venue",
            description = "Replaces all opening hours. A lecture must be within them; setup and teardown "
                    + "may be outside. Existing bookings stay unchanged.")
    @APIResponseSchema(OpeningHoursView.class)
    @Example(name = "evenings", value = """
                                                            {"weekly": [{"day": "FRIDAY", "from": "14:00", "until": "21:00"}],
                                                             "exceptions": [{"date": "2026-12-31", "windows": []}]}""")
    public Response replace(
            @PathParam("id") UUID id,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @QueryParam("dryRun") @DefaultValue("false") boolean dryRun,
            @NotNull @Valid OpeningHoursRequest request) {
        var view = availability.replaceHours(id, Etag.expected(ifMatch), request, dryRun);
        return dryRun ? Response.ok(view).build() : shown(view);
    }

    private static Response shown(OpeningHoursView view) {
        return Response.ok(view)
                .header(HttpHeaders.ETAG, Etag.of(view.version()))
                .build();
    }
}
