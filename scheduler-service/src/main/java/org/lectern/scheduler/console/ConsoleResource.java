package org.lectern.scheduler.console;

import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.ZoneId;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.problem.Language;
import org.lectern.chassis.session.PageFrame;

/** The frame of the console, the same for every address below {@code /console}. */
@Path("/console")
@PermitAll
public class ConsoleResource {

    private final Template frame;
    private final ZoneId zone;

    @Inject
    ConsoleResource(
            @Location("console.html") Template frame,
            @ConfigProperty(name = "lectern.console.zone", defaultValue = "Asia/Shanghai") ZoneId zone) {
        this.frame = frame;
        this.zone = zone;
    }

    @GET
    @Produces(MediaType.TEXT_HTML)
    @Operation(hidden = true)
    public Response home(@HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) @Nullable String language) {
        return shell(language);
    }

    @GET
    @Path("/{path:.+}")
    @Produces(MediaType.TEXT_HTML)
    @Operation(hidden = true)
    public Response page(@HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) @Nullable String language) {
        return shell(language);
    }

    private Response shell(@Nullable String language) {
        String html = frame.data("lang", Language.of(language).toLanguageTag())
                .data("zone", zone.getId())
                .render();
        return PageFrame.of(html);
    }
}
