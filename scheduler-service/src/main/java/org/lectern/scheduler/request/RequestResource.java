package org.lectern.scheduler.request;

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
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.http.Cursor;
import org.lectern.chassis.http.Etag;
import org.lectern.chassis.http.Page;
import org.lectern.chassis.openapi.Conflicts;
import org.lectern.chassis.openapi.Example;
import org.lectern.chassis.problem.InvalidRequest;
import org.lectern.chassis.problem.NotFound;
import org.lectern.scheduler.idempotency.Answers;
import org.lectern.scheduler.idempotency.IdempotencyKey;
import org.lectern.scheduler.reason.ReasonCode;
import org.lectern.scheduler.registry.branch.BranchScope;
import org.lectern.scheduler.request.LectureRequests.Criteria;
import org.lectern.scheduler.request.LectureRequests.Order;
import org.lectern.scheduler.security.Caller;
import org.lectern.scheduler.security.Role;

/** Lecture requests over HTTP. */
@Path("/api/v1/requests")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Requests", description = "Lecture requests of branches, and the answers")
class RequestResource {

    private final RequestService service;
    private final LectureRequests requests;
    private final BranchScope scope;
    private final Caller caller;

    @Inject
    RequestResource(RequestService service, LectureRequests requests, BranchScope scope, Caller caller) {
        this.service = service;
        this.requests = requests;
        this.scope = scope;
        this.caller = caller;
    }

    @POST
    @RolesAllowed({Role.BRANCH, Role.ORGANIZER})
    @Operation(
            operationId = "requestLecture",
            summary = "Request a lecture",
            description = "A branch requests for its subtree, an organizer for any branch. One open request "
                    + "per branch and topic (409 `already-requested` names it). It stays open until an "
                    + "organizer accepts or refuses it, the branch withdraws it, or its last window has "
                    + "passed.")
    @APIResponseSchema(value = RequestView.class, responseCode = "201")
    @Example(name = "two-weeks", value = """
                                                            {"topicId": "019a1b6e-5a10-7c3e-8f01-2a6b6c1d0030",
                                                             "branchId": "019a1b6e-5a10-7c3e-8f01-2a6b6c1d0020",
                                                             "windows": [{"from": "2026-12-01T08:00:00+08:00",
                                                                          "until": "2026-12-14T18:00:00+08:00"}],
                                                             "expectedHeadCount": 80, "note": "希望结合本村茶产业来讲"}""")
    public Response ask(@HeaderParam(IdempotencyKey.HEADER) @Nullable String key, @NotNull @Valid NewRequest request) {
        return Answers.response(service.ask(key(key), visible(), request));
    }

    @GET
    @RolesAllowed({Role.ORGANIZER, Role.AUDITOR, Role.BRANCH})
    @Operation(
            operationId = "listLectureRequests",
            summary = "List requests by age or by need",
            description = "A branch sees the requests of its subtree.")
    public Page<RequestView> list(
            @QueryParam("status") @Nullable RequestStatus status,
            @QueryParam("topicId") @Nullable UUID topicId,
            @QueryParam("branchId") @Nullable UUID branchId,
            @Parameter(description = "Only requests with this reason code in the latest change")
                    @QueryParam("reasonCode")
                    @ReasonCode
                    @Nullable
                    String reasonCode,
            @Parameter(
                            description = "`age`: the oldest first; `need`: the most needed first",
                            schema = @Schema(enumeration = {"age", "need"}))
                    @QueryParam("sort")
                    @DefaultValue("age")
                    String sort,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit) {
        Order order = switch (sort) {
            case "age" -> Order.AGE;
            case "need" -> Order.NEED;
            default -> throw new InvalidRequest("?sort", "one-of", "age, need");
        };
        var found = requests.list(
                new Criteria(status, topicId, branchId, reasonCode, visible()),
                order,
                cursor(cursor, order),
                limit + 1);
        return Page.of(
                found,
                limit,
                LectureRequest::view,
                each -> new Cursor(
                        order == Order.AGE ? each.requestedAt().toString() : Integer.toString(each.need()), each.id()));
    }

    @GET
    @Path("/{id}")
    @RolesAllowed({Role.ORGANIZER, Role.AUDITOR, Role.BRANCH})
    @Operation(operationId = "getLectureRequest", summary = "Read a request")
    @APIResponseSchema(RequestView.class)
    public Response get(@PathParam("id") UUID id) {
        RequestView view =
                requests.find(id, visible()).map(LectureRequest::view).orElseThrow(NotFound::new);
        return Response.ok(view)
                .header(HttpHeaders.ETAG, Etag.of(view.version()))
                .build();
    }

    @GET
    @Path("/{id}/history")
    @RolesAllowed({Role.ORGANIZER, Role.AUDITOR})
    @Operation(operationId = "getLectureRequestHistory", summary = "Read every version of a request")
    public RequestVersions history(@PathParam("id") UUID id) {
        requests.demandVisible(id, Optional.empty());
        return new RequestVersions(requests.history(id));
    }

