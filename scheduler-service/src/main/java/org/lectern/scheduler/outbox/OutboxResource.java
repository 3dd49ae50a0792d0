package org.lectern.scheduler.outbox;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.lectern.scheduler.security.Caller;
import org.lectern.scheduler.security.Role;

/** The outbox over HTTP, for operators. */
@Path("/api/v1/outbox")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Outbox", description = "Events on their way to Kafka, for operators")
class OutboxResource {

    private final OutboxMetrics metrics;
    private final OutboxReplay replay;
    private final Caller caller;

    @Inject
    OutboxResource(OutboxMetrics metrics, OutboxReplay replay, Caller caller) {
        this.metrics = metrics;
        this.replay = replay;
        this.caller = caller;
    }

    @GET
    @RolesAllowed({Role.OPERATOR, Role.AUDITOR})
    @Operation(
            operationId = "getOutbox",
            summary = "Read the state of the outbox",
            description =
                    "Waiting events are not lost. Events contain no contact data; their content is " + "not shown.")
    public OutboxView get() {
        var backlog = metrics.read();
        return new OutboxView((long) backlog.events(), backlog.oldestSeconds(), replay.rejected());
    }

    @POST
    @Path("/replays")
    @RolesAllowed(Role.OPERATOR)
    @Operation(
            operationId = "replayEvents",
            summary = "Replay events to Kafka",
            description = "Events of one booking, branch or request (`aggregateId`), or of a period "
                    + "(`from`, `to`), as far as they are stored. They keep their ids, so consumers "
                    + "that have processed them do nothing. For each aggregate everything between the "
                    + "first and the last selected event is sent, in order. At most 10,000 events at "
                    + "once. A repeat is harmless.")
    public ReplayView replay(
            @QueryParam("dryRun") @DefaultValue("false") boolean dryRun, @NotNull @Valid ReplayRequest request) {
        return dryRun ? replay.rehearse(request) : replay.replay(request, caller.name());
    }

    @GET
    @Path("/replays")
    @RolesAllowed({Role.OPERATOR, Role.AUDITOR})
    @Operation(
            operationId = "listReplays",
            summary = "List replays, newest first",
            description = "The last 100, with requester and reason.")
    public ReplayView.Listed list() {
        return new ReplayView.Listed(replay.list());
    }
}
