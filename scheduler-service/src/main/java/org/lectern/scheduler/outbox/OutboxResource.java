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
            summary = "Read what waits for Kafka",
            description = "Nothing is lost while it waits. Events carry no contact data; their contents are not shown.")
    public OutboxView get() {
        var backlog = metrics.read();
        return new OutboxView((long) backlog.events(), backlog.oldestSeconds(), replay.putOff());
    }

    @POST
    @Path("/replays")
    @RolesAllowed(Role.OPERATOR)
    @Operation(
            operationId = "replayEvents",
            summary = "Send events to Kafka again",
            description =
                    "Those of one booking, branch or request (`aggregateId`), or all from a time on (`from`, `to`), "
                            + "as far as they are kept. They keep their ids, so a consumer that has them already does nothing; of "
                            + "each aggregate everything from the first event asked for to the last is sent, in order. At most "
                            + "10,000 events at once. Asking twice is harmless.")
    public ReplayView replay(
            @QueryParam("dryRun") @DefaultValue("false") boolean dryRun, @NotNull @Valid ReplayRequest request) {
        return dryRun ? replay.rehearse(request) : replay.replay(request, caller.name());
    }

    @GET
    @Path("/replays")
    @RolesAllowed({Role.OPERATOR, Role.AUDITOR})
    @Operation(
            operationId = "listReplays",
            summary = "List replays, the last one first",
            description = "Who asked for them and why; the last 100.")
    public ReplayView.Listed list() {
        return new ReplayView.Listed(replay.list());
    }
}