    @POST
    @Path("/{id}/accept")
    @RolesAllowed(Role.ORGANIZER)
    @Operation(
            operationId = "acceptLectureRequest",
            summary = "Accept a request and book the lecture",
            description = "Books the lecture and accepts the request, both or neither, with the same "
                    + "refusals as a booking. `outside-windows` when the lecture is in none of the "
                    + "request's windows, unless `override` gives a reason. The branch is notified.")
    @APIResponseSchema(RequestView.class)
    @Conflicts
    public Response accept(
            @PathParam("id") UUID id,
            @HeaderParam(IdempotencyKey.HEADER) @Nullable String key,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @NotNull @Valid AcceptRequest answer) {
        return Answers.response(service.accept(key(key), id, Etag.expected(ifMatch), answer));
    }

    @POST
    @Path("/{id}/refuse")
    @RolesAllowed(Role.ORGANIZER)
    @Operation(
            operationId = "refuseLectureRequest",
            summary = "Refuse a request",
            description = "The branch gets the reason. A pending offer is released.")
    @APIResponseSchema(RequestView.class)
    @Conflicts
    public Response refuse(
            @PathParam("id") UUID id,
            @HeaderParam(IdempotencyKey.HEADER) @Nullable String key,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @NotNull @Valid RefuseRequest refusal) {
        return Answers.response(service.refuse(key(key), id, Etag.expected(ifMatch), refusal));
    }

    @POST
    @Path("/{id}/withdraw")
    @RolesAllowed({Role.BRANCH, Role.ORGANIZER})
    @Operation(operationId = "withdrawLectureRequest", summary = "Withdraw a request")
    @APIResponseSchema(RequestView.class)
    @Conflicts
    public Response withdraw(
            @PathParam("id") UUID id,
            @HeaderParam(IdempotencyKey.HEADER) @Nullable String key,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @NotNull @Valid ReasonRequest why) {
        return Answers.response(service.withdraw(key(key), visible(), id, Etag.expected(ifMatch), why));
    }

    @POST
    @Path("/{id}/offer")
    @RolesAllowed(Role.ORGANIZER)
    @Operation(
            operationId = "offerSlot",
            summary = "Offer a slot to the branch",
            description = "Holds the slot until `expiresAt` and notifies the branch, which takes or "
                    + "declines it. Slots that become free are offered automatically, first to the "
                    + "matching request with the greatest need.")
    @APIResponseSchema(RequestView.class)
    @Conflicts
    public Response offer(
            @PathParam("id") UUID id,
            @HeaderParam(IdempotencyKey.HEADER) @Nullable String key,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @NotNull @Valid AcceptRequest answer) {
        return Answers.response(service.offer(key(key), id, Etag.expected(ifMatch), answer));
    }

    @POST
    @Path("/{id}/offer/take")
    @RolesAllowed({Role.BRANCH, Role.ORGANIZER})
    @Operation(
            operationId = "takeOffer",
            summary = "Take an offer",
            description = "Has no body. Books the lecture; `no-offer` (409) when the offer was taken or "
                    + "declined, or has expired.")
    @APIResponseSchema(RequestView.class)
    @Conflicts
    public Response takeOffer(
            @PathParam("id") UUID id,
            @HeaderParam(IdempotencyKey.HEADER) @Nullable String key,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
        return Answers.response(service.takeOffer(key(key), visible(), id, Etag.expected(ifMatch)));
    }

    @POST
    @Path("/{id}/offer/decline")
    @RolesAllowed({Role.BRANCH, Role.ORGANIZER})
    @Operation(
            operationId = "declineOffer",
            summary = "Decline an offer",
            description = "The request stays open; the slot is offered to the next matching request.")
    @APIResponseSchema(RequestView.class)
    @Conflicts
    public Response declineOffer(
            @PathParam("id") UUID id,
            @HeaderParam(IdempotencyKey.HEADER) @Nullable String key,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @NotNull @Valid ReasonRequest why) {
        return Answers.response(service.declineOffer(key(key), visible(), id, Etag.expected(ifMatch), why));
    }

    private IdempotencyKey key(@Nullable String header) {
        return IdempotencyKey.of(caller.name(), header);
    }

    private Optional<Set<UUID>> visible() {
        return scope.visibleTo(caller);
    }

    private static @Nullable Cursor cursor(@Nullable String encoded, Order order) {
        Cursor cursor = Cursor.of(encoded);
        if (cursor == null) {
            return null;
        }
        try {
            switch (order) {
                case AGE -> Cursor.ofTime(encoded);
                case NEED -> Integer.parseInt(cursor.key());
            }
            return cursor;
        } catch (NumberFormatException e) {
            throw new InvalidRequest("?cursor", "cursor.not-ours");
        }
    }
}
