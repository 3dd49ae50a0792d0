package org.lectern.scheduler.booking.series;

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
import org.lectern.scheduler.idempotency.Answers;
import org.lectern.scheduler.idempotency.IdempotencyKey;
import org.lectern.scheduler.security.Caller;
import org.lectern.scheduler.security.Role;

/** Series over HTTP. */
@Path("/api/v1/series")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(
        name = "Series",
        description = "One lecture repeated weekly or on listed dates. Each occurrence is a booking; "
                + "changing it alone detaches it from the series (`seriesDetached`)")
class SeriesResource {

    private static final String WEEKLY = """
            {"lecturerId": "019a1b6e-5a10-7c3e-8f01-2a6b6c1d0001", "topicId": "019a1b6e-5a10-7c3e-8f01-2a6b6c1d0010",
             "branchId": "019a1b6e-5a10-7c3e-8f01-2a6b6c1d0020", "venueId": "019a1b6e-5a10-7c3e-8f01-2a6b6c1d0030",
             "format": "lecture", "startTime": "14:00", "durationMinutes": 90,
             "weekly": {"from": "2026-12-01", "interval": 2, "weekdays": ["TUESDAY", "FRIDAY"], "count": 8},
             "skip": ["2026-12-29"], "onConflict": "REFUSE"}""";

    private static final String DATES = """
            {"lecturerId": "019a1b6e-5a10-7c3e-8f01-2a6b6c1d0001", "topicId": "019a1b6e-5a10-7c3e-8f01-2a6b6c1d0010",
             "branchId": "019a1b6e-5a10-7c3e-8f01-2a6b6c1d0020", "joinLink": "https://live.example.org/r/17",
             "format": "broadcast", "startTime": "19:30", "zone": "Asia/Shanghai",
             "dates": ["2026-12-01", "2026-12-12", "2027-01-09"], "onConflict": "SKIP"}""";

    private static final String REFUSED =
            "Some occurrences cannot be changed and none was (`changes-refused`; `refused` lists them with the causes), "
                    + "there is none to change (`series-nothing-to-change`)";

    private static final String FROM_THEN_ON =
            " Affects upcoming occurrences that can still change; an unchanged occurrence gets no version "
                    + "and no notice. All or nothing; only the final state counts, so occurrences may exchange slots. "
                    + "With `dryRun` it only reports the outcome and needs no `Idempotency-Key`.";

    private final SeriesService service;
    private final SeriesSearch search;
    private final Caller caller;

    @Inject
    SeriesResource(SeriesService service, SeriesSearch search, Caller caller) {
        this.service = service;
        this.search = search;
        this.caller = caller;
    }

    @POST
    @Path("/preview")
    @RolesAllowed(Role.ORGANIZER)
    @Operation(
            operationId = "previewSeries",
            summary = "Preview a series",
            description = "Stores nothing. Each date with its times, whether it is free, the conflicting "
                    + "bookings and broken rules, and whether the clocks change at that time.")
    @Example(name = "weekly", value = WEEKLY)
    @Example(name = "dates", value = DATES)
    public SeriesPreview preview(@NotNull @Valid SeriesRequest request) {
        return service.preview(request, caller.name());
    }

    @POST
    @RolesAllowed(Role.ORGANIZER)
    @Operation(
            operationId = "bookSeries",
            summary = "Book a series",
            description = "All occurrences in one transaction: all or none, or with `onConflict` SKIP the "
                    + "possible ones. The branch is notified of each.")
    @APIResponseSchema(value = SeriesView.class, responseCode = "201", responseDescription = "Booked")
    @Conflicts("Some occurrences are not possible and nothing was booked (`series-refused`; "
            + "`occurrences` lists them with the causes)")
    @Example(name = "weekly", value = WEEKLY)
    @Example(name = "dates", value = DATES)
    public Response book(
            @HeaderParam(IdempotencyKey.HEADER) @Nullable String key, @NotNull @Valid SeriesRequest request) {
        return Answers.response(service.create(key(key), request));
    }

    @GET
    @RolesAllowed({Role.ORGANIZER, Role.AUDITOR})
    @Operation(
            operationId = "listSeries",
            summary = "List series, the newest first",
            description = "One and the same occurrence must fit all filters about lectures.")
    public Page<SeriesSummary> list(
            @QueryParam("lecturerId") @Nullable UUID lecturerId,
            @QueryParam("topicId") @Nullable UUID topicId,
            @Parameter(description = "As host or guest") @QueryParam("branchId") @Nullable UUID branchId,
            @QueryParam("venueId") @Nullable UUID venueId,
            @QueryParam("campaignId") @Nullable UUID campaignId,
            @Parameter(description = "`false`: only series with a lecture ahead; `true`: only those without")
                    @QueryParam("ended")
                    @Nullable
                    Boolean ended,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit) {
        var criteria = new SeriesSearch.Criteria(lecturerId, topicId, branchId, venueId, campaignId, ended);
        return Page.of(
                search.list(criteria, Cursor.ofTime(cursor), limit + 1),
                limit,
                series -> series,
                series -> new Cursor(series.createdAt().toString(), series.id()));
    }

