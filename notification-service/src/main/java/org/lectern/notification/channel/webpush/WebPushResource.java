package org.lectern.notification.channel.webpush;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.lectern.notification.security.Role;

/** What a browser needs to subscribe to Web Push. */
@Path("/api/v1/web-push")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Endpoints")
class WebPushResource {

    /** The key of this service. */
    @Schema(name = "WebPushKey")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record WebPushKey(
            @Schema(
                    description = "The `applicationServerKey` for the subscription, base64url; absent if the service "
                            + "sends no Web Push")
            @Nullable
            String applicationServerKey) {}

    private final Vapid vapid;

    @Inject
    WebPushResource(Vapid vapid) {
        this.vapid = vapid;
    }

    @GET
    @RolesAllowed({Role.BRANCH, Role.LECTURER, Role.ORGANIZER, Role.OPERATOR, Role.AUDITOR})
    @Operation(
            operationId = "getWebPushKey",
            summary = "Read the key for subscriptions to Web Push",
            description = "A browser subscribes with it, then the subscription is added as an endpoint of the channel "
                    + "`webpush`.")
    public WebPushKey get() {
        return new WebPushKey(vapid.publicKey().orElse(null));
    }
}
