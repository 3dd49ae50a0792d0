package org.lectern.scheduler.registry.lecturer;

import io.quarkus.security.identity.SecurityIdentity;
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
import java.util.function.UnaryOperator;
import org.eclipse.microprofile.openapi.annotations.Operation;
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
import org.lectern.scheduler.security.Role;

/** Lecturers over HTTP. */
@Path("/api/v1/lecturers")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Lecturers", description = "Lecturers; contact data is for organizers only")
class LecturerResource {

    private final Lecturers lecturers;
    private final LecturerRegistry registry;
    private final LecturerImport importing;
    private final Messages messages;
    private final FileState files;
    private final SecurityIdentity identity;

    @Inject
    LecturerResource(
            Lecturers lecturers,
            LecturerRegistry registry,
            LecturerImport importing,
            Messages messages,
            FileState files,
            SecurityIdentity identity) {
        this.lecturers = lecturers;
        this.registry = registry;
        this.importing = importing;
        this.messages = messages;
        this.files = files;
        this.identity = identity;
    }

    /** Hides contact data that the caller may not see. */
    private UnaryOperator<LecturerView> shownToCaller() {
        return identity.hasRole(Role.ORGANIZER) ? UnaryOperator.identity() : LecturerView::withoutContact;
    }

    @GET
    @RolesAllowed({Role.ORGANIZER, Role.AUDITOR})
    @Operation(operationId = "listLecturers", summary = "List lecturers by code")
    public Page<LecturerView> list(
            @QueryParam("q") @Nullable String q,
            @QueryParam("tier") @Nullable String tier,
            @QueryParam("topicId") @Nullable UUID topicId,
            @QueryParam("archived") @DefaultValue("false") boolean archived,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit) {
        var found = lecturers.list(q, tier, topicId, archived, Cursor.of(cursor), limit + 1);
        return Page.of(found, limit, shownToCaller(), view -> new Cursor(view.code(), view.id()));
    }

    @GET
    @Path("/export.csv")
    @Produces("text/csv")
    @RolesAllowed({Role.ORGANIZER, Role.AUDITOR})
    @Operation(
            operationId = "exportLecturers",
            summary = "Read lecturers as a CSV file",
            description = "The format that the import reads. Headings are in the language of "
                    + "`Accept-Language`. A text that a spreadsheet could take for a formula starts "
                    + "with an apostrophe, which the import removes.")
    @Example(LecturerImport.EXAMPLE)
    public Response exportCsv(
            @QueryParam("q") @Nullable String q,
            @QueryParam("tier") @Nullable String tier,
            @QueryParam("topicId") @Nullable UUID topicId,
            @QueryParam("archived") @DefaultValue("false") boolean archived,
            @QueryParam("bom") @DefaultValue("false") boolean bom) {
        var shown = shownToCaller(); // evaluated now: the file is written after the request
        var export = new CsvExport<>(
                LecturerImport.COLUMNS,
                (last, most) -> lecturers.list(q, tier, topicId, archived, after(last), most),
                importing.cells().compose(shown),
                bom,
                messages);
        return files.validators(
                        Response.ok((StreamingOutput) export::writeTo, CsvExport.MEDIA_TYPE)
                                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"lecturers.csv\"")
                                .header(HttpHeaders.CONTENT_LANGUAGE, messages.language())
                                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE),
                        "lecturer",
                        "topic")
                .build();
    }

    private static @Nullable Cursor after(@Nullable LecturerView last) {
        return last == null ? null : new Cursor(last.code(), last.id());
    }

    @GET
    @Path("/{id}")
    @RolesAllowed({Role.ORGANIZER, Role.AUDITOR})
    @Operation(operationId = "getLecturer", summary = "Read a lecturer")
    @APIResponseSchema(LecturerView.class)
    public Response get(@PathParam("id") UUID id) {
        return shown(shownToCaller().apply(lecturers.view(id)));
    }

    @POST
    @RolesAllowed(Role.ORGANIZER)
    @Operation(
            operationId = "createLecturer",
            summary = "Create a lecturer",
            description = "`code-taken` (409) when the code is in use.")
    @APIResponseSchema(value = LecturerView.class, responseCode = "201")
    @Conflicts
    public Response create(@NotNull @Valid LecturerRequest request) {
        LecturerView view = registry.create(request);
        return Response.created(URI.create("/api/v1/lecturers/" + view.id()))
                .header(HttpHeaders.ETAG, Etag.of(view.version()))
                .entity(view)
                .build();
    }

    @PUT
    @Path("/{id}")
    @RolesAllowed(Role.ORGANIZER)
    @Operation(
            operationId = "changeLecturer",
            summary = "Change a lecturer",
            description = "Replaces the whole resource. `code-taken`, `in-use` (409).")
    @APIResponseSchema(LecturerView.class)
    @Conflicts
    public Response change(
            @PathParam("id") UUID id,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @QueryParam("dryRun") @DefaultValue("false") boolean dryRun,
            @NotNull @Valid LecturerRequest request) {
        var view = registry.change(id, Etag.expected(ifMatch), request, dryRun);
        return dryRun ? Response.ok(view).build() : shown(view);
    }

    @DELETE
    @Path("/{id}")
    @RolesAllowed(Role.ORGANIZER)
    @Operation(
            operationId = "archiveLecturer",
            summary = "Archive a lecturer",
            description = "It stays readable, but cannot be booked any more. `in-use` (409) while upcoming "
                    + "lectures need it.")
    @APIResponseSchema(LecturerView.class)
    @Conflicts
    public Response archive(@PathParam("id") UUID id, @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
        return shown(registry.archive(id, Etag.expected(ifMatch)));
    }

    @POST
    @Path("/import")
    @Consumes("text/csv")
    @RolesAllowed(Role.ORGANIZER)
    @Operation(
            operationId = "importLecturers",
            summary = "Create and change lecturers by CSV",
            description = "UTF-8 or GB18030; a header in either language. A row with a known code changes "
                    + "that item, any other creates one; all or nothing. A real import with errors is "
                    + "refused (422 `import-refused`, `rowErrors`).")
    @Example(LecturerImport.EXAMPLE)
    public ImportReport importCsv(
            @Context HttpHeaders headers,
            @QueryParam("dryRun") @DefaultValue("false") boolean dryRun,
            @NotNull byte[] file) {
        return importing.run(new CsvFile(file, headers.getHeaderString(HttpHeaders.CONTENT_TYPE)), dryRun);
    }

    private static Response shown(LecturerView view) {
        return Response.ok(view)
                .header(HttpHeaders.ETAG, Etag.of(view.version()))
                .build();
    }
}
