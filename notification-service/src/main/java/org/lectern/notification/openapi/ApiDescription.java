package org.lectern.notification.openapi;

import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.info.Info;

/** The general part of the API description. */
@OpenAPIDefinition(
        info =
                @Info(
                        title = "Lectern notification API",
                        version = "1",
                        description =
                                "Notifies branches of their lectures: an in-app inbox (read or streamed), e-mail, "
                                        + "webhooks, group robots and text messages, and the log of every delivery. "
                                        + "Branches have the same ids as in the scheduler. Errors are problem documents "
                                        + "(RFC 9457). A resource outside the caller's scope answers 404."))
public class ApiDescription extends Application {}
