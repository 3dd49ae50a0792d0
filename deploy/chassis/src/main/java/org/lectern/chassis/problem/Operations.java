package org.lectern.chassis.problem;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/**
 * The methods ({@code Allow}, RFC 9110 section 15.5.6) and content types ({@code Accept}, section 15.5.16) that an
 * address supports, for callers who tried another.
 */
@ApplicationScoped
class Operations {

    private static final Pattern VARIABLE = Pattern.compile("\\{\\s*[\\w.-]+\\s*(?::([^{}]*(?:\\{[^{}]*})?[^{}]*))?}");

    private final BeanManager beans;
    private volatile @Nullable List<Operation> all;

    @Inject
    Operations(BeanManager beans) {
        this.beans = beans;
    }

    private record Operation(Pattern path, int literals, String verb, List<String> consumed) {}

    /**
     * Answers OPTIONS itself, so that it says the same as a refusal, and refuses methods that an address does not
     * support. Otherwise a less specific address would take them: {@code PATCH /things/import} would look for a thing
     * with the id {@code import}.
     *
     * @throws NotAllowedException when the address supports other methods only
     * @throws NotFoundException when the path cannot be decoded
     */
    @ServerRequestFilter(preMatching = true)
    @Nullable
    Response unsupported(ContainerRequestContext request) {
        String path = RequestPath.of(request.getUriInfo());
        if (path.isEmpty()) {
            throw new NotFoundException(); // the server could not read its parameters either
        }
        Set<String> verbs = verbs(path);
        if (verbs.isEmpty()) {
            return null;
        }
        if (request.getMethod().equals("OPTIONS")) {
            return Response.noContent().header(HttpHeaders.ALLOW, allowed(path)).build();
        }
        if (!verbs.contains(request.getMethod())) {
            throw new NotAllowedException(allowed(path));
        }
        return null;
    }

    /** The operations of the most specific address that matches, as Jakarta REST section 3.7.2 orders them. */
    private List<Operation> at(String path) {
        List<Operation> matching = operations().stream()
                .filter(each -> each.path().matcher(path).matches())
                .toList();
        int most = matching.stream().mapToInt(Operation::literals).max().orElse(0);
        return matching.stream().filter(each -> each.literals() == most).toList();
    }

    /** The methods that a path supports. */
    String allowed(String path) {
        return String.join(", ", verbs(path));
    }

    /** Empty if there is no such path. */
    private Set<String> verbs(String path) {
        Set<String> verbs = new TreeSet<>();
        for (Operation each : at(path)) {
            verbs.add(each.verb());
        }
        if (verbs.contains("GET")) {
            verbs.add("HEAD");
        }
        if (!verbs.isEmpty()) {
            verbs.add("OPTIONS");
        }
        return verbs;
    }

    /** The content types that a method accepts at a path. */
    String accepted(String path, String verb) {
        Set<String> types = new TreeSet<>();
        for (Operation each : at(path)) {
            if (each.verb().equals(verb)) {
                types.addAll(each.consumed());
            }
        }
        return String.join(", ", types);
    }

    private List<Operation> operations() {
        List<Operation> known = all;
        if (known == null) {
            known = found();
            all = known;
        }
        return known;
    }

    private List<Operation> found() {
        List<Operation> found = new ArrayList<>();
        for (Bean<?> bean : beans.getBeans(Object.class, Any.Literal.INSTANCE)) {
            Class<?> resource = bean.getBeanClass();
            Path root = resource.getAnnotation(Path.class);
            if (root == null) {
                continue;
            }
            for (Method method : resource.getDeclaredMethods()) {
                String verb = verb(method);
                if (verb != null) {
                    Path rest = method.getAnnotation(Path.class);
                    String template = template(root, rest);
                    int literals = VARIABLE.matcher(template).replaceAll("").length();
                    found.add(new Operation(pattern(template), literals, verb, consumed(resource, method)));
                }
            }
        }
        return List.copyOf(found);
    }

    private static @Nullable String verb(Method method) {
        for (Annotation annotation : method.getAnnotations()) {
            HttpMethod verb = annotation.annotationType().getAnnotation(HttpMethod.class);
            if (verb != null) {
                return verb.value();
            }
        }
        return null;
    }

    private static List<String> consumed(Class<?> resource, Method method) {
        Consumes consumes = method.getAnnotation(Consumes.class);
        if (consumes == null) {
            consumes = resource.getAnnotation(Consumes.class);
        }
        return consumes == null ? List.of() : List.of(consumes.value());
    }

    private static String template(Path root, @Nullable Path rest) {
        return "/" + trimmed(root.value()) + (rest == null ? "" : "/" + trimmed(rest.value()));
    }

    private static Pattern pattern(String template) {
        var regex = new StringBuilder();
        var variable = VARIABLE.matcher(template);
        int done = 0;
        while (variable.find()) {
            regex.append(Pattern.quote(template.substring(done, variable.start())));
            regex.append('(')
                    .append(
                            variable.group(1) == null
                                    ? "[^/]+"
                                    : variable.group(1).strip())
                    .append(')');
            done = variable.end();
        }
        regex.append(Pattern.quote(template.substring(done)));
        return Pattern.compile(regex.toString());
    }

    private static String trimmed(String path) {
        return path.replaceAll("^/+|/+$", "");
    }
}
