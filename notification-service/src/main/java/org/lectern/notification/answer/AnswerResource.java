package org.lectern.notification.answer;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.http.Cursor;
import org.lectern.chassis.http.Page;
import org.lectern.chassis.http.Parameters;
import org.lectern.notification.directory.Scope;
import org.lectern.notification.security.Caller;
import org.lectern.notification.security.Role;

/** Lists calendar answers of branches and lecturers. */
@RunOnVirtualThread
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Calendar answers", description = "Answers to calendar invitations")
class AnswerResource {

    private final Answers answers;
    private final Caller caller;

    @Inject
    AnswerResource(Answers answers, Caller caller) {
        this.answers = answers;
        this.caller = caller;
    }

    @GET
    @Path("/calendar-answers")
    @RolesAllowed({Role.ORGANIZER, Role.OPERATOR, Role.AUDITOR})
    @Operation(
            operationId = "listCalendarAnswers",
            summary = "List all calendar answers, newest first",
            description =
                    "With `open=true`: the answers that wait for the organizers, such as another " + "proposed time.")
    @APIResponse(responseCode = "200", description = "One page of answers")
    public Page<AnswerView> list(
            @QueryParam("bookingId") @Nullable String bookingId,
            @Parameter(
                            description = "`true` for those that wait for the organizers",
                            schema = @Schema(type = SchemaType.BOOLEAN, defaultValue = "false"))
                    @QueryParam("open")
                    @Nullable
                    String open,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable String limit) {
        int most = Parameters.limit(limit);
        return page(
                answers.list(
                        Parameters.id("bookingId", bookingId),
                        Parameters.flag("open", open),
                        Cursor.of(cursor),
                        most + 1),
                most);
    }

    @GET
    @Path("/{recipients: branches|lecturers}/{recipientId}/calendar-answers")
    @RolesAllowed({Role.ORGANIZER, Role.OPERATOR, Role.BRANCH, Role.LECTURER, Role.AUDITOR})
    @Operation(
            operationId = "listOwnCalendarAnswers",
            summary = "List the calendar answers of one {recipient}, newest first")
    @APIResponse(responseCode = "200", description = "One page of answers")
    public Page<AnswerView> ofBranch(
            @PathParam("recipients") String recipients,
            @PathParam("recipientId") UUID recipientId,
            @Parameter(
                            description = "`true` for those that wait for the organizers",
                            schema = @Schema(type = SchemaType.BOOLEAN, defaultValue = "false"))
                    @QueryParam("open")
                    @Nullable
                    String open,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable String limit) {
        int most = Parameters.limit(limit);
        return page(
                answers.ofBranch(
                        Scope.of(caller, recipients),
                        recipientId,
                        Parameters.flag("open", open),
                        Cursor.of(cursor),
                        most + 1),
                most);
    }

    private static Page<AnswerView> page(List<AnswerView> found, int most) {
        return Page.of(
                found, most, answer -> answer, answer -> new Cursor(answer.at().toString(), answer.id()));
    }
}
