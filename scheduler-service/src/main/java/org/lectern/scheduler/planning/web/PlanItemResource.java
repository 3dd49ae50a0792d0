package org.lectern.scheduler.planning.web;

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
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.http.Cursor;
import org.lectern.chassis.http.Page;
import org.lectern.chassis.http.Parameters;
import org.lectern.chassis.openapi.Conflicts;
import org.lectern.chassis.openapi.Example;
import org.lectern.chassis.problem.InvalidRequest;
import org.lectern.chassis.problem.Messages;
import org.lectern.scheduler.csv.CsvExport;
import org.lectern.scheduler.download.FileState;
import org.lectern.scheduler.planning.draft.Plans;
import org.lectern.scheduler.planning.draft.StoredPlan;
import org.lectern.scheduler.planning.web.PlanItemView.Filter;
import org.lectern.scheduler.security.Caller;
import org.lectern.scheduler.security.Role;

/** The items of plans over HTTP: lists, days, files, comparisons and explanations. */
@Path("/api/v1/plans/{id}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Plans")
class PlanItemResource {

    private static final UUID NO_ID = new UUID(0, 0);

    private static final List<String> COLUMNS = List.of(
            "number",
            "state",
            "branch",
            "branchName",
            "topic",
            "topicTitle",
            "lecturer",
            "lecturerName",
            "venue",
            "venueName",
            "start",
            "end",
            "zone",
            "pinned",
            "host");

    private static final String CSV_EXAMPLE = """
            number,state,branch,branchName,topic,topicTitle,lecturer,lecturerName,venue,venueName,start,end,zone,pinned,host
            17,PLACED,QS-V-014,青石村,T-03,乡村振兴政策解读,L-007,林晓岚,V-014,青石村文化礼堂,2026-12-10T14:00:00+08:00,2026-12-10T15:30:00+08:00,Asia/Shanghai,false,
            """;

    private final Plans plans;
    private final PlanItems items;
    private final PlanDays days;
    private final Comparisons comparisons;
    private final Explanations explanations;
    private final Outlooks outlooks;
    private final Messages messages;
    private final Caller caller;

    @Inject
    PlanItemResource(
            Plans plans,
            PlanItems items,
            PlanDays days,
            Comparisons comparisons,
            Explanations explanations,
            Outlooks outlooks,
            Messages messages,
            Caller caller) {
        this.plans = plans;
        this.items = items;
        this.days = days;
        this.comparisons = comparisons;
        this.explanations = explanations;
        this.outlooks = outlooks;
        this.messages = messages;
        this.caller = caller;
    }

    @GET
    @Path("/items")
    @RolesAllowed({Role.ORGANIZER, Role.AUDITOR})
    @Operation(
            operationId = "listPlanItems",
            summary = "List the items of a plan",
            description = "In order of their numbers. With `check`, items that booking would refuse now are marked as "
                    + "stale.")
    public Page<PlanItemView> list(
            @PathParam("id") UUID id,
            @QueryParam("state") @Nullable Filter state,
            @QueryParam("lecturerId") @Nullable UUID lecturerId,
            @QueryParam("branchId") @Nullable UUID branchId,
            @Parameter(description = "Only lectures of this day, in the campaign's zone", example = "2026-12-10")
                    @QueryParam("day")
                    @Nullable
                    String day,
            @Parameter(description = "Whether to try booking for each item of the page, rolled back")
                    @QueryParam("check")
                    @DefaultValue("false")
                    boolean check,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit) {
        StoredPlan plan = plans.get(id);
        var criteria =
                new PlanItems.Criteria(state, lecturerId, branchId, day == null ? null : Parameters.date("day", day));
        List<PlanItemView> found = items.list(plan, criteria, number(cursor), limit + 1);
        List<PlanItemView> shown = check ? outlooks.marked(plan, found, caller.name()) : found;
        return Page.of(shown, limit, view -> view, view -> new Cursor(Integer.toString(view.number()), NO_ID));
    }

    private static int number(@Nullable String encoded) {
        Cursor cursor = Cursor.of(encoded);
        try {
            return cursor == null ? -1 : Integer.parseInt(cursor.key());
        } catch (NumberFormatException e) {
            throw new InvalidRequest("?cursor", "cursor.not-ours");
        }
    }

    @GET
    @Path("/items/{number}")
    @RolesAllowed({Role.ORGANIZER, Role.AUDITOR})
    @Operation(operationId = "getPlanItem", summary = "Read an item of a plan")
    public PlanItemView get(@PathParam("id") UUID id, @PathParam("number") @Min(0) int number) {
        return items.get(plans.get(id), number);
    }

