package org.lectern.scheduler.schedule.search;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.http.Parameters;
import org.lectern.chassis.problem.InvalidRequest;
import org.lectern.chassis.problem.Messages;
import org.lectern.chassis.problem.Violation;
import org.lectern.scheduler.schedule.AvailabilityConfig;
import org.lectern.scheduler.schedule.LectureRules;
import org.lectern.scheduler.security.Role;

/** The search for lecturers and times, over HTTP. */
@Path("/api/v1/availability")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Availability")
class FreeLecturersResource {

    private final FreeLecturers lecturers;
    private final LectureRules rules;
    private final AvailabilityConfig config;
    private final Messages messages;
    private final Clock clock;

    @Inject
    FreeLecturersResource(
            FreeLecturers lecturers, LectureRules rules, AvailabilityConfig config, Messages messages, Clock clock) {
        this.lecturers = lecturers;
        this.rules = rules;
        this.config = config;
        this.messages = messages;
        this.clock = clock;
    }

    @GET
    @RolesAllowed({Role.ORGANIZER, Role.AUDITOR})
    @Operation(
            operationId = "findFreeLecturers",
            summary = "Find lecturers and times that can be booked",
            description = "For a topic at a branch, ranked, each with its reasons. Proposals have no "
                    + "conflict and keep every rule, at the moment of the response. The score is 100 "
                    + "plus points: travel (−1 per 6 minutes), load (±3 per lecture below or above the "
                    + "average), tier (as configured), last visit (down to −15 within half a year), "
                    + "venue (+5 for a room of the branch), sooner (−1 per 2 days). At most three slots "
                    + "per lecturer, on different days, unless `lecturerId` selects one lecturer.")
    public FreeSlotsView search(
            @Parameter(description = "Topics", required = true) @QueryParam("topicId") @Nullable UUID topicId,
            @Parameter(description = "The host", required = true) @QueryParam("branchId") @Nullable UUID branchId,
            @Parameter(
                            description =
                                    "The begin of the search (RFC 3339 with offset); nothing in the past is proposed",
                            example = "2026-12-01T00:00:00+08:00",
                            required = true)
                    @QueryParam("from")
                    @Nullable
                    String from,
            @Parameter(description = "The end of the period", example = "2026-12-08T00:00:00+08:00", required = true)
                    @QueryParam("to")
                    @Nullable
                    String to,
            @Parameter(description = "The duration; by default that of the topic", example = "90")
                    @QueryParam("durationMinutes")
                    @Nullable
                    Integer durationMinutes,
            @Parameter(description = "The format of the lecture", example = "lecture")
                    @QueryParam("format")
                    @DefaultValue("lecture")
                    String format,
            @Parameter(description = "Only lecturers of this tier", example = "municipal") @QueryParam("tier") @Nullable
                    String tier,
            @Parameter(description = "Only this lecturer") @QueryParam("lecturerId") @Nullable UUID lecturerId,
            @Parameter(
                            description =
                                    "Only at this venue; by default the branch's own rooms and the lecture halls nearest to it")
                    @QueryParam("venueId")
                    @Nullable
                    UUID venueId,
            @Parameter(description = "The expected head count; smaller venues are left out", example = "80")
                    @QueryParam("expectedHeadCount")
                    @Min(0)
                    @Max(100_000)
                    @Nullable
                    Integer expectedHeadCount,
            @Parameter(description = "The maximum number of slots, 1 to 50")
                    @QueryParam("limit")
                    @DefaultValue("10")
                    @Min(1)
                    @Max(50)
                    int limit) {
        OffsetDateTime first = Parameters.requiredTime("from", from);
        OffsetDateTime last = Parameters.requiredTime("to", to);
        List<Violation> violations = new ArrayList<>();
        if (topicId == null) {
            violations.add(new Violation("?topicId", "parameter.uuid"));
        }
        if (branchId == null) {
            violations.add(new Violation("?branchId", "parameter.uuid"));
        }
        if (!first.isBefore(last) || Duration.between(first, last).compareTo(config.maxSearchRange()) > 0) {
            violations.add(
                    new Violation("?to", "search.range", config.maxSearchRange().toDays()));
        }
        if (!rules.formats().contains(format)) {
            violations.add(new Violation("?format", "one-of", String.join(", ", new TreeSet<>(rules.formats()))));
        }
        Duration duration = durationMinutes == null ? null : Duration.ofMinutes(durationMinutes);
        if (duration != null && duration.compareTo(rules.shortest()) < 0) {
            violations.add(new Violation(
                    "?durationMinutes", "length.shortest", rules.shortest().toMinutes()));
        } else if (duration != null && duration.compareTo(rules.longest()) > 0) {
            violations.add(new Violation(
                    "?durationMinutes", "length.longest", rules.longest().toMinutes()));
        }
        if (!violations.isEmpty() || topicId == null || branchId == null) {
            throw new InvalidRequest(violations);
        }
        Instant now = clock.instant();
        Instant start = first.toInstant().isBefore(now) ? now : first.toInstant();
        Instant horizon = now.plus(rules.horizon());
        Instant end = last.toInstant().isAfter(horizon) ? horizon : last.toInstant();
        var wanted = new SearchRequest(
                topicId,
                branchId,
                start,
                end,
                duration,
                format,
                tier,
                lecturerId,
                venueId,
                expectedHeadCount,
                null,
                Set.of(),
                false,
                Assumed.NOTHING);
        FreeLecturers.Found found = lecturers.search(wanted, limit);
        return new FreeSlotsView(
                found.slots().stream()
                        .map(slot -> FreeSlotView.of(slot, found.zone(), messages))
                        .toList(),
                found.duration().toMinutes(),
                found.candidates(),
                found.calendarAnnounced());
    }
}
