package org.lectern.scheduler.campaign.suggestion;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.http.Parameters;
import org.lectern.chassis.openapi.Conflicts;
import org.lectern.scheduler.campaign.Campaigns;
import org.lectern.scheduler.idempotency.Answers;
import org.lectern.scheduler.idempotency.IdempotencyKey;
import org.lectern.scheduler.security.Caller;
import org.lectern.scheduler.security.Role;

/** Suggestions for a campaign, over HTTP. */
@Path("/api/v1/campaigns/{id}/suggestions")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Campaigns")
class SuggestionResource {

    private static final Duration AHEAD = Duration.ofDays(14);

    private final Campaigns campaigns;
    private final Suggestions suggestions;
    private final Caller caller;
    private final Clock clock;

    @Inject
    SuggestionResource(Campaigns campaigns, Suggestions suggestions, Caller caller, Clock clock) {
        this.campaigns = campaigns;
        this.suggestions = suggestions;
        this.caller = caller;
        this.clock = clock;
    }

    @GET
    @RolesAllowed({Role.ORGANIZER, Role.AUDITOR})
    @Operation(
            operationId = "suggestLectures",
            summary = "Suggest lectures for a campaign",
            description = "For items without a booking: priority branches, then branches with a request, "
                    + "then the others. Reasons are those of the search for free lecturers and of the "
                    + "campaign (priority +20, requested +10, ±3 per lecture below or above the mean of "
                    + "the campaign). All suggestions of one response can be booked together.")
    public Suggestion.Found suggest(
            @PathParam("id") UUID id,
            @Parameter(description = "The begin of the search (RFC 3339 with offset); by default now")
                    @QueryParam("from")
                    @Nullable
                    String from,
            @Parameter(description = "The end of the search; by default two weeks later, and never beyond the campaign")
                    @QueryParam("to")
                    @Nullable
                    String to,
            @Parameter(description = "The format; by default the first format of the campaign", example = "lecture")
                    @QueryParam("format")
                    @Nullable
                    String format,
            @Parameter(description = "Only the subtree of this branch") @QueryParam("under") @Nullable UUID under,
            @Parameter(description = "The maximum number, 1 to 20")
                    @QueryParam("limit")
                    @DefaultValue("5")
                    @Min(1)
                    @Max(20)
                    int limit) {
        Instant now = clock.instant();
        Instant given = Parameters.time("from", from);
        Instant first = given == null || given.isBefore(now) ? now : given;
        Instant last = Parameters.time("to", to);
        return suggestions.find(
                campaigns.view(id), first, last == null ? first.plus(AHEAD) : last, format, under, limit);
    }

    @POST
    @Path("/book")
    @RolesAllowed(Role.ORGANIZER)
    @Operation(
            operationId = "bookSuggestions",
            summary = "Book suggested lectures, all or none",
            description = "One transaction. If one of them is no longer possible, none is booked and "
                    + "`refused` lists each with its cause (409 `suggestions-refused`). A dry run shows "
                    + "the outcome and needs no key.")
    @APIResponseSchema(
            value = SuggestionsBooked.class,
            responseCode = "200",
            responseDescription = "The booked lectures, or the outcome of the dry run")
    @Conflicts
    public Response book(
            @PathParam("id") UUID id,
            @HeaderParam(IdempotencyKey.HEADER) @Nullable String key,
            @QueryParam("dryRun") @DefaultValue("false") boolean dryRun,
            @NotNull @Valid SuggestionsRequest request) {
        campaigns.view(id);
        if (dryRun) {
            return Response.ok(suggestions.rehearse(id, request, caller.name())).build();
        }
        return Answers.response(suggestions.book(IdempotencyKey.of(caller.name(), key), id, request));
    }
}
