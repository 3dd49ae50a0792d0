package org.lectern.scheduler.registry.topic;

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

/** Topics over HTTP. */
@Path("/api/v1/topics")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Topics", description = "Topics")
class TopicResource {

    private final Topics topics;
    private final TopicRegistry registry;
    private final TopicImport importing;
    private final Messages messages;
    private final FileState files;

    @Inject
    TopicResource(Topics topics, TopicRegistry registry, TopicImport importing, Messages messages, FileState files) {
        this.topics = topics;
        this.registry = registry;
        this.importing = importing;
        this.messages = messages;
        this.files = files;
    }

    @GET
    @RolesAllowed({Role.ORGANIZER, Role.AUDITOR, Role.BRANCH})
    @Operation(operationId = "listTopics", summary = "List topics by code")
    public Page<TopicView> list(
            @QueryParam("q") @Nullable String q,
            @QueryParam("archived") @DefaultValue("false") boolean archived,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit) {
        var found = topics.list(q, archived, Cursor.of(cursor), limit + 1);
        return Page.of(found, limit, view -> view, view -> new Cursor(view.code(), view.id()));
    }

    @GET
    @Path("/export.csv")
    @Produces("text/csv")
    @RolesAllowed({Role.ORGANIZER, Role.AUDITOR, Role.BRANCH})
    @Operation(
            operationId = "exportTopics",
            summary = "Read topics as a CSV file",
            description = "The format that the import reads. Headings are in the language of "
                    + "`Accept-Language`. A text that a spreadsheet could take for a formula starts "
                    + "with an apostrophe, which the import removes.")
    @Example(TopicImport.EXAMPLE)
    public Response exportCsv(
            @QueryParam("q") @Nullable String q,
            @QueryParam("archived") @DefaultValue("false") boolean archived,
            @QueryParam("bom") @DefaultValue("false") boolean bom) {

        var export = new CsvExport<>(
                TopicImport.COLUMNS,
                (last, most) -> topics.list(q, archived, after(last), most),
                importing.cells(),
                bom,
                messages);
        return files.validators(
                        Response.ok((StreamingOutput) export::writeTo, CsvExport.MEDIA_TYPE)
                                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"topics.csv\"")
                                .header(HttpHeaders.CONTENT_LANGUAGE, messages.language())
                                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE),
                        "topic")
                .build();
    }

    private static @Nullable Cursor after(@Nullable TopicView last) {
        return last == null ? null : new Cursor(last.code(), last.id());
    }

    @GET
    @Path("/{id}")
    @RolesAllowed({Role.ORGANIZER, Role.AUDITOR, Role.BRANCH})
    @Operation(operationId = "getTopic", summary = "Read a topic")
    @APIResponseSchema(TopicView.class)
    public Response get(@PathParam("id") UUID id) {
        return shown(topics.view(id));
    }

    @POST
    @RolesAllowed(Role.ORGANIZER)
    @Operation(
            operationId = "createTopic",
            summary = "Create a topic",
            description = "`code-taken` (409) when the code is in use.")
    @APIResponseSchema(value = TopicView.class, responseCode = "201")
    @Conflicts
    public Response create(@NotNull @Valid TopicRequest request) {
        TopicView view = registry.create(request);
        return Response.created(URI.create("/api/v1/topics/" + view.id()))
                .header(HttpHeaders.ETAG, Etag.of(view.version()))
                .entity(view)
                .build();
    }

    @PUT
    @Path("/{id}")
    @RolesAllowed(Role.ORGANIZER)
    @Operation(
            operationId = "changeTopic",
            summary = "Change a topic",
            description = "Replaces the whole resource. `code-taken`, `in-use` (409).")
    @APIResponseSchema(TopicView.class)
    @Conflicts
    public Response change(
            @PathParam("id") UUID id,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @QueryParam("dryRun") @DefaultValue("false") boolean dryRun,
            @NotNull @Valid TopicRequest request) {
        var view = registry.change(id, Etag.expected(ifMatch), request, dryRun);
        return dryRun ? Response.ok(view).build() : shown(view);
    }

    @DELETE
    @Path("/{id}")
    @RolesAllowed(Role.ORGANIZER)
    @Operation(
            operationId = "archiveTopic",
            summary = "Archive a topic",
            description = "It stays readable, but cannot be booked any more. `in-use` (409) while upcoming "
                    + "lectures need it.")
    @APIResponseSchema(TopicView.class)
    @Conflicts
    public Response archive(@PathParam("id") UUID id, @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
        return shown(registry.archive(id, Etag.expected(ifMatch)));
    }

    @POST
    @Path("/import")
    @Consumes("text/csv")
    @RolesAllowed(Role.ORGANIZER)
    @Operation(
            operationId = "importTopics",
            summary = "Create and change topics by CSV",
            description = "UTF-8 or GB18030; a header in either language. A row with a known code changes "
                    + "that item, any other creates one; all or nothing. A real import with errors is "
                    + "refused (422 `import-refused`, `rowErrors`).")
    @Example(TopicImport.EXAMPLE)
    public ImportReport importCsv(
            @Context HttpHeaders headers,
            @QueryParam("dryRun") @DefaultValue("false") boolean dryRun,
            @NotNull byte[] file) {
        return importing.run(new CsvFile(file, headers.getHeaderString(HttpHeaders.CONTENT_TYPE)), dryRun);
    }

    private static Response shown(TopicView view) {
        return Response.ok(view)
                .header(HttpHeaders.ETAG, Etag.of(view.version()))
                .build();
    }
}
