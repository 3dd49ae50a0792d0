package org.lectern.scheduler.booking.web;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
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
import org.lectern.chassis.openapi.Example;
import org.lectern.chassis.problem.Forbidden;
import org.lectern.chassis.problem.InvalidRequest;
import org.lectern.chassis.problem.NotFound;
import org.lectern.scheduler.booking.BookingCommand.Amend;
import org.lectern.scheduler.booking.BookingCommand.Book;
import org.lectern.scheduler.booking.BookingCommand.Cancel;
import org.lectern.scheduler.booking.BookingCommand.Change;
import org.lectern.scheduler.booking.BookingCommand.Complete;
import org.lectern.scheduler.booking.BookingCommand.Confirm;
import org.lectern.scheduler.booking.BookingCommand.Correct;
import org.lectern.scheduler.booking.BookingCommand.HoldUntil;
import org.lectern.scheduler.booking.BookingCommand.Join;
import org.lectern.scheduler.booking.BookingCommand.Leave;
import org.lectern.scheduler.booking.BookingCommand.Rearrange;
import org.lectern.scheduler.booking.BookingCommand.Release;
import org.lectern.scheduler.booking.BookingCommand.Report;
import org.lectern.scheduler.booking.BookingHistory;
import org.lectern.scheduler.booking.BookingStatus;
import org.lectern.scheduler.booking.BookingView;
import org.lectern.scheduler.booking.Bookings;
import org.lectern.scheduler.booking.Bookings.Criteria;
import org.lectern.scheduler.booking.Conformity;
import org.lectern.scheduler.booking.LecturerAnswer;
import org.lectern.scheduler.booking.ReadScope;
import org.lectern.scheduler.booking.Rehearsal;
import org.lectern.scheduler.idempotency.Answers;
import org.lectern.scheduler.idempotency.IdempotencyKey;
import org.lectern.scheduler.reason.Reason;
import org.lectern.scheduler.reason.ReasonCode;
import org.lectern.scheduler.security.Caller;
import org.lectern.scheduler.security.Role;

/** Bookings over HTTP. */
@Path("/api/v1/bookings")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Bookings", description = "Lectures without conflicts: book, hold, reschedule, reassign, cancel, complete")
class BookingResource {

    private static final String TAKEN = "The lecturer, the venue or a branch has another lecture then "
            + "(`lecturer-occupied`, `venue-occupied`, `branch-occupied`, `guest-occupied`; `conflicts` names them), "
            + "an overridable rule is broken (`lecturer-travel` and others; `rules` names them), "
            + "the booking can no longer change (`booking-no-longer-active`)";

    private static final String CHANGED = """
            {"start": "2026-12-03T09:00:00+08:00", "lecturerId": "019a1b6e-5a10-7c3e-8f01-2a6b6c1d0002",
             "reason": "讲师临时有任务"}""";

    private static final String PATCHED = """
            {"expectedHeadCount": 120, "note": null}""";

    /** A change answers the booking, or with {@code dryRun} what it would do. */
    @Schema(
            name = "BookingOrRehearsal",
            description = "The booking after the change; with `dryRun=true` what the change would do",
            oneOf = {BookingView.class, Rehearsal.class})
    private interface BookingOrRehearsal {}

    private static final String HOLD_GONE = "The hold has expired (`hold-expired`; `slotFree` says whether the slot "
            + "is still free), the booking is not a hold (`booking-not-held`)";

    private final BookingService service;
    private static final String ANY = "any";
    private static final Duration LONGEST_JUDGED = Duration.ofDays(92);

    private final Bookings bookings;
    private final Conformity conformity;
    private final Clock clock;
    private final BookingHistory history;
    private final ReadScope scope;
    private final BranchRights rights;
    private final Caller caller;

    @Inject
    BookingResource(
            BookingService service,
            Bookings bookings,
            Conformity conformity,
            Clock clock,
            BookingHistory history,
            ReadScope scope,
            BranchRights rights,
            Caller caller) {
        this.service = service;
        this.bookings = bookings;
        this.conformity = conformity;
        this.clock = clock;
        this.history = history;
        this.scope = scope;
        this.rights = rights;
        this.caller = caller;
    }

