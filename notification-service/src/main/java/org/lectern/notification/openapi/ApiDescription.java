package org.lectern.notification.openapi;

import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.info.Info;

/** The general part of the API description. */
@OpenAPIDefinition(info = @Info(title = "Lectern notification API", version = "1", description = """
                                Tells branches about their lectures: an in-app inbox (read or streamed), e-mail, webhooks,
                                group robots and text messages, and
                                the log of every delivery. Branches are those of the scheduler, by the same ids.
                                Errors are problem documents (RFC 9457); what lies outside the caller's scope answers
                                404, as if it did not exist."""))
public class ApiDescription extends Application {}