    @GET
    @Path("/{id}")
    @RolesAllowed({Role.ORGANIZER, Role.AUDITOR})
    @Operation(operationId = "getSeries", summary = "Read a series with its occurrences")
    @APIResponseSchema(SeriesView.class)
    public Response get(@PathParam("id") UUID id) {
        SeriesView view = service.get(id);
        return Response.ok(view)
                .header(HttpHeaders.ETAG, Etag.of(view.version()))
                .build();
    }

    @POST
    @Path("/{id}/occurrences")
    @RolesAllowed(Role.ORGANIZER)
    @Operation(
            operationId = "extendSeries",
            summary = "Add dates to a series",
            description =
                    "Listed dates, dates that were left out, or further dates by the weekly rule. They are like the "
                            + "last occurrence that was not changed by itself: with its time, lecturer, place, host and guests. All "
                            + "or none, or with `onConflict` SKIP those that can be. With `dryRun` the answer is a preview of these "
                            + "dates (`SeriesPreview`), and no `Idempotency-Key` is needed.")
    @APIResponseSchema(SeriesOrPreview.class)
    @Conflicts("Some dates cannot be, or none can, and nothing was booked (`series-refused`; `occurrences` names them "
            + "with the causes)")
    @Example(name = "four more weeks", value = "{\"count\": 4}")
    @Example(name = "what was left out", value = "{\"missing\": true, \"onConflict\": \"SKIP\"}")
    public Response extend(
            @PathParam("id") UUID id,
            @HeaderParam(IdempotencyKey.HEADER) @Nullable String key,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @QueryParam("dryRun") @DefaultValue("false") boolean dryRun,
            @NotNull @Valid SeriesExtension more) {
        if (dryRun) {
            return Response.ok(service.previewMore(id, Etag.expected(ifMatch), more, caller.name()))
                    .build();
        }
        return Answers.response(service.add(key(key), id, Etag.expected(ifMatch), more));
    }

    /** The series with its new dates, or with {@code dryRun} a preview of them. */
    @Schema(
            name = "SeriesOrPreview",
            description = "The series with its new dates; with `dryRun=true` a preview of these dates",
            oneOf = {SeriesView.class, SeriesPreview.class})
    private interface SeriesOrPreview {}

    @POST
    @Path("/{id}/reschedule")
    @RolesAllowed(Role.ORGANIZER)
    @Operation(
            operationId = "rescheduleSeries",
            summary = "Reschedule an occurrence and all later ones",
            description = "By days and minutes, or to another local time. Affects upcoming occurrences that "
                    + "can still change; an unchanged occurrence gets no version and no notice. All or "
                    + "nothing; only the final state counts, so occurrences may exchange slots. With "
                    + "`dryRun` it only reports the outcome and needs no `Idempotency-Key`." + FROM_THEN_ON)
    @APIResponseSchema(SeriesChangeView.class)
    @Conflicts(REFUSED)
    public Response reschedule(
            @PathParam("id") UUID id,
            @HeaderParam(IdempotencyKey.HEADER) @Nullable String key,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @QueryParam("dryRun") @DefaultValue("false") boolean dryRun,
            @NotNull @Valid SeriesChange.Reschedule request) {
        return change(id, key, ifMatch, dryRun, request);
    }

    @POST
    @Path("/{id}/reassign")
    @RolesAllowed(Role.ORGANIZER)
    @Operation(
            operationId = "reassignSeries",
            summary = "Reassign an occurrence and all later ones",
            description = "A field that is left out stays unchanged." + FROM_THEN_ON)
    @APIResponseSchema(SeriesChangeView.class)
    @Conflicts(REFUSED)
    public Response reassign(
            @PathParam("id") UUID id,
            @HeaderParam(IdempotencyKey.HEADER) @Nullable String key,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @QueryParam("dryRun") @DefaultValue("false") boolean dryRun,
            @NotNull @Valid SeriesChange.Reassign request) {
        return change(id, key, ifMatch, dryRun, request);
    }

    @POST
    @Path("/{id}/cancel")
    @RolesAllowed(Role.ORGANIZER)
    @Operation(
            operationId = "cancelSeries",
            summary = "Cancel an occurrence and all later ones",
            description = "Includes occurrences that were changed individually." + FROM_THEN_ON)
    @APIResponseSchema(SeriesChangeView.class)
    public Response cancel(
            @PathParam("id") UUID id,
            @HeaderParam(IdempotencyKey.HEADER) @Nullable String key,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @QueryParam("dryRun") @DefaultValue("false") boolean dryRun,
            @NotNull @Valid SeriesChange.Cancel request) {
        return change(id, key, ifMatch, dryRun, request);
    }

    private Response change(
            UUID id, @Nullable String key, @Nullable String ifMatch, boolean dryRun, SeriesChange request) {
        int expected = Etag.expected(ifMatch);
        if (dryRun) {
            return Response.ok(service.preview(id, expected, request, caller.name()))
                    .build();
        }
        return Answers.response(service.change(key(key), id, expected, request));
    }

    private IdempotencyKey key(@Nullable String header) {
        return IdempotencyKey.of(caller.name(), header);
    }
}
