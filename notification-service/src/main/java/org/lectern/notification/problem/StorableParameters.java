package org.lectern.notification.problem;

import jakarta.ws.rs.container.ContainerRequestContext;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Refuses parameters that hold text PostgreSQL cannot store or compare, before any of it reaches a query. */
class StorableParameters {

    @ServerRequestFilter
    void check(ContainerRequestContext request) {
        request.getUriInfo().getQueryParameters().forEach((name, values) -> {
            for (String value : values) {
                if (value.length() > 1000 || !Text.isStorable(value)) {
                    throw new InvalidRequest("?" + (Text.isStorable(name) ? name : ""), "text.unstorable");
                }
            }
        });
        request.getUriInfo().getPathParameters().forEach((name, values) -> {
            if (!values.stream().allMatch(Text::isStorable)) {
                throw new NotFound();
            }
        });
    }
}
