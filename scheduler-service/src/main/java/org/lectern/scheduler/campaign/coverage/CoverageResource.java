package org.lectern.scheduler.campaign.coverage;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
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
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.http.Cursor;
import org.lectern.chassis.http.Page;
import org.lectern.chassis.openapi.Example;
import org.lectern.chassis.problem.InvalidRequest;
import org.lectern.chassis.problem.Messages;
import org.lectern.scheduler.campaign.CampaignView;
import org.lectern.scheduler.campaign.Campaigns;
import org.lectern.scheduler.campaign.coverage.Inventory.Criteria;
import org.lectern.scheduler.campaign.coverage.Inventory.Listed;
import org.lectern.scheduler.campaign.coverage.Inventory.Order;
import org.lectern.scheduler.csv.CsvExport;
import org.lectern.scheduler.download.FileState;
import org.lectern.scheduler.security.Role;

/** Coverage of a campaign over HTTP. */
@Path("/api/v1/campaigns/{id}")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Campaigns")
class CoverageResource {

    private static final List<String> COLUMNS = List.of(
            "district",
            "branch",
            "branchName",
            "kind",
            "topic",
            "topicTitle",
            "state",
            "reason",
            "nextStep",
            "required",
            "held",
            "booked",
            "attended",
            "jointAttended",
            "lecturerAccepted",
            "rated",
            "priority",
            "tier",
            "bookings");

    private static final String CSV_EXAMPLE = """
            district,branch,branchName,kind,topic,topicTitle,state,reason,nextStep,required,held,booked,attended,jointAttended,lecturerAccepted,rated,priority,tier,bookings
            QS,QS-V-014,青石村,village,T-03,乡村振兴政策解读,HELD,All 1 required were held.,Nothing.,1,1,0,76,0,1,1,false,municipal,0198e6a0-5d2c-7c3e-9c60-0b0d1c2d3e4f
            """;

    private final Campaigns campaigns;
    private final CoverageReader reader;
    private final Inventory inventory;
    private final CoverageReport report;
    private final LecturerLoad load;
    private final Messages messages;

    @Inject
    CoverageResource(
            Campaigns campaigns,
            CoverageReader reader,
            Inventory inventory,
            CoverageReport report,
            LecturerLoad load,
            Messages messages) {
        this.campaigns = campaigns;
        this.reader = reader;
        this.inventory = inventory;
        this.report = report;
        this.load = load;
        this.messages = messages;
    }

    @GET
    @Path("/coverage")
    @RolesAllowed({Role.ORGANIZER, Role.AUDITOR})
    @Operation(
            operationId = "getCoverage",
            summary = "Read the coverage of a campaign",
            description = "Counted from the bookings at this moment. An item is one topic at one branch. "
                    + "Joint lectures count for host and guests. Only completed lectures cover an item. "
                    + "The totals of each kind add up to `totals`. `under` selects the subtree of a "
                    + "branch and shows the level below it; a subtree without targets has no items.")
    public Coverage coverage(
            @PathParam("id") UUID id,
            @Parameter(description = "Only the subtree of this branch") @QueryParam("under") @Nullable UUID under) {
        return reader.coverage(id, under);
    }

    @GET
    @Path("/coverage/items")
    @RolesAllowed({Role.ORGANIZER, Role.AUDITOR})
    @Operation(
            operationId = "listCoverageItems",
            summary = "List the items of a campaign with their coverage",
            description = "Each with reason, next step and the bookings behind it.")
    public Page<CoverageItem> items(
            @PathParam("id") UUID id,
            @Parameter(description = "Only the subtree of this branch") @QueryParam("under") @Nullable UUID under,
            @Parameter(description = "Only branches of this kind", example = "village") @QueryParam("kind") @Nullable
                    String kind,
            @QueryParam("topicId") @Nullable UUID topicId,
            @QueryParam("state") @Nullable CoverageState state,
            @Parameter(description = "Only branches with priority, or only the others")
                    @QueryParam("priority")
                    @Nullable
                    Boolean priority,
            @Parameter(description = "The first sort key, before branch and topic")
                    @QueryParam("sort")
                    @DefaultValue("BRANCH")
                    Order sort,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit) {
        CampaignView campaign = campaigns.view(id);
        var criteria = new Criteria(new BranchProjection.Criteria(under, null, kind, priority), topicId, state, sort);
        List<Listed> found = inventory.items(campaign, criteria, key(cursor), limit + 1);
        return Page.of(
                found,
                limit,
                Listed::item,
                last -> new Cursor(last.key(), last.item().branch().id()));
    }

