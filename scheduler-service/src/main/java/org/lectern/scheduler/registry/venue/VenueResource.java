package org.lectern.scheduler.registry.venue;

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
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
import org.lectern.scheduler.csv.Pages;
import org.lectern.scheduler.download.FileState;
import org.lectern.scheduler.registry.branch.BranchScope;
import org.lectern.scheduler.security.Caller;
import org.lectern.scheduler.security.Role;

/** Venues over HTTP. */
@Path("/api/v1/venues")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Venues", description = "Venues")
class VenueResource {

    private final Venues venues;
    private final VenueRegistry registry;
    private final VenueImport importing;
    private final BranchScope scope;
    private final Caller caller;
    private final Messages messages;
    private final FileState files;

    @Inject
    VenueResource(
            Venues venues,
            VenueRegistry registry,
            VenueImport importing,
            BranchScope scope,
            Caller caller,
            Messages messages,
            FileState files) {
        this.venues = venues;
        this.registry = registry;
        this.importing = importing;
        this.scope = scope;
        this.caller = caller;
        this.messages = messages;
        this.files = files;
    }

    /** Venues are shared, but the branch and the place of a venue are visible only within the scope of that branch. */
    private static VenueView shownTo(Optional<Set<UUID>> visible, VenueView view) {
        return isVisible(view.branchId(), visible) ? view : view.withoutBranch();
    }

    private static boolean isVisible(@Nullable UUID branch, Optional<Set<UUID>> visible) {
        return branch == null || visible.isEmpty() || visible.get().contains(branch);
    }

    @GET
    @RolesAllowed({Role.ORGANIZER, Role.AUDITOR, Role.BRANCH})
    @Operation(
            operationId = "listVenues",
            summary = "List venues by code",
            description = "A branch sees all venues. For venues of branches outside its scope, the branch "
                    + "and the place are hidden.")
    public Page<VenueView> list(
            @QueryParam("q") @Nullable String q,
            @QueryParam("branchId") @Nullable UUID branchId,
            @QueryParam("kind") @Nullable String kind,
            @Parameter(description = "The minimum capacity") @QueryParam("minCapacity") @Min(0) @Max(100_000) @Nullable
                    Integer minCapacity,
            @QueryParam("archived") @DefaultValue("false") boolean archived,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit) {
        Optional<Set<UUID>> visible = scope.visibleTo(caller);
        Cursor after = Cursor.of(cursor);
        List<VenueView> found = isVisible(branchId, visible)
                ? venues.list(q, branchId, kind, minCapacity, archived, after, limit + 1)
                : List.of();
        return Page.of(found, limit, view -> shownTo(visible, view), view -> new Cursor(view.code(), view.id()));
    }

    @GET
    @Path("/export.csv")
    @Produces("text/csv")
    @RolesAllowed({Role.ORGANIZER, Role.AUDITOR, Role.BRANCH})
    @Operation(
            operationId = "exportVenues",
            summary = "Read venues as a CSV file",
            description = "The format that the import reads. Headings are in the language of "
                    + "`Accept-Language`. A text that a spreadsheet could take for a formula starts "
                    + "with an apostrophe, which the import removes.")
    @Example(VenueImport.EXAMPLE)
    public Response exportCsv(
            @QueryParam("q") @Nullable String q,
            @QueryParam("branchId") @Nullable UUID branchId,
            @QueryParam("kind") @Nullable String kind,
            @Parameter(description = "The minimum capacity") @QueryParam("minCapacity") @Min(0) @Max(100_000) @Nullable
                    Integer minCapacity,
            @QueryParam("archived") @DefaultValue("false") boolean archived,
            @QueryParam("bom") @DefaultValue("false") boolean bom) {
        Optional<Set<UUID>> visible = scope.visibleTo(caller);
        Pages<VenueView> found = (last, most) -> isVisible(branchId, visible)
                ? venues.list(q, branchId, kind, minCapacity, archived, after(last), most)
                : List.of();
        var export = new CsvExport<>(
                VenueImport.COLUMNS, found, importing.cells().compose(view -> shownTo(visible, view)), bom, messages);
        return files.validators(
                        Response.ok((StreamingOutput) export::writeTo, CsvExport.MEDIA_TYPE)
                                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"venues.csv\"")
                                .header(HttpHeaders.CONTENT_LANGUAGE, messages.language())
                                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE),
                        "venue",
                        "branch")
                .build();
    }

    private static @Nullable Cursor after(@Nullable VenueView last) {
        return last == null ? null : new Cursor(last.code(), last.id());
    }

    @GET
    @Path("/{id}")
    @RolesAllowed({Role.ORGANIZER, Role.AUDITOR, Role.BRANCH})
    @Operation(operationId = "getVenue", summary = "Read a venue")
    @APIResponseSchema(VenueView.class)
    public Response get(@PathParam("id") UUID id) {
        return shown(shownTo(scope.visibleTo(caller), venues.view(id)));
    }

    @POST
    @RolesAllowed(Role.ORGANIZER)
    @Operation(
            operationId = "createVenue",
            summary = "Create a venue",
            description = "`code-taken` (409) when the code is in use.")
    @APIResponseSchema(value = VenueView.class, responseCode = "201")
    @Conflicts
    public Response create(@NotNull @Valid VenueRequest request) {
        VenueView view = registry.create(request);
        return Response.created(URI.create("/api/v1/venues/" + view.id()))
                .header(HttpHeaders.ETAG, Etag.of(view.version()))
                .entity(view)
                .build();
    }

    @PUT
    @Path("/{id}")
    @RolesAllowed(Role.ORGANIZER)
    @Operation(
            operationId = "changeVenue",
            summary = "Change a venue",
            description = "Replaces the whole resource. `code-taken`, `in-use` (409).")
    @APIResponseSchema(VenueView.class)
    @Conflicts
    public Response change(
            @PathParam("id") UUID id,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @QueryParam("dryRun") @DefaultValue("false") boolean dryRun,
            @NotNull @Valid VenueRequest request) {
        var view = registry.change(id, Etag.expected(ifMatch), request, dryRun);
        return dryRun ? Response.ok(view).build() : shown(view);
    }

    @DELETE
    @Path("/{id}")
    @RolesAllowed(Role.ORGANIZER)
    @Operation(
            operationId = "archiveVenue",
            summary = "Archive a venue",
            description = "It stays readable, but cannot be booked any more. `in-use` (409) while upcoming "
                    + "lectures need it.")
    @APIResponseSchema(VenueView.class)
    @Conflicts
    public Response archive(@PathParam("id") UUID id, @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
        return shown(registry.archive(id, Etag.expected(ifMatch)));
    }

    @POST
    @Path("/import")
    @Consumes("text/csv")
    @RolesAllowed(Role.ORGANIZER)
    @Operation(
            operationId = "importVenues",
            summary = "Create and change venues by CSV",
            description = "UTF-8 or GB18030; a header in either language. A row with a known code changes "
                    + "that item, any other creates one; all or nothing. A real import with errors is "
                    + "refused (422 `import-refused`, `rowErrors`).")
    @Example(VenueImport.EXAMPLE)
    public ImportReport importCsv(
            @Context HttpHeaders headers,
            @QueryParam("dryRun") @DefaultValue("false") boolean dryRun,
            @NotNull byte[] file) {
        return importing.run(new CsvFile(file, headers.getHeaderString(HttpHeaders.CONTENT_TYPE)), dryRun);
    }

    private static Response shown(VenueView view) {
        return Response.ok(view)
                .header(HttpHeaders.ETAG, Etag.of(view.version()))
                .build();
    }
}
