package org.lectern.notification.delivery.log;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.http.Cursor;
import org.lectern.chassis.http.Page;
import org.lectern.chassis.http.Parameters;
import org.lectern.chassis.openapi.Conflicts;
import org.lectern.chassis.problem.InvalidRequest;
import org.lectern.chassis.problem.NotFound;
import org.lectern.chassis.text.CleanText;
import org.lectern.notification.delivery.DeliveryState;
import org.lectern.notification.security.Caller;
import org.lectern.notification.security.Role;

/** Serves the delivery log. */
@RunOnVirtualThread
@Path("/api/v1/deliveries")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "DeliveryLog", description = "The log of deliveries on each channel")
class DeliveryResource {

    private static final int LONGEST_REASON = 500;

    private final DeliveryLog deliveries;
    private final Caller caller;

    @Inject
    DeliveryResource(DeliveryLog deliveries, Caller caller) {
        this.deliveries = deliveries;
        this.caller = caller;
    }

    @GET
    @RolesAllowed({Role.ORGANIZER, Role.OPERATOR, Role.AUDITOR})
    @Operation(operationId = "listDeliveries", summary = "List deliveries, newest first")
    @APIResponse(responseCode = "200", description = "One page of deliveries")
    public Page<DeliveryView> list(
            @QueryParam("branchId") @Nullable String branchId,
            @Parameter(description = "Only those to this lecturer; instead of branchId")
                    @QueryParam("lecturerId")
                    @Nullable
                    String lecturerId,
            @QueryParam("bookingId") @Nullable String bookingId,
            @Parameter(description = "Only notices about this lecture request; instead of bookingId")
                    @QueryParam("requestId")
                    @Nullable
                    String requestId,
            @Parameter(schema = @Schema(implementation = DeliveryState.class)) @QueryParam("state") @Nullable
                    String state,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable String limit) {
        int most = Parameters.limit(limit);
        var found = deliveries.list(
                branchId == null ? Parameters.id("lecturerId", lecturerId) : Parameters.id("branchId", branchId),
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
    @Path("/counts")
    @RolesAllowed({Role.ORGANIZER, Role.OPERATOR, Role.AUDITOR})
    @Operation(
            operationId = "countDeliveries",
            summary = "Count deliveries by channel",
            description = "For one booking, one recipient, or all notices of a period, for example since the "
                    + "cancellation of a campaign. One of the three is required.")
    @APIResponse(responseCode = "200", description = "The counts, all of one moment")
    public DeliveryCounts counts(
            @QueryParam("bookingId") @Nullable String bookingId,
            @QueryParam("branchId") @Nullable String branchId,
            @Parameter(description = "Only those to this lecturer; instead of branchId")
                    @QueryParam("lecturerId")
                    @Nullable
                    String lecturerId,
            @Parameter(
                            description = "Only notices written at or after this time",
                            schema = @Schema(type = SchemaType.STRING, format = "date-time"))
                    @QueryParam("from")
                    @Nullable
                    String from,
            @Parameter(
                            description = "Only notices written before this time",
                            schema = @Schema(type = SchemaType.STRING, format = "date-time"))
                    @QueryParam("until")
                    @Nullable
                    String until) {
        UUID booking = Parameters.id("bookingId", bookingId);
        UUID recipient =
                branchId == null ? Parameters.id("lecturerId", lecturerId) : Parameters.id("branchId", branchId);
        Instant since = Parameters.time("from", from);
        if (booking == null && recipient == null && since == null) {
            throw new InvalidRequest("?from", "counts.of-what");
        }
        return deliveries.counts(booking, recipient, since, Parameters.time("until", until));
    }

    @GET
    @Path("/{deliveryId}")
    @RolesAllowed({Role.ORGANIZER, Role.OPERATOR, Role.AUDITOR})
    @Operation(operationId = "getDelivery", summary = "Read a delivery with its attempts")
    @APIResponse(responseCode = "200", description = "The delivery")
    public DeliveryDetail get(@PathParam("deliveryId") UUID deliveryId) {
        return deliveries.find(deliveryId).orElseThrow(NotFound::new);
    }

    @POST
    @Path("/{deliveryId}/resend")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Role.OPERATOR)
    @Operation(
            operationId = "resendDelivery",
            summary = "Send a delivery again, with the whole retry schedule",
            description = "The id stays the same, so receivers recognise the repeat. Your name and reason are stored.")
    @APIResponse(responseCode = "200", description = "It is due now")
    @Conflicts("An attempt is in progress (`delivery-under-way`), its endpoint is not in use "
            + "(`endpoint-not-in-use`), or a newer notice was delivered there "
            + "(`delivery-outdated`)")
    public DeliveryDetail resend(@PathParam("deliveryId") UUID deliveryId, @Nullable ResendRequest wanted) {
        if (wanted == null) {
            throw new InvalidRequest("", "member.required");
        }
        String reason = wanted.reason() == null ? "" : wanted.reason().strip();
        if (reason.isEmpty()) {
            throw new InvalidRequest("/reason", "member.required");
        }
        if (CleanText.length(reason) > LONGEST_REASON) {
            throw new InvalidRequest("/reason", "text.longest", LONGEST_REASON);
        }
        return deliveries.resend(deliveryId, caller.name(), reason, Boolean.TRUE.equals(wanted.allowOutdated()));
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
