package org.lectern.notification.portal;

import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.problem.Language;
import org.lectern.chassis.problem.NotFound;
import org.lectern.chassis.session.PageFrame;
import org.lectern.notification.notice.MapConfig;

/**
 * The frame of the portal, the same for every address below {@code /portal}, and what a browser needs to install it and
 * to open it without a connection.
 */
@Path("/portal")
public class PortalResource {

    private final Template frame;
    private final PortalFiles files;
    private final MapConfig map;

    @Inject
    PortalResource(@Location("portal.html") Template frame, PortalFiles files, MapConfig map) {
        this.frame = frame;
        this.files = files;
        this.map = map;
    }

    @GET
    @PermitAll
    @Produces(MediaType.TEXT_HTML)
    @Operation(hidden = true)
    public Response home(@HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) @Nullable String language) {
        return shell(language);
    }

    @GET
    @PermitAll
    @Path("/{path:.+}")
    @Produces(MediaType.TEXT_HTML)
    @Operation(hidden = true)
    public Response page(@HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) @Nullable String language) {
        return shell(language);
    }

    /** May serve the whole portal although it lies below it (Service Workers, section 2.2). */
    @GET
    @PermitAll
    @Path("/worker.js")
    @Produces("text/javascript")
    @Operation(hidden = true)
    public Response worker() {
        return Response.ok(ServiceWorker.of(html(null)))
                .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                .header("Service-Worker-Allowed", "/portal")
                .header("Content-Security-Policy", "default-src 'none'; connect-src 'self'")
                .build();
    }

    @GET
    @PermitAll
    @Path("/app.webmanifest")
    @Produces("application/manifest+json")
    @Operation(hidden = true)
    public Response manifest(@HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) @Nullable String language) {
        return Response.ok(
                        PortalFiles.text("/portal/app." + Language.of(language).toLanguageTag() + ".webmanifest"))
                .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE)
                .build();
    }

    @GET
    @PermitAll
    @Path("/icons/{name}")
    @Produces({"image/png", "image/svg+xml"})
    @Operation(hidden = true)
    public Response icon(@PathParam("name") String name) {
        byte[] icon = files.icon(name);
        if (icon == null) {
            throw new NotFound();
        }
        return Response.ok(icon, name.endsWith(".svg") ? "image/svg+xml" : "image/png")
                .header(HttpHeaders.CACHE_CONTROL, "public, max-age=86400")
                .build();
    }

    private Response shell(@Nullable String language) {
        return PageFrame.installable(html(language));
    }

    private String html(@Nullable String language) {
        return frame.data("lang", Language.of(language).toLanguageTag())
                .data("map", map.address().orElse(""))
                .render();
    }
}
