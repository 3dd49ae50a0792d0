package org.lectern.scheduler.booking.file;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
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
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.http.Cursor;
import org.lectern.chassis.http.Parameters;
import org.lectern.chassis.ical.CalendarFile;
import org.lectern.chassis.openapi.Example;
import org.lectern.chassis.problem.Messages;
import org.lectern.chassis.problem.NotFound;
import org.lectern.scheduler.booking.BookingStatus;
import org.lectern.scheduler.booking.BookingView;
import org.lectern.scheduler.booking.Bookings;
import org.lectern.scheduler.booking.Bookings.Criteria;
import org.lectern.scheduler.booking.ReadScope;
import org.lectern.scheduler.csv.CsvExport;
import org.lectern.scheduler.csv.CsvFile;
import org.lectern.scheduler.csv.ImportReport;
import org.lectern.scheduler.csv.Pages;
import org.lectern.scheduler.download.FileState;
import org.lectern.scheduler.idempotency.Answer;
import org.lectern.scheduler.idempotency.IdempotencyKey;
import org.lectern.scheduler.reason.ReasonCode;
import org.lectern.scheduler.security.Caller;
import org.lectern.scheduler.security.Role;

/** Bookings as files for spreadsheets and calendars. */
@Path("/api/v1/bookings")
@RunOnVirtualThread
@Tag(name = "Bookings")
class BookingFilesResource {

    private static final String CSV_EXAMPLE = """
            id,status,lecturer,lecturerName,topic,topicTitle,branch,branchName,venue,venueName,guests,format,start,end,zone,joinLink,headCount,note,attended,reason
            0198e6a0-5d2c-7c3e-9c60-0b0d1c2d3e4f,CONFIRMED,L-007,林晓岚,T-03,乡村振兴政策解读,QS-V-014,青石村,V-014,青石村文化礼堂,QS-V-015:20,lecture,2026-12-01T14:00:00+08:00,2026-12-01T16:00:00+08:00,Asia/Shanghai,,80,,,
            """;

    private static final String CALENDAR_EXAMPLE = """
            BEGIN:VCALENDAR
            VERSION:2.0
            PRODID:-//Lectern//Scheduler//EN
            CALSCALE:GREGORIAN
            X-WR-CALNAME:Lectures
            BEGIN:VEVENT
            UID:0198e6a0-5d2c-7c3e-9c60-0b0d1c2d3e4f@lectern
            SEQUENCE:0
            DTSTAMP:20261120T083000Z
            CREATED:20261120T083000Z
            LAST-MODIFIED:20261120T083000Z
            DTSTART:20261201T060000Z
            DTEND:20261201T080000Z
            STATUS:CONFIRMED
            TRANSP:OPAQUE
            SUMMARY:乡村振兴政策解读
            LOCATION:青石村文化礼堂\\, 青石村8号
            DESCRIPTION:Lecturer: 林晓岚\\nHost: 青石村
            CATEGORIES:lecture
            END:VEVENT
            END:VCALENDAR
            """;

    private static final String SCOPE =
            "A branch gets the bookings of its subtree, a lecturer its own, without holds and notes. ";

    private static final String STREAMED =
            "The file is streamed: a booking that changes during the download appears as of the moment it is sent.";

    private final BookingImport importing;
    private final Bookings bookings;
    private final ReadScope scope;
    private final Caller caller;
    private final Messages messages;
    private final FileState files;

    @Inject
    BookingFilesResource(
            BookingImport importing,
            Bookings bookings,
            ReadScope scope,
            Caller caller,
            Messages messages,
            FileState files) {
        this.importing = importing;
        this.bookings = bookings;
        this.scope = scope;
        this.caller = caller;
        this.messages = messages;
        this.files = files;
    }

