package org.lectern.testing;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The permissions per operation: annotations and answers of the running service must match {@code authorization.csv}. A
 * new operation needs a row.
 */
public abstract class AbstractAuthorizationMatrixTest {

    private static final String TABLE = "/authorization.csv";
    private static final Pattern PART = Pattern.compile("\\{(\\w+)}");
    private static final String REGEX_OF_PART = "\\{\\s*(\\w+)\\s*:(?:[^{}]|\\{[^{}]*})*}";
    private static final String ALLOWED = "allowed";
    private static final List<String> IDENTITIES =
            List.of("anonymous", "branch", "organizer", "operator", "auditor", "lecturer");
    private static final String HEADING = "operationId,method,path," + String.join(",", IDENTITIES);

    private final String basePackage;

    protected AbstractAuthorizationMatrixTest(String basePackage) {
        this.basePackage = basePackage;
    }

    @Test
    void everyOperation_hasItsRow() throws IOException {
        List<String> table = table();
        List<String> annotated = operations().stream().map(Found::row).sorted().toList();

        assertThat(table.getFirst()).isEqualTo(HEADING);
        List<String> rows = table.subList(1, table.size());
        assertThat(rows).as("one row for each operation").doesNotHaveDuplicates();
        String missing = annotated.stream().filter(row -> !rows.contains(row)).collect(Collectors.joining("\n"));
        String surplus = rows.stream().filter(row -> !annotated.contains(row)).collect(Collectors.joining("\n"));
        assertThat(missing + surplus)
                .as(
                        "src/test/resources%s does not agree with the annotations.%nAdd, if this is"
                                + " meant:%n%s%nRemove:%n%s",
                        TABLE, missing, surplus)
                .isEmpty();
    }

    @Test
    void everyIdentity_isAnsweredAsTheTableSays() throws IOException {
        Map<String, Found> operations = operations().stream().collect(Collectors.toMap(Found::key, each -> each));
        List<String> deviations = new ArrayList<>();
        for (String row : table().subList(1, table().size())) {
            String[] cells = row.split(",", -1);
            Found operation = operations.get(String.join(",", cells[0], cells[1], cells[2]));
            for (int i = 0; operation != null && i < IDENTITIES.size(); i++) {
                String identity = IDENTITIES.get(i);
                String deviation = deviation(cells[3 + i], call(operation, identity));
                if (deviation != null) {
                    deviations.add(cells[0] + " as " + identity + ": " + deviation);
                }
            }
        }
        assertThat(deviations).isEmpty();
    }

    /** The difference between an answer and the expected one; empty if there is none. */
    private static @Nullable String deviation(String demanded, Response answer) {
        int status = answer.statusCode();
        if (demanded.equals(ALLOWED)) {
            return status == 401 || status == 403 || status >= 500 ? "got " + status + ", is " + ALLOWED : null;
        }
        String code = demanded.equals("401") ? "unauthenticated" : "forbidden";
        boolean problem = answer.contentType().startsWith("application/problem+json")
                && code.equals(answer.jsonPath().getString("code"));
        return status == Integer.parseInt(demanded) && problem
                ? null
                : "got " + status + " " + answer.contentType() + ", must get the problem " + demanded + " " + code;
    }

    /** A nonexistent value in the form that the path parameter requires. */
    private static String placeholder(MatchResult part) {
        return switch (part.group(1)) {
            case "year" -> "2099";
            case "token" -> "A".repeat(43);
            case "recipients" -> "lecturers";
            default -> UUID.randomUUID().toString();
        };
    }

    /** Uses nonexistent ids and an empty body: an allowed call is refused for those reasons, and changes nothing. */
    private static Response call(Found operation, String identity) {
        RequestSpecification request = given().redirects().follow(false);
        switch (identity) {
            case "anonymous" -> {}
            case "branch" -> request.auth().oauth2(Tokens.branch("B-" + UUID.randomUUID()));
            case "lecturer" -> request.auth().oauth2(Tokens.lecturer("L-" + UUID.randomUUID()));
            default -> request.auth().oauth2(Tokens.of(identity, Map.of()));
        }
        if (operation.consumes() != null) {
            request.contentType(operation.consumes());
            if (operation.consumes().endsWith("json")) {
                request.body("{}");
            }
        }
        return request.request(
                operation.method(),
                PART.matcher(operation.path()).replaceAll(AbstractAuthorizationMatrixTest::placeholder));
    }

    private List<String> table() throws IOException {
        try (var reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(getClass().getResourceAsStream(TABLE)), StandardCharsets.UTF_8))) {
            return reader.lines().filter(line -> !line.isBlank()).toList();
        }
    }

    /**
     * An operation with its annotation.
     *
     * @param roles null if everyone may call it; empty if no role may
     */
    private record Found(
            String id,
            String method,
            String path,
            @Nullable String consumes,
            @Nullable List<String> roles) {

        static Stream<Found> in(Class<?> resource) {
            return Arrays.stream(resource.getDeclaredMethods())
                    .flatMap(method -> verb(method).map(verb -> {
                        Operation description = method.getAnnotation(Operation.class);
                        return new Found(
                                description == null || description.operationId().isEmpty()
                                        ? resource.getSimpleName() + "." + method.getName()
                                        : description.operationId(),
                                verb,
                                ("/" + path(resource.getAnnotation(Path.class)) + "/"
                                                + path(method.getAnnotation(Path.class)))
                                        .replaceAll("/+", "/")
                                        .replaceAll("(?<=.)/$", "")
                                        .replaceAll(REGEX_OF_PART, "{$1}"),
                                consumes(method, resource),
                                allowed(method, resource));
                    }));
        }

        private static Stream<String> verb(Method method) {
            return Arrays.stream(method.getAnnotations())
                    .map(Annotation::annotationType)
                    .filter(type -> type.isAnnotationPresent(HttpMethod.class))
                    .map(type -> type.getAnnotation(HttpMethod.class).value());
        }

        private static String path(@Nullable Path path) {
            return path == null ? "" : path.value();
        }

        private static @Nullable String consumes(Method method, Class<?> resource) {
            Consumes consumes = method.isAnnotationPresent(Consumes.class)
                    ? method.getAnnotation(Consumes.class)
                    : resource.getAnnotation(Consumes.class);
            return consumes == null ? null : consumes.value()[0];
        }

        private static @Nullable List<String> allowed(Method method, Class<?> resource) {
            for (var annotated : List.of(method, resource)) {
                if (annotated.isAnnotationPresent(PermitAll.class)) {
                    return null;
                }
                RolesAllowed roles = annotated.getAnnotation(RolesAllowed.class);
                if (roles != null) {
                    return List.of(roles.value());
                }
            }
            return List.of(); // unannotated operations are denied
        }

        String key() {
            return String.join(",", id, method, path);
        }

        String row() {
            return Stream.concat(Stream.of(key()), IDENTITIES.stream().map(this::demanded))
                    .collect(Collectors.joining(","));
        }

        private String demanded(String identity) {
            if (roles == null || roles.contains(identity)) {
                return ALLOWED;
            }
            return identity.equals("anonymous") ? "401" : "403";
        }
    }

    private List<Found> operations() {
        return ArchConfiguration.withThreadLocalScope(configuration -> {
            configuration.setResolveMissingDependenciesFromClassPath(false); // libraries have no operations
            return new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages(basePackage).stream()
                            .filter(type -> type.isAnnotatedWith(Path.class))
                            .map(JavaClass::reflect)
                            .flatMap(Found::in)
                            .toList();
        });
    }
}
