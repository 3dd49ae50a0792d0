package org.lectern.scheduler.schedule.travel;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
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
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.http.Cursor;
import org.lectern.chassis.http.Etag;
import org.lectern.chassis.http.Page;
import org.lectern.scheduler.security.Caller;
import org.lectern.scheduler.security.Role;

/** Known travel times over HTTP. */
@Path("/api/v1/travel-times")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Travel", description = "Travel times of lecturers between consecutive lectures")
class TravelTimeResource {

    private static final String PLACE = "A venue, or a branch: it stands for all its rooms (UUID)";

    private final TravelTimeRegistry registry;
    private final Caller caller;

    @Inject
    TravelTimeResource(TravelTimeRegistry registry, Caller caller) {
        this.registry = registry;
        this.caller = caller;
    }

    @GET
    @RolesAllowed({Role.ORGANIZER, Role.OPERATOR, Role.AUDITOR})
    @Operation(
            operationId = "listTravelTimes",
            summary = "List stored travel times",
            description =
                    "Other pairs are estimated from coordinates. Without coordinates no travel time " + "is required.")
    public Page<TravelTimeView> list(
            @Parameter(description = "Only pairs with this venue or branch") @QueryParam("placeId") @Nullable
                    UUID placeId,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit) {
        var found = registry.list(placeId, Cursor.of(cursor), limit + 1);
        return Page.of(
                found,
                limit,
                view -> view,
                view -> new Cursor(
                        view.place().id().toString(), view.otherPlace().id()));
    }

    @GET
    @Path("/{placeId}/{otherPlaceId}")
    @RolesAllowed({Role.ORGANIZER, Role.OPERATOR, Role.AUDITOR})
    @Operation(
            operationId = "getTravelTime",
            summary = "Read a travel time",
            description = "In either order; `not-found` for a pair that is only estimated.")
    @APIResponseSchema(TravelTimeView.class)
    public Response get(
            @Parameter(description = PLACE) @PathParam("placeId") UUID placeId,
            @Parameter(description = PLACE) @PathParam("otherPlaceId") UUID otherPlaceId) {
        return shown(registry.view(placeId, otherPlaceId));
    }

    @PUT
    @Path("/{placeId}/{otherPlaceId}")
    @RolesAllowed({Role.ORGANIZER, Role.OPERATOR})
    @Operation(
            operationId = "setTravelTime",
            summary = "Set a travel time",
            description = "Counts for lectures that are booked, rescheduled or reassigned from now on, in "
                    + "both directions. Existing bookings stay. A time between two venues takes "
                    + "precedence over venue and branch, and that over two branches.")
    @APIResponseSchema(TravelTimeView.class)
    public Response set(
            @Parameter(description = PLACE) @PathParam("placeId") UUID placeId,
            @Parameter(description = PLACE) @PathParam("otherPlaceId") UUID otherPlaceId,
            @Parameter(description = "The ETag of the last read; not needed for a new pair")
                    @HeaderParam(HttpHeaders.IF_MATCH)
                    @Nullable
                    String ifMatch,
            @NotNull @Valid TravelTimeRequest request) {
        int expected = ifMatch == null ? 0 : Etag.expected(ifMatch);
        return shown(registry.set(placeId, otherPlaceId, expected, request, caller.name()));
    }

    @DELETE
    @Path("/{placeId}/{otherPlaceId}")
    @RolesAllowed({Role.ORGANIZER, Role.OPERATOR})
    @Operation(
            operationId = "forgetTravelTime",
            summary = "Delete a travel time",
            description = "The pair is estimated from coordinates again; existing bookings stay.")
    @APIResponse(responseCode = "204", description = "Deleted")
    public void forget(
            @Parameter(description = PLACE) @PathParam("placeId") UUID placeId,
            @Parameter(description = PLACE) @PathParam("otherPlaceId") UUID otherPlaceId,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
        registry.forget(placeId, otherPlaceId, Etag.expected(ifMatch));
    }

    private static Response shown(TravelTimeView view) {
        return Response.ok(view)
                .header(HttpHeaders.ETAG, Etag.of(view.version()))
                .build();
    }
}