    @POST
    @RolesAllowed(Role.ORGANIZER)
    @Operation(
            operationId = "book",
            summary = "Book a lecture, or hold its slot",
            description = "Occupies the lecturer, the venue and the branch at once, or refuses. Touching "
                    + "intervals do not conflict. The branch is notified, unless `hold` only reserves "
                    + "the slot: then it is free again at `expiresAt` unless the booking was confirmed.")
    @APIResponse(
            responseCode = "201",
            description = "Booked",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = BookingView.class)))
    @APIResponse(
            responseCode = "200",
            description = "With `dryRun=true`: what it would do",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Rehearsal.class)))
    @Conflicts(TAKEN)
    public Response book(
            @HeaderParam(IdempotencyKey.HEADER) @Nullable String key,
            @QueryParam("dryRun") @DefaultValue("false") boolean dryRun,
            @NotNull @Valid Book command) {
        if (dryRun) {
            return Response.ok(service.rehearse(command, caller.name())).build();
        }
        return Answers.response(service.execute(key(key), command));
    }

    @GET
    @RolesAllowed({Role.ORGANIZER, Role.AUDITOR, Role.BRANCH, Role.LECTURER})
    @Operation(
            operationId = "listBookings",
            summary = "List bookings by start",
            description = "A branch sees the bookings of its subtree, a lecturer its own, both without holds.")
    public Page<BookingView> list(
            @Parameter(description = "Only lectures that end after this (RFC 3339 with offset)")
                    @QueryParam("from")
                    @Nullable
                    String from,
            @Parameter(description = "Only lectures that start before this (RFC 3339 with offset)")
                    @QueryParam("to")
                    @Nullable
                    String to,
            @QueryParam("lecturerId") @Nullable UUID lecturerId,
            @QueryParam("branchId") @Nullable UUID branchId,
            @QueryParam("venueId") @Nullable UUID venueId,
            @QueryParam("topicId") @Nullable UUID topicId,
            @QueryParam("seriesId") @Nullable UUID seriesId,
            @QueryParam("campaignId") @Nullable UUID campaignId,
            @QueryParam("status") @Nullable BookingStatus status,
            @Parameter(description = "Only bookings with this reason code in the latest change")
                    @QueryParam("reasonCode")
                    @ReasonCode
                    @Nullable
                    String reasonCode,
            @Parameter(
                            description =
                                    "`true`: the host and all guests have acknowledged the version last announced; "
                                            + "`false`: one of them has not. With `status=CONFIRMED` and `from` it lists the "
                                            + "branches to call")
                    @QueryParam("acknowledged")
                    @Nullable
                    Boolean acknowledged,
            @Parameter(
                            description =
                                    "`true`: upcoming lectures that branches know with another title, "
                                            + "lecturer or place than they have now; `POST /bookings/renotify` tells them again")
                    @QueryParam("outdated")
                    @Nullable
                    Boolean outdated,
            @Parameter(
                            description =
                                    "Only bookings with this answer of a lecturer; `DECLINED` and `OVERDUE` need another "
                                            + "lecturer or a call")
                    @QueryParam("lecturerAnswer")
                    LecturerAnswer.@Nullable State lecturerAnswer,
            @Parameter(
                            description =
                                    "Only upcoming bookings that could not be booked today: `any`, or the codes of rules "
                                            + "separated by commas, for example `blackout,venue-closed`. Their `warnings` name "
                                            + "rule and reason. For organizers and auditors; at most 92 days")
                    @QueryParam("nonconforming")
                    @Nullable
                    String nonconforming,
            @Parameter(description = "With `nonconforming`: also for rules that an organizer overrode for the booking")
                    @QueryParam("overridden")
                    @DefaultValue("false")
                    boolean overridden,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit) {
        var criteria = new Criteria(
                Parameters.time("from", from),
                Parameters.time("to", to),
                scope.lecturer(lecturerId),
                branchId,
                venueId,
                topicId,
                seriesId,
                campaignId,
                status,
                reasonCode,
                acknowledged,
                outdated,
                lecturerAnswer,
                scope.announced(lecturerId),
                scope.branches(lecturerId));
        var found = nonconforming == null
                ? bookings.list(criteria, Cursor.ofTime(cursor), limit + 1)
                : conformity.list(
                        bounded(criteria), codes(nonconforming), overridden, Cursor.ofTime(cursor), limit + 1);
        return Page.of(
                found,
                limit,
                scope.shown(lecturerId),
                view -> new Cursor(view.start().toInstant().toString(), view.id()));
    }

    /** The same, within the range that is judged at once. Callers confined to branches get no data of lecturers. */
    private Criteria bounded(Criteria criteria) {
        if (caller.confinedTo().isPresent()) {
            throw new Forbidden();
        }
        Instant now = clock.instant();
        Instant from = criteria.from() == null || criteria.from().isBefore(now) ? now : criteria.from();
        Instant to = criteria.to() == null ? from.plus(LONGEST_JUDGED) : criteria.to();
        if (to.isAfter(from.plus(LONGEST_JUDGED))) {
            throw new InvalidRequest("?to", "timeline.range", LONGEST_JUDGED.toDays());
        }
        return criteria.within(from, to);
    }

    private static Set<String> codes(String nonconforming) {
        return nonconforming.equals(ANY) ? Set.of() : new HashSet<>(List.of(nonconforming.split(",")));
    }

    @GET
    @Path("/{id}")
    @RolesAllowed({Role.ORGANIZER, Role.AUDITOR, Role.BRANCH, Role.LECTURER})
    @Operation(
            operationId = "getBooking",
            summary = "Read a booking",
            description = "The current state, or with `asOf` an earlier state: without an ETag, for "
                    + "organizers and auditors only.")
    @APIResponseSchema(BookingView.class)
    public Response get(
            @PathParam("id") UUID id,
            @Parameter(
                            description =
                                    "The state at this moment (RFC 3339 with offset); `not-found` before its creation",
                            example = "2026-11-25T18:00:00+08:00")
                    @QueryParam("asOf")
                    @Nullable
                    String asOf) {
        BookingView view = scope.find(id).orElseThrow(NotFound::new);
        Instant moment = Parameters.time("asOf", asOf);
        if (moment != null) {
            if (caller.confinedTo().isPresent()) {
                throw new Forbidden();
            }
            return Response.ok(history.asOf(view, moment)).build();
        }
        return Response.ok(view)
                .header(HttpHeaders.ETAG, Etag.of(view.version()))
                .build();
    }

    @GET
    @Path("/{id}/history")
    @RolesAllowed({Role.ORGANIZER, Role.AUDITOR})
    @Operation(
            operationId = "getBookingHistory",
            summary = "Read every version of a booking",
            description = "Every change with actor, time, reason, and the state before and after.")
    public BookingHistory.Versions history(@PathParam("id") UUID id) {
        BookingView booking = bookings.view(id, Optional.empty()).orElseThrow(NotFound::new);
        return history.of(booking);
    }

    @POST
    @Path("/{id}/change")
    @RolesAllowed(Role.ORGANIZER)
    @Operation(
            operationId = "changeBooking",
            summary = "Change time, lecturer, place or host of a lecture",
            description = "What is left out stays as it is. All of it is one change: one version, one notice for each "
                    + "branch that it concerns. An alternative in a refusal has the body to send instead as `request`.")
    @APIResponseSchema(BookingOrRehearsal.class)
    @Conflicts(TAKEN)
    @Example(name = "another time and lecturer", value = CHANGED)
    public Response change(
            @PathParam("id") UUID id,
            @HeaderParam(IdempotencyKey.HEADER) @Nullable String key,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @QueryParam("dryRun") @DefaultValue("false") boolean dryRun,
            @NotNull @Valid Rearrange command) {
        return answer(id, key, ifMatch, dryRun, command);
    }

    @PATCH
    @Path("/{id}")
    @Consumes({"application/merge-patch+json", MediaType.APPLICATION_JSON})
    @RolesAllowed(Role.ORGANIZER)
    @Operation(
            operationId = "patchBooking",
            summary = "Change head count, note, topic or format",
            description =
                    "A merge patch (RFC 7396): what is left out stays as it is, `null` removes the head count or the "
                            + "note. Branches are notified of a new topic or format only. A patch that changes nothing makes no version.")
    @APIResponseSchema(BookingOrRehearsal.class)
    @Conflicts(TAKEN)
    @Example(name = "more people, no note", value = PATCHED)
    public Response patch(
            @PathParam("id") UUID id,
            @HeaderParam(IdempotencyKey.HEADER) @Nullable String key,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @QueryParam("dryRun") @DefaultValue("false") boolean dryRun,
            @NotNull @Valid Amend command) {
        return answer(id, key, ifMatch, dryRun, command);
    }

    @POST
    @Path("/{id}/guests")
    @RolesAllowed({Role.ORGANIZER, Role.BRANCH})
    @Operation(
            operationId = "joinLecture",
            summary = "Add a guest to a lecture",
            description = "Occupies the guest like the host, unless it allows parallel lectures. Only the "
                    + "guest is notified. Over the capacity of the venue it is refused "
                    + "(`guests-over-capacity`) unless `override` gives a reason. A branch adds itself or a branch "
                    + "below it, without `override` and `dryRun`, to a lecture that is open to guests.")
    @APIResponseSchema(BookingOrRehearsal.class)
    @Conflicts(TAKEN + "; the lecture is not open to guests (`lecture-not-open`)")
    public Response join(
            @PathParam("id") UUID id,
            @HeaderParam(IdempotencyKey.HEADER) @Nullable String key,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @QueryParam("dryRun") @DefaultValue("false") boolean dryRun,
            @NotNull @Valid Join command) {
        if (caller.confinedTo().isPresent()) {
            rights.demandJoin(id, command.branchId(), dryRun || command.override() != null);
            return answerBranch(id, key, ifMatch, command);
        }
        return answer(id, key, ifMatch, dryRun, command);
    }

    @DELETE
    @Path("/{id}/guests/{branchId}")
    @RolesAllowed({Role.ORGANIZER, Role.BRANCH})
    @Operation(
            operationId = "leaveLecture",
            summary = "Remove a guest from a lecture",
            description = "Frees the guest at once. Only the guest is notified. `not-found` for a branch "
                    + "that is not a guest. A branch removes itself or a branch below it, without `dryRun`, from a "
                    + "lecture that is open to guests.")
    @APIResponseSchema(BookingOrRehearsal.class)
    @Conflicts("The lecture is not open to guests (`lecture-not-open`), or can no longer change "
            + "(`booking-no-longer-active`)")
    public Response leave(
            @PathParam("id") UUID id,
            @Parameter(description = "The guest (UUID)") @PathParam("branchId") UUID branchId,
            @HeaderParam(IdempotencyKey.HEADER) @Nullable String key,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @QueryParam("dryRun") @DefaultValue("false") boolean dryRun) {
        var command = new Leave(branchId, Reason.NONE);
        if (caller.confinedTo().isPresent()) {
            rights.demandLeave(id, branchId, dryRun);
            return answerBranch(id, key, ifMatch, command);
        }
        return answer(id, key, ifMatch, dryRun, command);
    }

    @POST
    @Path("/{id}/confirm")
    @RolesAllowed(Role.ORGANIZER)
    @Operation(
            operationId = "confirmHold",
            summary = "Confirm a hold",
            description = "Has no body. Only now the branch is notified.")
    @APIResponseSchema(BookingOrRehearsal.class)
    @Conflicts(HOLD_GONE)
    public Response confirmHold(
            @PathParam("id") UUID id,
            @HeaderParam(IdempotencyKey.HEADER) @Nullable String key,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @QueryParam("dryRun") @DefaultValue("false") boolean dryRun) {
        return answer(id, key, ifMatch, dryRun, new Confirm());
    }

    @POST
    @Path("/{id}/extend")
    @RolesAllowed(Role.ORGANIZER)
    @Operation(
            operationId = "extendHold",
            summary = "Extend or shorten a hold",
            description = "Counted from now, the hold is not longer than a new one may be.")
    @APIResponseSchema(BookingOrRehearsal.class)
    @Conflicts(HOLD_GONE)
    public Response extend(
            @PathParam("id") UUID id,
            @HeaderParam(IdempotencyKey.HEADER) @Nullable String key,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @QueryParam("dryRun") @DefaultValue("false") boolean dryRun,
            @NotNull @Valid HoldUntil command) {
        return answer(id, key, ifMatch, dryRun, command);
    }

    @POST
    @Path("/{id}/release")
    @RolesAllowed(Role.ORGANIZER)
    @Operation(operationId = "releaseHold", summary = "Release a hold", description = "Frees its slot at once.")
    @APIResponseSchema(BookingOrRehearsal.class)
    @Conflicts(HOLD_GONE)
    public Response release(
            @PathParam("id") UUID id,
            @HeaderParam(IdempotencyKey.HEADER) @Nullable String key,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @QueryParam("dryRun") @DefaultValue("false") boolean dryRun,
            @NotNull @Valid Release command) {
        return answer(id, key, ifMatch, dryRun, command);
    }

    @POST
    @Path("/{id}/cancel")
    @RolesAllowed(Role.ORGANIZER)
    @Operation(
            operationId = "cancelBooking",
            summary = "Cancel a lecture",
            description =
                    "Frees its slot at once. A hold is released instead, because its branch was not " + "notified.")
    @APIResponseSchema(BookingOrRehearsal.class)
    public Response cancel(
            @PathParam("id") UUID id,
            @HeaderParam(IdempotencyKey.HEADER) @Nullable String key,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @QueryParam("dryRun") @DefaultValue("false") boolean dryRun,
            @NotNull @Valid Cancel command) {
        return answer(id, key, ifMatch, dryRun, command);
    }

    @POST
    @Path("/{id}/complete")
    @RolesAllowed(Role.ORGANIZER)
    @Operation(operationId = "completeBooking", summary = "Record that a lecture was held, with its head count")
    @APIResponseSchema(BookingOrRehearsal.class)
    public Response complete(
            @PathParam("id") UUID id,
            @HeaderParam(IdempotencyKey.HEADER) @Nullable String key,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @QueryParam("dryRun") @DefaultValue("false") boolean dryRun,
            @NotNull @Valid Complete command) {
        return answer(id, key, ifMatch, dryRun, command);
    }

    @POST
    @Path("/{id}/report")
    @RolesAllowed(Role.BRANCH)
    @Operation(
            operationId = "reportLecture",
            summary = "Report the head count of a lecture as its host",
            description = "Records the lecture as held, as `complete` does. The host may replace its record; once an "
                    + "organizer has recorded or corrected it, only organizers do. Guests do not report: the count is "
                    + "of all people present.")
    @APIResponseSchema(BookingView.class)
    @Conflicts("The lecture has not begun (`lecture-not-started`), was recorded by organizers "
            + "(`recorded-by-organizers`), or can no longer change (`booking-no-longer-active`)")
    public Response report(
            @PathParam("id") UUID id,
            @HeaderParam(IdempotencyKey.HEADER) @Nullable String key,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @NotNull @Valid Report command) {
        rights.demandHost(id, Etag.expected(ifMatch));
        return answerBranch(id, key, ifMatch, command);
    }

    @POST
    @Path("/{id}/correct")
    @RolesAllowed(Role.ORGANIZER)
    @Operation(
            operationId = "correctBooking",
            summary = "Correct the record of a held lecture",
            description = "Replaces head count, note and link, as a new version with a reason; history and "
                    + "audit keep the former values. `booking-not-completed` (409) before completion.")
    @APIResponseSchema(BookingOrRehearsal.class)
    public Response correct(
            @PathParam("id") UUID id,
            @HeaderParam(IdempotencyKey.HEADER) @Nullable String key,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @QueryParam("dryRun") @DefaultValue("false") boolean dryRun,
            @NotNull @Valid Correct command) {
        return answer(id, key, ifMatch, dryRun, command);
    }

    /** Makes the change, or only says what it would do. */
    private Response answer(UUID id, @Nullable String key, @Nullable String ifMatch, boolean dryRun, Change command) {
        if (dryRun) {
            return Response.ok(service.rehearse(id, Etag.expected(ifMatch), command, caller.name()))
                    .build();
        }
        return Answers.response(service.execute(key(key), id, Etag.expected(ifMatch), command));
    }

    /** Makes the change of a branch and answers what a branch may see. */
    private Response answerBranch(UUID id, @Nullable String key, @Nullable String ifMatch, Change command) {
        return Answers.response(service.execute(key(key), id, Etag.expected(ifMatch), command, scope.shown(null)));
    }

    private IdempotencyKey key(@Nullable String header) {
        return IdempotencyKey.of(caller.name(), header);
    }
}
