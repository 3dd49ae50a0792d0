package org.lectern.scheduler.schedule.travel;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.http.Parameters;
import org.lectern.chassis.problem.InvalidRequest;
import org.lectern.scheduler.security.Role;

/** Travel conflicts over HTTP. */
@Path("/api/v1/travel-conflicts")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Travel", description = "Travel times of lecturers between consecutive lectures")
class TravelConflictResource {

    private static final Duration LONGEST = Duration.ofDays(92);
    private static final int MOST = 500;

    private final TravelConflicts ways;

    @Inject
    TravelConflictResource(TravelConflicts ways) {
        this.ways = ways;
    }

    @Schema(name = "TravelConflicts")
    record Found(
            List<TravelConflict> items,

            @Schema(description = "Whether there are more; choose a shorter range to see them")
            boolean hasMore) {}

    @GET
    @RolesAllowed({Role.ORGANIZER, Role.AUDITOR})
    @Operation(
            operationId = "listTravelConflicts",
            summary = "List lectures with too little travel time",
            description = "Travel is checked when a lecture is booked, rescheduled or reassigned. This list "
                    + "uses present data: an overridden rule, a moved venue, a corrected travel time or "
                    + "a cancelled lecture can leave too little time. Such lectures can be confirmed, "
                    + "cancelled and completed; a reschedule is checked again.")
    public Found list(
            @Parameter(description = "Only lectures that end after this (RFC 3339 with offset)")
                    @QueryParam("from")
                    @Nullable
                    String from,
            @Parameter(description = "Only lectures that start before this; at most 92 days later")
                    @QueryParam("to")
                    @Nullable
                    String to,
            @QueryParam("lecturerId") @Nullable UUID lecturerId,
            @Parameter(description = "Also pairs without a known travel time, because a place has no coordinates")
                    @QueryParam("includeUnknown")
                    @DefaultValue("false")
                    boolean unknown) {
        Instant begin = Parameters.requiredTime("from", from).toInstant();
        Instant end = Parameters.requiredTime("to", to).toInstant();
        Duration length = Duration.between(begin, end);
        if (!length.isPositive() || length.compareTo(LONGEST) > 0) {
            throw new InvalidRequest("?to", "travel-conflicts.range", LONGEST.toDays());
        }
        List<TravelConflict> found = ways.list(begin, end, lecturerId, unknown, MOST + 1);
        return new Found(found.stream().limit(MOST).toList(), found.size() > MOST);
    }
}
