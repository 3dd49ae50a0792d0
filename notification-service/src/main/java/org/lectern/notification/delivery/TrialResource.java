package org.lectern.notification.delivery;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.lectern.chassis.openapi.Conflicts;
import org.lectern.notification.directory.Scope;
import org.lectern.notification.security.Caller;
import org.lectern.notification.security.Role;

/** Tests and verifies endpoints. */
@Path("/api/v1/{recipients: branches|lecturers}/{recipientId}/endpoints")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Endpoints")
class TrialResource {

    private final Trials trials;
    private final Caller caller;

    @Inject
    TrialResource(Trials trials, Caller caller) {
        this.trials = trials;
        this.caller = caller;
    }

    @POST
    @Path("/{endpointId}/test")
    @RunOnVirtualThread
    @RolesAllowed({Role.ORGANIZER, Role.OPERATOR, Role.BRANCH, Role.LECTURER})
    @Operation(
            operationId = "testEndpoint",
            summary = "Test an endpoint",
            description = "Waits for the receiver's answer, at most half a minute. Five tests per minute.")
    @APIResponse(responseCode = "200", description = "The test was sent; `succeeded` is its result")
    @Conflicts("Its receiver is not verified yet (`endpoint-not-in-use`)")
    @APIResponse(responseCode = "429", description = "Too many tests in a minute (`too-many-tests`)")
    public TrialView test(
            @PathParam("recipients") String recipients,
            @PathParam("recipientId") UUID recipientId,
            @PathParam("endpointId") UUID endpointId) {
        return trials.test(Scope.of(caller, recipients), recipientId, endpointId, caller.name());
    }

    @POST
    @Path("/{endpointId}/verify")
    @RunOnVirtualThread
    @RolesAllowed({Role.ORGANIZER, Role.OPERATOR, Role.BRANCH, Role.LECTURER})
    @Operation(
            operationId = "verifyEndpoint",
            summary = "Verify a webhook, or ask the owner of a mailbox to confirm",
            description = "Webhook: posts a signed `endpoint.verification` with a challenge, to which the "
                    + "receiver must answer 2xx and `{\"challenge\": …}`; five per minute. E-mail: "
                    + "sends the confirmation message again and returns `confirmation-requested` at "
                    + "once; few per hour. Until then notices wait.")
    @APIResponse(
            responseCode = "200",
            description = "The request was sent; `succeeded` says whether the endpoint is verified")
    @Conflicts("The owner of the mailbox refused this recipient (`address-refused`)")
    @APIResponse(
            responseCode = "429",
            description = "Too many verifications per minute (`too-many-tests`), or too many confirmation "
                    + "messages (`too-many-confirmations`); `Retry-After` gives the time to wait")
    public TrialView verify(
            @PathParam("recipients") String recipients,
            @PathParam("recipientId") UUID recipientId,
            @PathParam("endpointId") UUID endpointId) {
        return trials.verify(Scope.of(caller, recipients), recipientId, endpointId, caller.name());
    }
}