    @GET
    @Path("/coverage/items.csv")
    @Produces("text/csv")
    @RolesAllowed({Role.ORGANIZER, Role.AUDITOR})
    @Operation(
            operationId = "exportCoverageItems",
            summary = "Read the items of a campaign as a CSV file",
            description = "By branch and topic. A text that a spreadsheet could take for a formula starts "
                    + "with an apostrophe.")
    @Example(CSV_EXAMPLE)
    public Response csv(
            @PathParam("id") UUID id,
            @Parameter(description = "Only the subtree of this branch") @QueryParam("under") @Nullable UUID under,
            @Parameter(description = "Only branches of this kind", example = "village") @QueryParam("kind") @Nullable
                    String kind,
            @QueryParam("topicId") @Nullable UUID topicId,
            @QueryParam("state") @Nullable CoverageState state,
            @Parameter(description = "Only branches with priority, or only the others")
                    @QueryParam("priority")
                    @Nullable
                    Boolean priority,
            @QueryParam("bom") @DefaultValue("false") boolean bom) {
        CampaignView campaign = campaigns.view(id);
        var criteria =
                new Criteria(new BranchProjection.Criteria(under, null, kind, priority), topicId, state, Order.BRANCH);
        var export = new CsvExport<Listed>(
                COLUMNS,
                (last, most) -> inventory.items(campaign, criteria, last == null ? null : last.key(), most),
                listed -> cells(listed.item()),
                bom,
                messages);
        return FileState.tagged(Response.ok((StreamingOutput) export::writeTo, CsvExport.MEDIA_TYPE), export::writeTo)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"coverage.csv\"")
                .header(HttpHeaders.CONTENT_LANGUAGE, messages.language())
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE)
                .build();
    }

    @GET
    @Path("/coverage/report")
    @Produces(MediaType.TEXT_HTML)
    @RolesAllowed({Role.ORGANIZER, Role.AUDITOR})
    @Operation(
            operationId = "printCoverage",
            summary = "Read the coverage report as a printable page",
            description = "In the language of `Accept-Language`: the totals, and the items that are not "
                    + "held, with reason and next step.")
    @APIResponse(responseCode = "200", description = "A self-contained HTML page")
    public Response report(
            @PathParam("id") UUID id,
            @Parameter(description = "Only the subtree of this branch") @QueryParam("under") @Nullable UUID under) {
        return Response.ok(report.page(id, under), MediaType.TEXT_HTML + ";charset=UTF-8")
                .header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
                .header(HttpHeaders.CONTENT_LANGUAGE, messages.language())
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE)
                .build();
    }

    @GET
    @Path("/load")
    @RolesAllowed({Role.ORGANIZER, Role.AUDITOR})
    @Operation(
            operationId = "getCampaignLoad",
            summary = "Read the load of lecturers in a campaign",
            description = "Every lecturer who lectures for it or could: the number of lectures compared "
                    + "with the mean. `balance` is Jain's index: 1 when all have the same, 1/n when one "
                    + "lecturer has all.")
    public LecturerLoad.Load load(@PathParam("id") UUID id) {
        return load.of(campaigns.view(id));
    }

    private static List<@Nullable Object> cells(CoverageItem item) {
        Coverage.Place district = item.district();
        return Arrays.asList(
                district == null ? null : district.code(),
                item.branch().code(),
                item.branch().name(),
                item.branch().kind(),
                item.topic().code(),
                item.topic().title(),
                item.state(),
                item.detail(),
                item.nextStep(),
                item.required(),
                item.held(),
                item.booked(),
                item.headCount(),
                item.jointHeadCount(),
                item.lecturerAccepted(),
                item.rated(),
                item.priority(),
                item.tier(),
                item.bookings().stream()
                        .map(visit -> visit.bookingId().toString())
                        .collect(Collectors.joining(";")));
    }

    private static @Nullable String key(@Nullable String encoded) {
        Cursor cursor = Cursor.of(encoded);
        if (cursor == null) {
            return null;
        }
        if (cursor.key().split(" ", -1).length != 3) {
            throw new InvalidRequest("?cursor", "cursor.not-ours");
        }
        return cursor.key();
    }
}
