package org.lectern.notification.followup;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
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
import org.lectern.notification.directory.Scope;
import org.lectern.notification.security.Caller;
import org.lectern.notification.security.Role;

/** Lists escalations. */
@RunOnVirtualThread
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Escalations", description = "Escalation steps after a missing acknowledgement")
class EscalationResource {

    private final Escalations escalations;
    private final Caller caller;

    @Inject
    EscalationResource(Escalations escalations, Caller caller) {
        this.escalations = escalations;
        this.caller = caller;
    }

    @GET
    @Path("/escalations")
    @RolesAllowed({Role.ORGANIZER, Role.OPERATOR, Role.AUDITOR})
    @Operation(
            operationId = "listEscalations",
            summary = "List all escalation steps, newest first",
            description = "With `open=true`: the branches that have not answered yet.")
    @APIResponse(responseCode = "200", description = "One page of steps")
    public Page<EscalationView> list(
            @QueryParam("bookingId") @Nullable String bookingId,
            @Parameter(
                            description = "`true` for steps without an answer yet",
                            schema = @Schema(type = SchemaType.BOOLEAN, defaultValue = "false"))
                    @QueryParam("open")
                    @Nullable
                    String open,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable String limit) {
        int most = Parameters.limit(limit);
        var found = escalations.list(
                Parameters.id("bookingId", bookingId), Parameters.flag("open", open), Cursor.of(cursor), most + 1);
        return Page.of(found, most, step -> step, step -> new Cursor(step.at().toString(), step.id()));
    }

    @GET
    @Path("/notices/{noticeId}/escalations")
    @RolesAllowed({Role.ORGANIZER, Role.OPERATOR, Role.BRANCH, Role.LECTURER, Role.AUDITOR})
    @Operation(
            operationId = "listEscalationsOfNotice",
            summary = "List the escalation steps of one notice, in order",
            description = "At most one of each kind, on one page. Steps end when the notice is acknowledged "
                    + "or superseded, and with the lecture.")
    @APIResponse(responseCode = "200", description = "The steps")
    public Page<EscalationView> ofNotice(@PathParam("noticeId") UUID noticeId) {
        return new Page<>(escalations.of(Scope.of(caller), noticeId), null);
    }
}
