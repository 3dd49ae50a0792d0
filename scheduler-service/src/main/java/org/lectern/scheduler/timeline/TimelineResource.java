package org.lectern.scheduler.timeline;

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
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.http.Parameters;
import org.lectern.chassis.problem.InvalidRequest;
import org.lectern.scheduler.registry.branch.BranchScope;
import org.lectern.scheduler.security.Role;
import org.lectern.scheduler.timeline.Timeline.Criteria;

/** The timeline over HTTP. */
@Path("/api/v1/timeline")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Timeline", description = "What a calendar of many lecturers and venues shows, in one answer")
class TimelineResource {

    private static final Duration LONGEST = Duration.ofDays(62);
    private static final int MOST_IDS = 100;

    private final Timeline timeline;
    private final BranchScope branches;
    private final Sql sql;

    @Inject
    TimelineResource(Timeline timeline, BranchScope branches, Sql sql) {
        this.timeline = timeline;
        this.branches = branches;
        this.sql = sql;
    }

    @GET
    @RolesAllowed({Role.ORGANIZER, Role.AUDITOR})
    @Operation(
            operationId = "getTimeline",
            summary = "Read the bookings of a range in one answer, or what changed since",
            description = """
                    Compact items by start; the names of lecturers, topics, branches and venues once, by id. At most 20,000 \
                    bookings. With `changedSince` (the `cursor` of an earlier answer to the same parameters) only what \
                    changed later, and in `removed` what is no longer part of the answer. No change is missed, whatever \
                    the order of commits; one may be reported twice. `complete: true` says that the answer is the whole \
                    range after all, because too much changed or the database was restored.""")
    public TimelineView read(
            @Parameter(
                            description = "Lectures that end after this (RFC 3339 with offset)",
                            example = "2026-12-01T00:00:00+08:00",
                            required = true)
                    @QueryParam("from")
                    @Nullable
                    String from,
            @Parameter(
                            description = "Lectures that start before this; at most 62 days later",
                            example = "2026-12-08T00:00:00+08:00",
                            required = true)
                    @QueryParam("to")
                    @Nullable
                    String to,
            @Parameter(description = "Only these lecturers: up to 100 ids, separated by commas")
                    @QueryParam("lecturers")
                    @Nullable
                    String lecturers,
            @Parameter(description = "Only these venues: up to 100 ids, separated by commas")
                    @QueryParam("venues")
                    @Nullable
                    String venues,
            @Parameter(
                            description =
                                    "Only lectures that these branches, or branches below them, host or join: up to "
                                            + "100 ids, separated by commas")
                    @QueryParam("branches")
                    @Nullable
                    String branchIds,
            @Parameter(description = "Also cancelled lectures, and holds that were released or expired")
                    @QueryParam("cancelled")
                    @DefaultValue("false")
                    boolean cancelled,
            @Parameter(description = "The `cursor` of an earlier answer to the same parameters")
                    @QueryParam("changedSince")
                    @Nullable
                    String changedSince) {
        Instant begin = Parameters.requiredTime("from", from).toInstant();
        Instant end = Parameters.requiredTime("to", to).toInstant();
        Duration length = Duration.between(begin, end);
        if (!length.isPositive() || length.compareTo(LONGEST) > 0) {
            throw new InvalidRequest("?to", "timeline.range", LONGEST.toDays());
        }
        Set<UUID> within = Parameters.ids("branches", branchIds, MOST_IDS);
        Set<UUID> subtrees = new HashSet<>(within); // an unknown branch has no lectures, not those of all branches
        subtrees.addAll(branches.below(within));
        var criteria = new Criteria(
                begin,
                end,
                Parameters.ids("lecturers", lecturers, MOST_IDS),
                Parameters.ids("venues", venues, MOST_IDS),
                subtrees,
                cancelled);
        UUID incarnation =
                sql.one("SELECT id FROM incarnation", row -> row.id("id")).orElseThrow();
        int hash = new Criteria(begin, end, criteria.lecturers(), criteria.venues(), within, cancelled).hashCode();
        var position = new Position(incarnation, hash, null);
        return timeline.read(criteria, position, changedSince == null ? null : position.since(changedSince));
    }
}