    @POST
    @Path("/import")
    @Consumes("text/csv")
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed(Role.ORGANIZER)
    @Operation(
            operationId = "importBookings",
            summary = "Book lectures by CSV",
            description = "UTF-8 or GB18030, detected unless `charset` names it; a header in either "
                    + "language; at most 500 rows. Lecturer, topic, branch, venue and guests by code or "
                    + "id. Times with offset, or local in `zone` or the branch's zone (`2026-12-01 "
                    + "14:00`). `end`, `minutes` or the topic's duration. Guests as `CODE:20;CODE`. "
                    + "`override` covers the rules of its row. All or nothing: rows are booked in order "
                    + "as by `POST /bookings`, also checked against earlier rows; each error has its "
                    + "line and names the conflict. A row with the `id` of a booking, as exports have "
                    + "it, must equal the booking and changes nothing. A real import with errors is "
                    + "refused (422 `import-refused`, `rowErrors`). A dry run needs no key.")
    @APIResponseSchema(
            value = ImportReport.class,
            responseCode = "200",
            responseDescription = "The report of the import or of the dry run")
    @Example(BookingImport.EXAMPLE)
    public Response importCsv(
            @Context HttpHeaders headers,
            @HeaderParam(IdempotencyKey.HEADER) @Nullable String key,
            @QueryParam("dryRun") @DefaultValue("false") boolean dryRun,
            @NotNull byte[] file) {
        var sent = new CsvFile(file, headers.getHeaderString(HttpHeaders.CONTENT_TYPE));
        if (dryRun) {
            return Response.ok(importing.rehearse(sent, caller.name())).build();
        }
        Answer answer = importing.run(IdempotencyKey.of(caller.name(), key), sent);
        var response = Response.status(answer.status()).entity(answer.body());
        if (answer.replayed()) {
            response.header("Idempotency-Replayed", "true");
        }
        return response.build();
    }

    @GET
    @Path("/export.csv")
    @Produces("text/csv")
    @RolesAllowed({Role.ORGANIZER, Role.AUDITOR, Role.BRANCH})
    @Operation(
            operationId = "exportBookings",
            summary = "Read bookings as a CSV file",
            description = SCOPE + "Headings are in the language of `Accept-Language`; the import reads them in any. "
                    + "A text that a spreadsheet could take for a formula has an apostrophe before it, which the import "
                    + "takes away. " + STREAMED)
    @Example(CSV_EXAMPLE)
    public Response csv(
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
            @QueryParam("bom") @DefaultValue("false") boolean bom) {
        var found = pages(from, to, lecturerId, branchId, venueId, topicId, seriesId, campaignId, status, reasonCode);
        var export = new CsvExport<>(BookingSheet.EXPORTED, found, BookingSheet::cells, bom, messages);
        return download(export::writeTo, CsvExport.MEDIA_TYPE, "bookings.csv");
    }

    @GET
    @Path("/export.ics")
    @Produces("text/calendar")
    @RolesAllowed({Role.ORGANIZER, Role.AUDITOR, Role.BRANCH, Role.LECTURER})
    @Operation(
            operationId = "exportCalendar",
            summary = "Read bookings as a calendar",
            description = SCOPE + "Holds are TENTATIVE; what was cancelled stays as CANCELLED, so that calendars that "
                    + "have it take it away. " + STREAMED)
    @Example(CALENDAR_EXAMPLE)
    public Response calendar(
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
                    String reasonCode) {
        var found = pages(from, to, lecturerId, branchId, venueId, topicId, seriesId, campaignId, status, reasonCode);
        return download(new BookingCalendar(found, messages)::writeTo, CalendarFile.MEDIA_TYPE, "bookings.ics");
    }

    @GET
    @Path("/{id}/calendar.ics")
    @Produces("text/calendar")
    @RolesAllowed({Role.ORGANIZER, Role.AUDITOR, Role.BRANCH, Role.LECTURER})
    @Operation(operationId = "getBookingCalendar", summary = "Read a booking as iCalendar")
    @Example(CALENDAR_EXAMPLE)
    public Response event(@PathParam("id") UUID id) {
        BookingView view = scope.find(id).orElseThrow(NotFound::new);
        Pages<BookingView> one = (last, most) -> last == null ? List.of(view) : List.of();
        return download(new BookingCalendar(one, messages)::writeTo, CalendarFile.MEDIA_TYPE, "booking-" + id + ".ics");
    }

    private Pages<BookingView> pages(
            @Nullable String from,
            @Nullable String to,
            @Nullable UUID lecturerId,
            @Nullable UUID branchId,
            @Nullable UUID venueId,
            @Nullable UUID topicId,
            @Nullable UUID seriesId,
            @Nullable UUID campaignId,
            @Nullable BookingStatus status,
            @Nullable String reasonCode) {
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
                null,
                null,
                null,
                scope.announced(lecturerId),
                scope.branches(lecturerId));
        UnaryOperator<BookingView> shown =
                scope.shown(lecturerId); // evaluated now: the file is written after the request
        return (last, most) ->
                bookings.list(criteria, last == null ? null : new Cursor(key(last), last.id()), most).stream()
                        .map(shown)
                        .toList();
    }

    private static String key(BookingView last) {
        return last.start().toInstant().toString();
    }

    private Response download(StreamingOutput file, String mediaType, String name) {
        var response = Response.ok(file, mediaType)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"")
                .header(HttpHeaders.CONTENT_LANGUAGE, messages.language())
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE);
        return files.validators(response, "booking", "lecturer", "topic", "branch", "venue")
                .build();
    }
}
