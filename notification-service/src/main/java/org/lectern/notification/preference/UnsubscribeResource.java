package org.lectern.notification.preference;

import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.lectern.notification.page.Pages;
import org.lectern.notification.wording.OrganizationConfig;

/** Ends digests by one click (RFC 8058). Reading the page changes nothing, because mail scanners open links. */
@RunOnVirtualThread
@Path("/u/{token: [A-Za-z0-9_-]{43}}")
@Produces(MediaType.TEXT_HTML)
@Tag(name = "Preferences")
class UnsubscribeResource {

    private final Unsubscribing unsubscribing;
    private final OrganizationConfig organization;

    @Inject
    UnsubscribeResource(Unsubscribing unsubscribing, OrganizationConfig organization) {
        this.unsubscribing = unsubscribing;
        this.organization = organization;
    }

    /** In both languages, because the reader is unknown; the template escapes every value. */
    record UnsubscribePage(boolean done, String organization, String style) implements TemplateInstance {}

    @GET
    @PermitAll
    @Operation(
            operationId = "showUnsubscribe",
            summary = "Show the page that ends digests",
            description = "Changes nothing.")
    @APIResponse(responseCode = "200", description = "The page")
    public Response show(@PathParam("token") String token) {
        unsubscribing.demandGenuine(token);
        return page(false);
    }

    @POST
    @PermitAll
    @Operation(
            operationId = "unsubscribe",
            summary = "Unsubscribe an address from digests",
            description = "The action of the button, and of mail programs (`List-Unsubscribe=One-Click`). "
                    + "From then on only urgent notices and changes of earlier notices are sent. The "
                    + "body is ignored; a repeat changes nothing.")
    @APIResponse(responseCode = "200", description = "Ended")
    public Response unsubscribe(@PathParam("token") String token) {
        unsubscribing.unsubscribe(token);
        return page(true);
    }

    private Response page(boolean done) {
        return Pages.page(200, nonce -> new UnsubscribePage(done, organization(), nonce).render())
                .build();
    }

    /** In both languages, if they differ. */
    private String organization() {
        String chinese = organization.name(Locale.SIMPLIFIED_CHINESE);
        String english = organization.name(Locale.ENGLISH);
        return chinese.equals(english) ? english : chinese + " · " + english;
    }
}
