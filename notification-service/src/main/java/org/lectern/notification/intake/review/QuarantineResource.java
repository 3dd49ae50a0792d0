package org.lectern.notification.intake.review;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.http.Cursor;
import org.lectern.chassis.http.Etag;
import org.lectern.chassis.http.Page;
import org.lectern.chassis.http.Parameters;
import org.lectern.chassis.openapi.Conflicts;
import org.lectern.chassis.problem.InvalidRequest;
import org.lectern.notification.intake.Quarantine;
import org.lectern.notification.intake.QuarantineState;
import org.lectern.notification.security.Caller;
import org.lectern.notification.security.Role;

/** Reviews quarantined records: list, replay, discard. */
@RunOnVirtualThread
@Path("/api/v1/quarantine")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Quarantine", description = "Records from Kafka that could not be processed, and held events")
class QuarantineResource {

    private final Quarantine quarantine;
    private final Decisions decisions;
    private final Caller caller;

    @Inject
    QuarantineResource(Quarantine quarantine, Decisions decisions, Caller caller) {
        this.quarantine = quarantine;
        this.decisions = decisions;
        this.caller = caller;
    }

    @GET
    @RolesAllowed({Role.OPERATOR, Role.AUDITOR})
    @Operation(operationId = "listQuarantine", summary = "List quarantined records, newest first")
    @APIResponse(responseCode = "200", description = "One page of records, without their content")
    public Page<QuarantineView> list(
            @Parameter(schema = @Schema(implementation = QuarantineState.class)) @QueryParam("state") @Nullable
                    String state,
            @Parameter(description = "The reason of the quarantine", example = "type-unknown")
                    @QueryParam("reason")
                    @Nullable
                    String reason,
            @Parameter(example = "lectern.bookings") @QueryParam("topic") @Nullable String topic,
            @Parameter(description = "The booking, request or branch") @QueryParam("subjectId") @Nullable
                    String subjectId,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable String limit) {
        int most = Parameters.limit(limit);
        var found = quarantine.list(
                new Quarantine.Filter(state(state), reason, topic, Parameters.id("subjectId", subjectId)),
                Cursor.of(cursor),
                most + 1);
        return Page.of(
                found,
                most,
                QuarantineView::of,
                record -> new Cursor(record.quarantinedAt().toString(), record.id()));
    }

    @GET
    @Path("/{recordId}")
    @RolesAllowed({Role.OPERATOR, Role.AUDITOR})
    @Operation(
            operationId = "getQuarantined",
            summary = "Read a quarantined record byte for byte, with the actions on it",
            description = "Key, value and headers in base64, and as text where they are UTF-8.")
    @APIResponseSchema(value = QuarantineDetail.class, responseCode = "200", responseDescription = "The record")
    public Response get(@PathParam("recordId") UUID recordId) {
        return tagged(decisions.detail(recordId));
    }

    @POST
    @Path("/{recordId}/replay")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Role.OPERATOR)
    @Operation(
            operationId = "replayQuarantined",
            summary = "Replay a quarantined record",
            description = "Processes the record as if it came from Kafka now; later held versions follow. A "
                    + "record that was processed before changes nothing. A record that cannot be "
                    + "processed stays, and the response gives the reason.")
    @APIResponseSchema(
            value = QuarantineDetail.class,
            responseCode = "200",
            responseDescription = "Processed; the last of `actions` has the outcome")
    @Conflicts("It still cannot be processed (`replay-refused`)")
    public Response replay(
            @PathParam("recordId") UUID recordId,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @Nullable ReplayDecision wanted) {
        return tagged(decisions.replay(recordId, Etag.expected(ifMatch), wanted, caller.name()));
    }

    @POST
    @Path("/{recordId}/discard")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Role.OPERATOR)
    @Operation(
            operationId = "discardQuarantined",
            summary = "Discard a quarantined record",
            description = "Later versions of the same booking or request stay held, unless `skipVersion` "
                    + "lets them continue without this one. The record stays listed as DISCARDED and "
                    + "can still be replayed if no version was skipped.")
    @APIResponseSchema(value = QuarantineDetail.class, responseCode = "200", responseDescription = "Discarded")
    @Conflicts("It was replayed or discarded before (`already-decided`), or nothing waits for its version"
            + " (`nothing-to-skip`)")
    public Response discard(
            @PathParam("recordId") UUID recordId,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @Nullable DiscardDecision wanted) {
        return tagged(decisions.discard(recordId, Etag.expected(ifMatch), wanted, caller.name()));
    }

    private static Response tagged(QuarantineDetail detail) {
        return Response.ok(detail)
                .header(HttpHeaders.ETAG, Etag.of(detail.record().version()))
                .build();
    }

    private static @Nullable QuarantineState state(@Nullable String name) {
        if (name == null) {
            return null;
        }
        return Arrays.stream(QuarantineState.values())
                .filter(state -> state.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidRequest(
                        "?state",
                        "one-of",
                        String.join(
                                ", ",
                                Arrays.stream(QuarantineState.values())
                                        .map(Enum::name)
                                        .toList())));
    }
}
