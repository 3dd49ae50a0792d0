package org.lectern.scheduler.registry.branch;

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
import jakarta.ws.rs.core.StreamingOutput;
import java.net.URI;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.http.Cursor;
import org.lectern.chassis.http.Etag;
import org.lectern.chassis.http.Page;
import org.lectern.chassis.openapi.Conflicts;
import org.lectern.chassis.openapi.Example;
import org.lectern.chassis.problem.Messages;
import org.lectern.scheduler.csv.CsvExport;
import org.lectern.scheduler.csv.CsvFile;
import org.lectern.scheduler.csv.ImportReport;
import org.lectern.scheduler.download.FileState;
import org.lectern.scheduler.security.Caller;
import org.lectern.scheduler.security.Role;

/** Branches over HTTP. */
@Path("/api/v1/branches")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Branches", description = "Branches, as a tree")
class BranchResource {

    private final Branches branches;
    private final BranchRegistry registry;
    private final BranchImport importing;
    private final Messages messages;
    private final FileState files;
    private final BranchScope scope;
    private final Caller caller;

    @Inject
    BranchResource(
            Branches branches,
            BranchRegistry registry,
            BranchImport importing,
            BranchScope scope,
            Caller caller,
            Messages messages,
            FileState files) {
        this.branches = branches;
        this.registry = registry;
        this.importing = importing;
        this.messages = messages;
        this.files = files;
        this.scope = scope;
        this.caller = caller;
    }

    @GET
    @RolesAllowed({Role.ORGANIZER, Role.AUDITOR, Role.OPERATOR, Role.BRANCH})
    @Operation(
            operationId = "listBranches",
            summary = "List branches by code",
            description = "A branch sees itself and the branches below it. `under` lists a whole subtree.")
    public Page<BranchView> list(
            @QueryParam("q") @Nullable String q,
            @QueryParam("kind") @Nullable String kind,
            @QueryParam("parentId") @Nullable UUID parentId,
            @Parameter(description = "Only the subtree of this branch") @QueryParam("under") @Nullable UUID under,
            @QueryParam("archived") @DefaultValue("false") boolean archived,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit) {
        var found = branches.list(
                q, kind, parentId, under, archived, Cursor.of(cursor), limit + 1, scope.visibleTo(caller));
        return Page.of(found, limit, view -> view, view -> new Cursor(view.code(), view.id()));
    }

    @GET
    @Path("/export.csv")
    @Produces("text/csv")
    @RolesAllowed({Role.ORGANIZER, Role.AUDITOR, Role.OPERATOR, Role.BRANCH})
    @Operation(
            operationId = "exportBranches",
            summary = "Read branches as a CSV file",
            description = "The format that the import reads. Headings are in the language of "
                    + "`Accept-Language`. A text that a spreadsheet could take for a formula starts "
                    + "with an apostrophe, which the import removes.")
    @Example(BranchImport.EXAMPLE)
    public Response exportCsv(
            @QueryParam("q") @Nullable String q,
            @QueryParam("kind") @Nullable String kind,
            @QueryParam("parentId") @Nullable UUID parentId,
            @Parameter(description = "Only the subtree of this branch") @QueryParam("under") @Nullable UUID under,
            @QueryParam("archived") @DefaultValue("false") boolean archived,
            @QueryParam("bom") @DefaultValue("false") boolean bom) {
        var visible = scope.visibleTo(caller);
        var export = new CsvExport<>(
                BranchImport.COLUMNS,
                (last, most) -> branches.list(q, kind, parentId, under, archived, after(last), most, visible),
                importing.cells(visible),
                bom,
                messages);
        return files.validators(
                        Response.ok((StreamingOutput) export::writeTo, CsvExport.MEDIA_TYPE)
                                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"branches.csv\"")
                                .header(HttpHeaders.CONTENT_LANGUAGE, messages.language())
                                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE),
                        "branch")
                .build();
    }

    private static @Nullable Cursor after(@Nullable BranchView last) {
        return last == null ? null : new Cursor(last.code(), last.id());
    }

    @GET
    @Path("/{id}")
    @RolesAllowed({Role.ORGANIZER, Role.AUDITOR, Role.OPERATOR, Role.BRANCH})
    @Operation(operationId = "getBranch", summary = "Read a branch")
    @APIResponseSchema(BranchView.class)
    public Response get(@PathParam("id") UUID id) {
        return shown(branches.view(id, scope.visibleTo(caller)));
    }

    @POST
    @RolesAllowed(Role.ORGANIZER)
    @Operation(
            operationId = "createBranch",
            summary = "Create a branch",
            description = "`code-taken` (409) when the code is in use.")
    @APIResponseSchema(value = BranchView.class, responseCode = "201")
    @Conflicts
    public Response create(@NotNull @Valid BranchRequest request) {
        BranchView view = registry.create(request);
        return Response.created(URI.create("/api/v1/branches/" + view.id()))
                .header(HttpHeaders.ETAG, Etag.of(view.version()))
                .entity(view)
                .build();
    }

    @PUT
    @Path("/{id}")
    @RolesAllowed(Role.ORGANIZER)
    @Operation(
            operationId = "changeBranch",
            summary = "Change a branch",
            description = "Replaces the whole resource. `code-taken`, `in-use` (409).")
    @APIResponseSchema(BranchView.class)
    @Conflicts
    public Response change(
            @PathParam("id") UUID id,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @NotNull @Valid BranchRequest request) {
        return shown(registry.change(id, Etag.expected(ifMatch), request));
    }

    @DELETE
    @Path("/{id}")
    @RolesAllowed(Role.ORGANIZER)
    @Operation(
            operationId = "archiveBranch",
            summary = "Archive a branch",
            description = "It stays readable, but cannot be booked any more. `in-use` (409) while upcoming "
                    + "lectures need it.")
    @APIResponseSchema(BranchView.class)
    @Conflicts
    public Response archive(@PathParam("id") UUID id, @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
        return shown(registry.archive(id, Etag.expected(ifMatch)));
    }

    @POST
    @Path("/import")
    @Consumes("text/csv")
    @RolesAllowed(Role.ORGANIZER)
    @Operation(
            operationId = "importBranches",
            summary = "Create and change branches by CSV",
            description = "UTF-8 or GB18030; a header in either language. A row with a known code changes "
                    + "that item, any other creates one; all or nothing. A real import with errors is "
                    + "refused (422 `import-refused`, `rowErrors`).")
    @Example(BranchImport.EXAMPLE)
    public ImportReport importCsv(
            @Context HttpHeaders headers,
            @QueryParam("dryRun") @DefaultValue("false") boolean dryRun,
            @NotNull byte[] file) {
        return importing.run(new CsvFile(file, headers.getHeaderString(HttpHeaders.CONTENT_TYPE)), dryRun);
    }

    private static Response shown(BranchView view) {
        return Response.ok(view)
                .header(HttpHeaders.ETAG, Etag.of(view.version()))
                .build();
    }
}
