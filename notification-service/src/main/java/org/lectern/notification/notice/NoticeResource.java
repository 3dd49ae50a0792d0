package org.lectern.notification.notice;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerResponse;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.http.Cursor;
import org.lectern.chassis.http.Page;
import org.lectern.chassis.http.Parameters;
import org.lectern.chassis.problem.InvalidRequest;
import org.lectern.notification.directory.Recipients;
import org.lectern.notification.directory.Scope;
import org.lectern.notification.security.Caller;
import org.lectern.notification.security.Role;

/** Serves the in-app inbox of a branch or a lecturer. */
@RunOnVirtualThread
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Notices", description = "The in-app inbox of a branch or a lecturer")
class NoticeResource {

    private final Notices notices;
    private final NoticeStreams streams;
    private final Recipients branches;
    private final StreamConfig config;
    private final ObjectMapper json;
    private final Caller caller;

    @Inject
    NoticeResource(
            Notices notices,
            NoticeStreams streams,
            Recipients branches,
            StreamConfig config,
            ObjectMapper json,
            Caller caller) {
        this.notices = notices;
        this.streams = streams;
        this.branches = branches;
        this.config = config;
        this.json = json;
        this.caller = caller;
    }

    @GET
    @Path("/{recipients: branches|lecturers}/{recipientId}/notices")
    @RolesAllowed({Role.ORGANIZER, Role.OPERATOR, Role.BRANCH, Role.LECTURER, Role.AUDITOR})
    @Operation(operationId = "listNotices", summary = "List the inbox of a {recipient}, newest first")
    @APIResponse(responseCode = "200", description = "One page of the inbox")
    public Page<NoticeView> list(
            @PathParam("recipients") String recipients,
            @PathParam("recipientId") UUID recipientId,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable String limit,
            @Parameter(
                            description = "`true` for unread notices",
                            schema = @Schema(type = SchemaType.BOOLEAN, defaultValue = "false"))
                    @QueryParam("unread")
                    @Nullable
                    String unread) {
        int most = Parameters.limit(limit);
        var found = notices.inbox(
                Scope.of(caller, recipients), recipientId, below(cursor), most + 1, Parameters.flag("unread", unread));
        return Page.of(
                found, most, notice -> notice, notice -> new Cursor(Long.toString(notice.sequence()), notice.id()));
    }

    @GET
    @Path("/{recipients: branches|lecturers}/{recipientId}/notices/stream")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RolesAllowed({Role.ORGANIZER, Role.OPERATOR, Role.BRANCH, Role.LECTURER, Role.AUDITOR})
    @Operation(
            operationId = "streamNotices",
            summary = "Stream the inbox of a {recipient} by server-sent events",
            description = "Events are named `notice`, their id is the notice's `sequence`, their data a "
                    + "Notice as JSON. Send the last received id as `Last-Event-ID` (`0` for "
                    + "everything) to get every later event without a gap. Without it the stream starts "
                    + "with the next notice. Comments keep the connection open. The stream ends with "
                    + "the token. Above the allowed number of streams (5 by default) the oldest stream "
                    + "of the caller ends with an event `replaced`: do not reopen it automatically.")
    @APIResponse(
            responseCode = "200",
            description = "An endless sequence of events",
            content =
                    @Content(
                            mediaType = MediaType.SERVER_SENT_EVENTS,
                            schema = @Schema(type = SchemaType.STRING),
                            example = "id:17\nevent:notice\ndata:{\"id\":\"019a1b71-…\",\"sequence\":17}\n\n"))
    public void stream(
            @PathParam("recipients") String recipients,
            @PathParam("recipientId") UUID recipientId,
            @Parameter(description = "The last received id", example = "16") @HeaderParam("Last-Event-ID") @Nullable
                    String lastEventId,
            @Context SseEventSink sink,
            @Context Sse sse,
            @Context HttpServerResponse response) {
        var listener = new StreamEnd.Listener(caller.name(), Scope.of(caller, recipients), caller.until());
        branches.demandVisible(listener.scope(), recipientId);
        long from = streams.from(recipientId, sequence(lastEventId));
        response.putHeader("X-Accel-Buffering", "no"); // otherwise nginx buffers events
        streams.start(recipientId, from, new ServerSentEvents(sink, sse, json, config.sendTimeout()), listener);
    }

    @POST
    @Path("/notices/{noticeId}/read")
    @RolesAllowed({Role.BRANCH, Role.LECTURER})
    @Operation(
            operationId = "markNoticeRead",
            summary = "Mark a notice as read",
            description = "A repeat changes nothing: the first time counts. This is not an acknowledgement.")
    @APIResponse(responseCode = "200", description = "The notice")
    public NoticeView read(@PathParam("noticeId") UUID noticeId) {
        return notices.read(Scope.of(caller), noticeId);
    }

    private static long below(@Nullable String encoded) {
        Cursor cursor = Cursor.of(encoded);
        if (cursor == null) {
            return Long.MAX_VALUE;
        }
        try {
            return Long.parseLong(cursor.key());
        } catch (NumberFormatException e) {
            throw new InvalidRequest("?cursor", "cursor.not-ours");
        }
    }

    private static @Nullable Long sequence(@Nullable String lastEventId) {
        if (lastEventId == null || lastEventId.isBlank()) {
            return null;
        }
        try {
            long sequence = Long.parseLong(lastEventId.strip());
            if (sequence >= 0) {
                return sequence;
            }
        } catch (NumberFormatException e) {
            // refused below
        }
        throw new InvalidRequest("Last-Event-ID", "last-event-id.malformed");
    }
}
