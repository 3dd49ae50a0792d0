package org.lectern.chassis.http;

import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.Method;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jspecify.annotations.Nullable;

/** Adds the deprecation headers to answers of outdated operations, including refusals. */
class OutdatedFilter {

    @ServerResponseFilter
    void tell(ContainerResponseContext response, ResourceInfo resource) {
        Outdated outdated = outdated(resource);
        if (outdated != null) {
            var headers = response.getHeaders();
            headers.putSingle(
                    "Deprecation",
                    "@"
                            + LocalDate.parse(outdated.since())
                                    .atStartOfDay(ZoneOffset.UTC)
                                    .toEpochSecond());
            headers.putSingle(
                    "Sunset",
                    DateTimeFormatter.RFC_1123_DATE_TIME.format(
                            LocalDate.parse(outdated.gone()).atStartOfDay(ZoneOffset.UTC)));
            headers.add("Link", "<" + outdated.instead() + ">; rel=\"deprecation\"");
        }
    }

    private static @Nullable Outdated outdated(@Nullable ResourceInfo resource) {
        Method method = resource == null ? null : resource.getResourceMethod();
        if (method == null) {
            return null; // not deprecated
        }
        Outdated ofMethod = method.getAnnotation(Outdated.class);
        return ofMethod == null ? method.getDeclaringClass().getAnnotation(Outdated.class) : ofMethod;
    }
}
