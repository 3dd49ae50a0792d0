package org.lectern.notification.delivery;

import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.lectern.notification.page.Cursor;
import org.lectern.notification.page.Page;
import org.lectern.notification.page.Parameters;
import org.lectern.notification.problem.InvalidRequest;
import org.lectern.notification.problem.NotFound;
import org.lectern.notification.security.Role;

/** The log of deliveries. */
@Path("/api/v1/deliveries")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Deliveries", description = "What became of each notice on each channel")
class DeliveryResource {

    private final Deliveries deliveries;

    @Inject
    DeliveryResource(Deliveries deliveries) {
        this.deliveries = deliveries;
    }

    @GET
    @RolesAllowed({Role.OPERATOR, Role.AUDITOR})
    @Operation(operationId = "listDeliveries", summary = "Deliveries, newest first")
    @APIResponse(responseCode = "200", description = "One page of deliveries")
    public Page<DeliveryView> list(
            @QueryParam("branchId") @Nullable String branchId,
            @QueryParam("bookingId") @Nullable String bookingId,
            @Parameter(description = "What was told of a lecture request; instead of bookingId")
                    @QueryParam("requestId")
                    @Nullable
                    String requestId,
            @Parameter(schema = @Schema(implementation = DeliveryState.class)) @QueryParam("state") @Nullable
                    String state,
            @Parameter(description = "`nextCursor` of the page before") @QueryParam("cursor") @Nullable String cursor,
            @Parameter(
                            description = "How many at most, 1 to 200",
                            schema = @Schema(type = SchemaType.INTEGER, defaultValue = "50"))
                    @QueryParam("limit")
                    @Nullable
                    String limit) {
        int most = Parameters.limit(limit);
        var found = deliveries.list(
                Parameters.id("branchId", branchId),
                bookingId == null ? Parameters.id("requestId", requestId) : Parameters.id("bookingId", bookingId),
                state(state),
                Cursor.of(cursor),
                most + 1);
        return Page.of(
                found,
                most,
                delivery -> delivery,
                delivery -> new Cursor(delivery.createdAt().toString(), delivery.id()));
    }

    @GET
    @Path("/{deliveryId}")
    @RolesAllowed({Role.OPERATOR, Role.AUDITOR})
    @Operation(operationId = "getDelivery", summary = "One delivery with its attempts")
    @APIResponse(responseCode = "200", description = "The delivery")
    public DeliveryDetail get(@PathParam("deliveryId") UUID deliveryId) {
        return deliveries.find(deliveryId).orElseThrow(NotFound::new);
    }

    private static @Nullable DeliveryState state(@Nullable String name) {
        if (name == null) {
            return null;
        }
        return Arrays.stream(DeliveryState.values())
                .filter(state -> state.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidRequest(
                        "?state",
                        "one-of",
                        String.join(
                                ", ",
                                Arrays.stream(DeliveryState.values())
                                        .map(Enum::name)
                                        .toList())));
    }
}
