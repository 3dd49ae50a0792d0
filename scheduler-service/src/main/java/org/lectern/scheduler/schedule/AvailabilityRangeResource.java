package org.lectern.scheduler.schedule;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.http.Parameters;
import org.lectern.chassis.problem.InvalidRequest;
import org.lectern.scheduler.security.Role;

/** The availability of many over HTTP. */
@Path("/api/v1/timeline/availability")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Timeline")
class AvailabilityRangeResource {

    private static final Duration LONGEST = Duration.ofDays(62);
    private static final String NONE = "none";

    private final AvailabilityRange availability;
    private final SecurityIdentity identity;

    @Inject
    AvailabilityRangeResource(AvailabilityRange availability, SecurityIdentity identity) {
        this.availability = availability;
        this.identity = identity;
    }

    @GET
    @RolesAllowed({Role.ORGANIZER, Role.AUDITOR})
    @Operation(
            operationId = "getTimelineAvailability",
            summary = "Read when many lecturers and venues are available in a range",
            description = """
                    Windows, blackouts and limits of lecturers, opening hours of venues, holidays and make-up workdays, as \
                    the rules of a booking read them. At most 1,000 lecturers and 1,000 venues; what is archived only when \
                    it is named.""")
    public AvailabilityRangeView read(
            @Parameter(
                            description = "From then on (RFC 3339 with offset)",
                            example = "2026-12-01T00:00:00+08:00",
                            required = true)
                    @QueryParam("from")
                    @Nullable
                    String from,
            @Parameter(
                            description = "Until then; at most 62 days later",
                            example = "2026-12-08T00:00:00+08:00",
                            required = true)
                    @QueryParam("to")
                    @Nullable
                    String to,
            @Parameter(description = "Only these lecturers: ids separated by commas, or `none`")
                    @QueryParam("lecturers")
                    @Nullable
                    String lecturers,
            @Parameter(description = "Only these venues: ids separated by commas, or `none`")
                    @QueryParam("venues")
                    @Nullable
                    String venues) {
        Instant begin = Parameters.requiredTime("from", from).toInstant();
        Instant end = Parameters.requiredTime("to", to).toInstant();
        Duration length = Duration.between(begin, end);
        if (!length.isPositive() || length.compareTo(LONGEST) > 0) {
            throw new InvalidRequest("?to", "timeline.range", LONGEST.toDays());
        }
        AvailabilityRangeView view = availability.read(begin, end, ids("lecturers", lecturers), ids("venues", venues));
        return identity.hasRole(Role.ORGANIZER) ? view : view.withoutReasons();
    }

    private static @Nullable Set<UUID> ids(String name, @Nullable String text) {
        if (NONE.equals(text)) {
            return Set.of();
        }
        return text == null ? null : Parameters.ids(name, text, AvailabilityRange.MOST);
    }
}
