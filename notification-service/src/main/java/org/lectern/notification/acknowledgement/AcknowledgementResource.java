package org.lectern.notification.acknowledgement;

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

/** Acknowledges notices. */
@RunOnVirtualThread
@Path("/api/v1/notices/{noticeId}/acknowledgement")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Notices")
class AcknowledgementResource {

    private final Acknowledgements acknowledgements;
    private final Caller caller;

    @Inject
    AcknowledgementResource(Acknowledgements acknowledgements, Caller caller) {
        this.acknowledgements = acknowledgements;
        this.caller = caller;
    }

    @POST
    @RolesAllowed({Role.BRANCH, Role.LECTURER, Role.ORGANIZER})
    @Operation(
            operationId = "acknowledgeNotice",
            summary = "Acknowledge a notice",
            description =
                    "Confirms that the branch or the lecturer knows this version of the booking; organizers see it at "
                            + "once. A repeat changes nothing: the first one counts. A change that is announced "
                            + "to the recipient needs a new acknowledgement. An organizer may acknowledge for a "
                            + "recipient, for example after a telephone call.")
    @APIResponse(responseCode = "200", description = "The acknowledgement")
    @Conflicts("The recipient has a later version (`notice-superseded`: acknowledge the notice "
            + "`currentNoticeId`), or the notice is about no lecture (`nothing-to-acknowledge`)")
    public Acknowledgement acknowledge(@PathParam("noticeId") UUID noticeId) {
        return acknowledgements.acknowledge(
                Scope.of(caller), noticeId, caller.isOrganizer() ? "organizer" : "in-app", caller.name());
    }
}
