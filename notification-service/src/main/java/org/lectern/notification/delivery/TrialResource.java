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
@Path("/api/v1/branches/{branchId}/endpoints/{endpointId}")
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
    @Path("/test")
    @RunOnVirtualThread
    @RolesAllowed({Role.ORGANIZER, Role.OPERATOR, Role.BRANCH})
    @Operation(
            operationId = "testEndpoint",
            summary = "Sends a test there and says what came of it",
            description = "Waits for the receiver's answer, half a minute at most. Five a minute.")
    @APIResponse(responseCode = "200", description = "It was tried; `succeeded` says how it went")
    @Conflicts("Its receiver is not verified yet (`endpoint-not-in-use`)")
    @APIResponse(responseCode = "429", description = "Too many tests in a minute (`too-many-trials`)")
    public TrialView test(@PathParam("branchId") UUID branchId, @PathParam("endpointId") UUID endpointId) {
        return trials.test(Scope.of(caller), branchId, endpointId, caller.name());
    }

    @POST
    @Path("/verify")
    @RunOnVirtualThread
    @RolesAllowed({Role.ORGANIZER, Role.OPERATOR, Role.BRANCH})
    @Operation(
            operationId = "verifyEndpoint",
            summary = "Asks a webhook's receiver, or the owner of a mailbox, to prove that it wants alerts",
            description = "Webhook: posts a signed `endpoint.verification` with a challenge, which the receiver must "
                    + "answer with a 2xx and `{\"challenge\": …}`; five a minute. E-mail: sends the owner the message "
                    + "with the link to confirm once more and answers `confirmation-requested` without waiting; few an "
                    + "hour. Until then its alerts wait.")
    @APIResponse(responseCode = "200", description = "It was asked; `succeeded` says whether it has proved itself")
    @Conflicts("The owner of the mailbox has refused this branch (`address-refused`)")
    @APIResponse(
            responseCode = "429",
            description = "Too many in a minute (`too-many-trials`), or too many messages to owners "
                    + "(`too-many-confirmations`); `Retry-After` says when to come back")
    public TrialView verify(@PathParam("branchId") UUID branchId, @PathParam("endpointId") UUID endpointId) {
        return trials.verify(Scope.of(caller), branchId, endpointId, caller.name());
    }
}
