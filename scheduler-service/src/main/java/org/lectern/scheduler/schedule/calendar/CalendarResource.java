package org.lectern.scheduler.schedule.calendar;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.stream.IntStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.http.Etag;
import org.lectern.chassis.http.Parameters;
import org.lectern.chassis.openapi.Example;
import org.lectern.chassis.problem.InvalidRequest;
import org.lectern.scheduler.csv.CsvFile;
import org.lectern.scheduler.csv.ImportReport;
import org.lectern.scheduler.security.Role;

/** The working calendar over HTTP. */
@Path("/api/v1/calendar")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Calendar", description = "Public holidays and make-up workdays, as announced")
class CalendarResource {

    private static final int LONGEST_RANGE_DAYS = 400;

    private final Calendar calendar;
    private final WorkingCalendar working;
    private final CalendarImport importing;

    @Inject
    CalendarResource(Calendar calendar, WorkingCalendar working, CalendarImport importing) {
        this.calendar = calendar;
        this.working = working;
        this.importing = importing;
    }

    @GET
    @RolesAllowed({Role.ORGANIZER, Role.AUDITOR, Role.BRANCH, Role.OPERATOR})
    @Operation(
            operationId = "getCalendar",
            summary = "Read the working calendar day by day",
            description = "A day of a year without announced holidays has `announced: false`: its kind "
                    + "follows the weekday.")
    public RangeView range(
            @Parameter(description = "The first day", example = "2026-09-28") @QueryParam("from") @Nullable String from,
            @Parameter(description = "The last day, at most 400 days later", example = "2026-10-11")
                    @QueryParam("to")
                    @Nullable
                    String to) {
        LocalDate first = Parameters.date("from", from);
        LocalDate last = Parameters.date("to", to);
        if (last.isBefore(first) || ChronoUnit.DAYS.between(first, last) >= LONGEST_RANGE_DAYS) {
            throw new InvalidRequest("?to", "calendar.range", LONGEST_RANGE_DAYS);
        }
        WorkingCalendar.Days days = working.between(first, last);
        return new RangeView(
                IntStream.rangeClosed(first.getYear(), last.getYear())
                        .mapToObj(year -> new RangeView.Year(year, days.announced(year)))
                        .toList(),
                first.datesUntil(last.plusDays(1)).map(days::on).toList());
    }

    @GET
    @Path("/{year:[0-9]{4}}")
    @RolesAllowed({Role.ORGANIZER, Role.AUDITOR, Role.BRANCH, Role.OPERATOR})
    @Operation(
            operationId = "getCalendarYear",
            summary = "Read the announced days of a year",
            description = "A year without any entry is not announced and has version 1.")
    @APIResponseSchema(YearView.class)
    public Response year(@Parameter(description = "The year", example = "2026") @PathParam("year") int year) {
        return shown(calendar.year(year));
    }

    @PUT
    @Path("/{year:[0-9]{4}}")
    @RolesAllowed(Role.ORGANIZER)
    @Operation(
            operationId = "changeCalendarYear",
            summary = "Set the announced days of a year",
            description = "Replaces the whole year. Existing bookings stay unchanged.")
    @APIResponseSchema(YearView.class)
    @Example(name = "announced", value = """
                                                            {"announced": true, "days": [
                                                              {"date": "2026-10-01", "name": "国庆节", "isOffDay": true},
                                                              {"date": "2026-10-10", "name": "国庆节", "isOffDay": false}]}""")
    public Response replace(
            @Parameter(description = "The year", example = "2026") @PathParam("year") int year,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @QueryParam("dryRun") @DefaultValue("false") boolean dryRun,
            @NotNull @Valid YearRequest request) {
        var view = calendar.replace(year, Etag.expected(ifMatch), request, dryRun);
        return dryRun ? Response.ok(view).build() : shown(view);
    }

    @POST
    @Path("/import")
    @RolesAllowed(Role.ORGANIZER)
    @Operation(
            operationId = "importCalendar",
            summary = "Import a year from the data set holiday-cn, or from CSV",
            description = "Replaces the whole year; a repeat changes nothing. A year without days counts as "
                    + "not announced. CSV needs the parameter `year`.")
    @RequestBody(
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = Announcement.class),
                        examples = @ExampleObject(name = "holiday-cn", value = """
                                        {"year": 2026, "days": [
                                          {"name": "国庆节", "date": "2026-10-01", "isOffDay": true},
                                          {"name": "国庆节", "date": "2026-10-10", "isOffDay": false}]}""")),
                @Content(
                        mediaType = "text/csv",
                        schema = @Schema(implementation = String.class),
                        examples = @ExampleObject(name = "csv", value = CalendarImport.EXAMPLE))
            })
    @Parameter(
            name = "year",
            in = ParameterIn.QUERY,
            description = "The year of a CSV file; JSON names it in the body",
            example = "2026",
            schema = @Schema(implementation = Integer.class))
    public ImportReport importJson(
            @QueryParam("dryRun") @DefaultValue("false") boolean dryRun, @NotNull @Valid Announcement announcement) {
        return importing.run(announcement, dryRun);
    }

    @POST
    @Path("/import")
    @Consumes("text/csv")
    @RolesAllowed(Role.ORGANIZER)
    @Operation(hidden = true)
    public ImportReport importCsv(
            @Context HttpHeaders headers,
            @QueryParam("year") @Nullable Integer year,
            @QueryParam("dryRun") @DefaultValue("false") boolean dryRun,
            @NotNull byte[] file) {
        if (year == null) {
            throw new InvalidRequest("?year", "calendar.year");
        }
        return importing.run(year, new CsvFile(file, headers.getHeaderString(HttpHeaders.CONTENT_TYPE)), dryRun);
    }

    private static Response shown(YearView view) {
        return Response.ok(view)
                .header(HttpHeaders.ETAG, Etag.of(view.version()))
                .build();
    }
}
