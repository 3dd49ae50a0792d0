package org.lectern.scheduler.acceptance;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.http.Etag;
import org.lectern.chassis.openapi.Conflicts;
import org.lectern.chassis.openapi.Example;
import org.lectern.scheduler.booking.BookingView;
import org.lectern.scheduler.security.Caller;
import org.lectern.scheduler.security.Role;

/** The answer of the lecturer of a booking, over HTTP. */
@Path("/api/v1/bookings/{id}/lecturer-answer")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Bookings")
class LecturerAnswerResource {

    private static final String DECLINED = """
            {"answer": "DECLINED", "reason": "当天已有出差安排", "reasonCode": "other"}""";

    private final Acceptance acceptance;
    private final Caller caller;

    @Inject
    LecturerAnswerResource(Acceptance acceptance, Caller caller) {
        this.acceptance = acceptance;
        this.caller = caller;
    }

    @POST
    @RolesAllowed({Role.LECTURER, Role.ORGANIZER})
    @Operation(
            operationId = "answerLecture",
            summary = "Accept or decline a lecture",
            description = "A lecturer answers for its own lectures, an organizer on behalf of the lecturer. The answer "
                    + "is bound to the version in `If-Match`: 412 when time, place, host or lecturer have changed "
                    + "since; read the booking again. The version of the booking stays. An answer can be changed "
                    + "until the lecture begins; the same answer again has no effect. Substitutes for a declined "
                    + "lecture: `POST /bookings/bulk/preview` with the action `substitute`.")
    @APIResponseSchema(BookingView.class)
    @Conflicts("The lecturer is not asked about this booking, or the lecture has begun (`no-answer-expected`)")
    @Example(name = "decline", value = DECLINED)
    public Response answer(
            @PathParam("id") UUID id,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @NotNull @Valid NewAnswer request) {
        Optional<String> lecturer = caller.confinedToLecturer();
        BookingView view =
                acceptance.answer(id, Etag.expected(ifMatch), request, lecturer, caller.name(), Optional.empty());
        return Response.ok(lecturer.isPresent() ? view.forLecturer() : view)
                .header(HttpHeaders.ETAG, Etag.of(view.version()))
                .build();
    }
}