    @GET
    @Path("/items.csv")
    @Produces("text/csv")
    @RolesAllowed({Role.ORGANIZER, Role.AUDITOR})
    @Operation(
            operationId = "exportPlanItems",
            summary = "Read the items of a plan as a CSV file",
            description =
                    "Headings are in the language of `Accept-Language`. A text that a spreadsheet could take for a "
                            + "formula starts with an apostrophe.")
    @Example(CSV_EXAMPLE)
    public Response csv(
            @PathParam("id") UUID id,
            @QueryParam("state") @Nullable Filter state,
            @QueryParam("bom") @DefaultValue("false") boolean bom) {
        StoredPlan plan = plans.get(id);
        var criteria = new PlanItems.Criteria(state, null, null, null);
        var export = new CsvExport<PlanItemView>(
                COLUMNS,
                (last, most) -> items.list(plan, criteria, last == null ? -1 : last.number(), most),
                PlanItemResource::cells,
                bom,
                messages);
        return FileState.tagged(Response.ok((StreamingOutput) export::writeTo, CsvExport.MEDIA_TYPE), export::writeTo)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"plan.csv\"")
                .header(HttpHeaders.CONTENT_LANGUAGE, messages.language())
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE)
                .build();
    }

    private static List<@Nullable Object> cells(PlanItemView item) {
        var lecturer = item.lecturer();
        var venue = item.venue();
        return Arrays.asList(
                item.number(),
                item.state(),
                item.branch().code(),
                item.branch().name(),
                item.topic().code(),
                item.topic().title(),
                lecturer == null ? null : lecturer.code(),
                lecturer == null ? null : lecturer.name(),
                venue == null ? null : venue.code(),
                venue == null ? null : venue.name(),
                item.start(),
                item.end(),
                item.zone(),
                item.pinned(),
                item.hostNumber());
    }

    @GET
    @Path("/days")
    @RolesAllowed({Role.ORGANIZER, Role.AUDITOR})
    @Operation(
            operationId = "listPlanDays",
            summary = "List the lecturers' days of a plan",
            description = "By the lecturer's code and the date, each with its lectures in order and its travel.")
    public Page<DayView> days(
            @PathParam("id") UUID id,
            @QueryParam("lecturerId") @Nullable UUID lecturerId,
            @Parameter(description = "The first day", example = "2026-12-07") @QueryParam("from") @Nullable String from,
            @Parameter(description = "The last day", example = "2026-12-13") @QueryParam("to") @Nullable String to,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit) {
        var criteria = new PlanDays.Criteria(
                lecturerId,
                from == null ? null : Parameters.date("from", from),
                to == null ? null : Parameters.date("to", to));
        Cursor after = Cursor.of(cursor);
        var found = days.list(plans.get(id), criteria, after == null ? null : after.key(), limit + 1);
        return Page.of(found, limit, PlanDays.Listed::day, each -> new Cursor(each.key(), NO_ID));
    }

    @GET
    @Path("/compare/{other}")
    @RolesAllowed({Role.ORGANIZER, Role.AUDITOR})
    @Operation(
            operationId = "comparePlans",
            summary = "Compare two plans",
            description = "By branch, topic and occurrence. Plans of different campaigns have nothing in common.")
    public ComparisonView compare(@PathParam("id") UUID id, @PathParam("other") UUID other) {
        return comparisons.compare(id, other);
    }

    @GET
    @Path("/items/{number}/why")
    @RolesAllowed({Role.ORGANIZER, Role.AUDITOR})
    @Operation(
            operationId = "explainPlanItem",
            summary = "Explain an item of a plan",
            description = "Why it takes place there and what the best other ways would cost; or why it is left out and "
                    + "which lecture could give way. Every statement was found by trying, with what is known now. "
                    + "`plan-busy`, `plan-not-ready` (409).")
    @Conflicts
    public WhyView why(@PathParam("id") UUID id, @PathParam("number") @Min(0) int number) {
        StoredPlan plan = plans.get(id);
        PlanService.demandDraft(plan);
        return explanations.why(plan, number);
    }

    @POST
    @Path("/items/{number}/try")
    @RolesAllowed({Role.ORGANIZER, Role.AUDITOR})
    @Operation(
            operationId = "tryPlanItem",
            summary = "Try an item elsewhere",
            description =
                    "Changes nothing. What it would cost with another lecturer, on another day or at another time; or "
                            + "the obstacles. `plan-busy`, `plan-not-ready` (409).")
    @Conflicts
    public WhyView.Tried attempt(
            @PathParam("id") UUID id, @PathParam("number") @Min(0) int number, @NotNull @Valid WhyView.Try request) {
        StoredPlan plan = plans.get(id);
        PlanService.demandDraft(plan);
        return explanations.attempt(plan, number, request);
    }
}
