package org.lectern.notification.erasure;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.erasure.Erasure;
import org.lectern.chassis.erasure.ErasureRequest;
import org.lectern.chassis.erasure.ErasureResult;
import org.lectern.chassis.http.Parameters;
import org.lectern.notification.security.Caller;
import org.lectern.notification.security.Role;

/** Erases the contact data of a person in this service. */
@Path("/api/v1/erasures")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Erasure", description = "A person asks to be erased, for operators")
class ErasureResource {

    private final Erasure erasure;
    private final Caller caller;

    @Inject
    ErasureResource(Erasure erasure, Caller caller) {
        this.erasure = erasure;
        this.caller = caller;
    }

    @POST
    @RolesAllowed(Role.OPERATOR)
    @Operation(
            operationId = "erase",
            summary = "Erase an address or a telephone number",
            description = "Endpoints with this address are removed, and what waits for them ends. "
                    + "Then every text of this service's database is searched; each occurrence becomes `[erased]`. "
                    + "Keys and append-only tables cannot change: `kept` names what still contains it. "
                    + "A repeat is harmless. Call it in both services.")
    @APIResponse(responseCode = "200", description = "Where it was found")
    public ErasureResult erase(@QueryParam("dryRun") @Nullable String dryRun, @Nullable ErasureRequest request) {
        return erasure.erase(
                request == null ? new ErasureRequest(null) : request, Parameters.flag("dryRun", dryRun), caller.name());
    }
}
