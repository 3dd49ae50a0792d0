package org.lectern.chassis.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.quarkus.smallrye.openapi.runtime.OpenApiDocumentService;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Properties;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * {@link LazyOpenApi} stands before a class of Quarkus that is no public API. An upgrade that changes that class fails
 * here; {@code ApiDescriptionTest} and {@code LazyOpenApiTest} of the services show that it works.
 */
class QuarkusInternalsTest {

    private static final String CHECKED_WITH = "3.33.";
    private static final String WAY_OUT =
            "Quarkus changed what LazyOpenApi defers. Compare OpenApiDocumentService with "
                    + "LazyOpenApi, run ApiDescriptionTest and LazyOpenApiTest of both services, then update this test. "
                    + "Without the classes LazyOpenApi and StartExtension everything works as well; only the start is slower.";

    @Test
    void platform_isTheOneThatWasChecked() throws IOException {
        var properties = new Properties();
        try (InputStream in = OpenApiDocumentService.class.getResourceAsStream(
                "/META-INF/maven/io.quarkus/quarkus-smallrye-openapi/pom.properties")) {
            properties.load(in);
        }

        assertThat(properties.getProperty("version")).as(WAY_OUT).startsWith(CHECKED_WITH);
    }

    @Test
    void documentService_hasTheMethodsThatWereChecked() {
        assertThat(Arrays.stream(OpenApiDocumentService.class.getDeclaredMethods())
                        .filter(method -> !method.isSynthetic())
                        .map(QuarkusInternalsTest::signature))
                .as(WAY_OUT)
                .containsExactlyInAnyOrder(
                        "void prepareDocument(AutoSecurityFilter, Map, String)",
                        "byte[] getDocument(String, Format)",
                        "Consumer addFilters(Set, ClassLoader)",
                        "OASFilter locateInstance(String, ClassLoader)");
    }

    @Test
    void internals_areUsedInFencedPlacesOnly() {
        assertThat(new ClassFileImporter()
                                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                                .importPackages("org.lectern.chassis")
                                .stream()
                                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                                .filter(QuarkusInternalsTest::isInternal)
                                .map(each -> each.getOriginClass().getSimpleName()
                                        + " "
                                        + each.getTargetClass().getSimpleName())
                                .distinct())
                .as("internals of Quarkus; use public API, or check them in a test like this one")
                .containsExactlyInAnyOrder(
                        "StartExtension OpenApiDocumentService",
                        // SessionTest of the scheduler checks the challenge that these two make.
                        "SessionResource ChallengeData",
                        "SessionResource HttpAuthenticator");
    }

    /** What the guides of Quarkus do not name. */
    private static boolean isInternal(Dependency dependency) {
        String name = dependency.getTargetClass().getFullName();
        return name.matches("io\\.quarkus\\..+\\.(runtime|deployment|impl)\\..+")
                && !name.startsWith("io.quarkus.vertx.http.runtime.filters.")
                && !name.startsWith("io.quarkus.security.runtime.QuarkusSecurityIdentity");
    }

    private static String signature(Method method) {
        return method.getReturnType().getSimpleName() + " " + method.getName() + "("
                + Arrays.stream(method.getParameterTypes())
                        .map(Class::getSimpleName)
                        .collect(Collectors.joining(", "))
                + ")";
    }
}
