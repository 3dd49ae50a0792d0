package org.lectern.chassis.http;

import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Text;
import org.lectern.chassis.problem.InvalidRequest;
import org.lectern.chassis.problem.NotFound;
import org.lectern.chassis.problem.RequestPath;

/**
 * Refuses query parameters before they reach a query: unknown ones, repeated single-valued ones, and text that
 * PostgreSQL cannot store or compare. A misspelt filter would otherwise return everything. Pages and calendars outside
 * the API accept any parameter, because chat and mail programs add their own to links.
 */
class StorableParameters {

    private static final int LONGEST = 1000;
    private static final String API = "/api/";

    /** The parameters of each operation, and whether each may be repeated. */
    private final Map<Method, Map<String, Boolean>> known = new ConcurrentHashMap<>();

    @ServerRequestFilter
    void check(ContainerRequestContext request, ResourceInfo resource) {
        Map<String, Boolean> expected =
                RequestPath.of(request.getUriInfo()).startsWith(API) ? expected(resource) : null;
        request.getUriInfo().getQueryParameters().forEach((name, values) -> {
            String pointer = "?" + (Text.isStorable(name) && name.length() <= 100 ? name : "");
            if (expected != null && !expected.containsKey(name)) {
                throw new InvalidRequest(pointer, "parameter.unknown");
            }
            if (expected != null && values.size() > 1 && !Boolean.TRUE.equals(expected.get(name))) {
                throw new InvalidRequest(pointer, "parameter.twice");
            }
            check(pointer, values);
        });
        request.getUriInfo().getPathParameters().forEach((name, values) -> {
            if (!values.stream().allMatch(Text::isStorable)) {
                throw new NotFound();
            }
        });
    }

    private static void check(String pointer, List<String> values) {
        for (String value : values) {
            if (value.length() > LONGEST || !Text.isStorable(value)) {
                throw new InvalidRequest(pointer, "text.unstorable");
            }
        }
    }

    private @Nullable Map<String, Boolean> expected(@Nullable ResourceInfo resource) {
        Method method = resource == null ? null : resource.getResourceMethod();
        return method == null ? null : known.computeIfAbsent(method, StorableParameters::parameters);
    }

    private static Map<String, Boolean> parameters(Method method) {
        Map<String, Boolean> parameters = new HashMap<>();
        for (Parameter parameter : method.getParameters()) {
            QueryParam query = parameter.getAnnotation(QueryParam.class);
            if (query != null) {
                parameters.put(query.value(), Collection.class.isAssignableFrom(parameter.getType()));
            }
        }
        return parameters;
    }
}
