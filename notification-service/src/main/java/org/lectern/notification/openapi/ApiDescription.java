package org.lectern.notification.openapi;

import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.openapi.annotations.Components;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;
import org.lectern.chassis.problem.ProblemDocument;

/** The head of the API description. */
@OpenAPIDefinition(
        info = @Info(title = "Lectern notification API", version = "1", description = """
                                Tells branches about their lectures: an in-app inbox (read or streamed), e-mail, webhooks,
                                group robots and text messages, and
                                the log of every delivery. Branches are those of the scheduler, by the same ids.
                                Errors are problem documents (RFC 9457); what lies outside the caller's scope answers
                                404, as if it did not exist."""),
        security = @SecurityRequirement(name = "bearer"),
        components = @Components(schemas = @Schema(name = "Problem", implementation = ProblemDocument.class)))
@SecurityScheme(
        securitySchemeName = "bearer",
        type = SecuritySchemeType.HTTP,
        scheme = "bearer",
        bearerFormat = "JWT",
        description = "An OIDC access token for the audience `lectern` with the claim `roles`")
public class ApiDescription extends Application {}
