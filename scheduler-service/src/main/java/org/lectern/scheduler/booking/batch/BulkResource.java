package org.lectern.scheduler.booking.batch;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.http.Cursor;
import org.lectern.chassis.openapi.Conflicts;
import org.lectern.chassis.openapi.Example;
import org.lectern.scheduler.idempotency.Answers;
import org.lectern.scheduler.idempotency.IdempotencyKey;
import org.lectern.scheduler.security.Caller;
import org.lectern.scheduler.security.Role;

/** Bulk changes over HTTP. */
@Path("/api/v1/bookings/bulk")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(
        name = "Many bookings at once",
        description = "Change many bookings at once, with a preview; for example when a lecturer is ill")
class BulkResource {

    private static final String ILL = """
            {"selection": {"lecturerId": "019a1b6e-5a10-7c3e-8f01-2a6b6c1d0001",
                           "from": "2026-12-01T00:00:00+08:00", "to": "2026-12-08T00:00:00+08:00"},
             "action": {"type": "substitute"}}""";

    private static final String MOVED = """
            {"selection": {"bookingIds": ["019a1b70-0c44-7d21-9a5e-7b1f3c2e4d01", "019a1b70-0c44-7d21-9a5e-7b1f3c2e4d02"]},
             "action": {"type": "shift", "days": 1, "minutes": -30},
             "choices": [{"bookingId": "019a1b70-0c44-7d21-9a5e-7b1f3c2e4d02",
                          "action": {"type": "move-to-day", "day": "2026-12-11"}}]}""";

    private static final String APPLIED = """
            {"previewToken": "6f1c0f52-0b0e-4a8e-9a51-2f7c1f0b9d11", "reason": "讲师因病请假",
             "choices": [{"bookingId": "019a1b70-0c44-7d21-9a5e-7b1f3c2e4d01",
                          "action": {"type": "reassign", "lecturerId": "019a1b6e-5a10-7c3e-8f01-2a6b6c1d0002"}}]}""";

    private final BulkService service;
    private final Caller caller;

    @Inject
    BulkResource(BulkService service, Caller caller) {
        this.service = service;
        this.caller = caller;
    }

    @POST
    @Path("/preview")
    @RolesAllowed(Role.ORGANIZER)
    @Operation(
            operationId = "previewBulk",
            summary = "Preview a change of many bookings",
            description =
                    "Changes nothing. Says which bookings and branches are affected, what would conflict after all "
                            + "changes, and what could be done instead. The `previewToken` stands for exactly these bookings in "
                            + "exactly these versions. With the action `substitute` it proposes who takes each lecture: only people "
                            + "who can, with all proposals together, and fairly spread. `choices` change single proposals here or "
                            + "when it is applied.")
    @Example(name = "a lecturer is ill", value = ILL)
    @Example(name = "moved, one to another day", value = MOVED)
    public BulkPreview preview(
            @Parameter(
                            description =
                                    "`nextCursor` of the page before, with the same body. Each page has a token for all")
                    @QueryParam("cursor")
                    @Nullable
                    String cursor,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit,
            @NotNull @Valid BulkPreviewRequest request) {
        return service.preview(request, Cursor.ofTime(cursor), limit, caller.name());
    }

    @POST
    @RolesAllowed(Role.ORGANIZER)
    @Operation(
            operationId = "changeBulk",
            summary = "Apply a previewed change",
            description = "All or nothing, in one transaction. Only the final state counts, so bookings may "
                    + "exchange lecturers and times. Each changed booking gets one version, one event "
                    + "and one notice. `choices` set other actions for single bookings.")
    @APIResponseSchema(BulkResult.class)
    @Conflicts("Nothing was changed: the bookings have changed since the preview "
            + "(`preview-stale`; `changed` and `added` list them), some cannot be changed "
            + "(`changes-refused`; `refused` lists them with the causes), the preview was "
            + "applied or has expired (`preview-gone`)")
    @Example(name = "one goes to another lecturer, the rest as shown", value = APPLIED)
    public Response apply(
            @HeaderParam(IdempotencyKey.HEADER) @Nullable String key, @NotNull @Valid BulkRequest request) {
        return Answers.response(service.apply(IdempotencyKey.of(caller.name(), key), request));
    }
}
