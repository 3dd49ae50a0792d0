package org.lectern.notification.directory.history;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** One change of an endpoint. */
@Schema(
        name = "EndpointHistoryEntry",
        description = "One change of an endpoint, written in the transaction of the change")
public record EndpointHistoryEntry(
        @Schema(examples = "019a1b73-0c44-7d21-9a5e-7b1f3c2e4d05")
        UUID id,

        Instant at,

        @Schema(
                examples = "organizer",
                description = "The `sub` of the person; `lectern` for actions of the service and of the holder "
                        + "of a link (`confirmed`, `refused`, `unsubscribed`)")
        String actor,

        @Schema(description = "The actions; one request can contain several")
        List<EndpointAction> actions,

        @Schema(
                examples = "http-410",
                description = "The reason of the organizer who vouched, or the receiver's answer as a code")
        @Nullable
        String reason,

        @Schema(examples = "2", description = "The version of the endpoint after the change")
        int version,

        @Schema(description = "Absent when it was added") @Nullable
        EndpointState before,

        @Schema(description = "Absent when it was removed") @Nullable
        EndpointState after) {}
