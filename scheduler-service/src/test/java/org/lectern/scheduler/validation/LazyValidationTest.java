package org.lectern.scheduler.validation;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.quarkus.arc.Arc;
import io.quarkus.hibernate.validator.runtime.ArcConstraintValidatorFactoryImpl;
import io.quarkus.hibernate.validator.runtime.ArcProxyBeanMetaDataClassNormalizer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.enterprise.inject.literal.NamedLiteral;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.inject.Singleton;
import jakarta.validation.ConstraintValidatorFactory;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import java.util.Set;
import org.hibernate.validator.HibernateValidatorFactory;
import org.hibernate.validator.metadata.BeanMetaDataClassNormalizer;
import org.junit.jupiter.api.Test;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.testing.Tokens;

/**
 * {@link LazyValidation} replaces the validator of Quarkus and uses two of its internal classes. An upgrade that
 * changes them fails here.
 */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class LazyValidationTest {

    private static final String CHECKED_WITH = "3.33.";
    private static final String WAY_OUT = "Quarkus changed what LazyValidation replaces. Compare LazyValidation with "
            + "HibernateValidatorRecorder of Quarkus, run this test, then update it. Without the class LazyValidation everything "
            + "works as well; only the start is slower.";

    @Test
    void platform_isTheOneThatWasChecked() throws IOException {
        var properties = new Properties();
        try (InputStream in = ArcConstraintValidatorFactoryImpl.class.getResourceAsStream(
                "/META-INF/maven/io.quarkus/quarkus-hibernate-validator/pom.properties")) {
            properties.load(in);
        }

        assertThat(properties.getProperty("version")).as(WAY_OUT).startsWith(CHECKED_WITH);
    }

    @Test
    void internals_haveTheShapeThatWasChecked() throws NoSuchMethodException {
        assertThat(ConstraintValidatorFactory.class)
                .as(WAY_OUT)
                .isAssignableFrom(ArcConstraintValidatorFactoryImpl.class);
        assertThat(BeanMetaDataClassNormalizer.class)
                .as(WAY_OUT)
                .isAssignableFrom(ArcProxyBeanMetaDataClassNormalizer.class);
        assertThat(ArcConstraintValidatorFactoryImpl.class.getConstructor()).isNotNull();
        assertThat(ArcProxyBeanMetaDataClassNormalizer.class.getConstructor()).isNotNull();
    }

    @Test
    void onlyLazyValidation_usesInternals() {
        assertThat(new ClassFileImporter()
                                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                                .importPackages("org.lectern.scheduler")
                                .stream()
                                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                                .filter(LazyValidationTest::isInternal)
                                .map(each -> each.getOriginClass().getSimpleName())
                                .distinct())
                .as("internals of Quarkus; use public API, or check them in a test like this one")
                .containsExactly("LazyValidation");
    }

    /** Packages that the guides of Quarkus do not name. */
    private static boolean isInternal(Dependency dependency) {
        String name = dependency.getTargetClass().getFullName();
        return name.matches("io\\.quarkus\\..+\\.(runtime|deployment|impl)\\..+")
                && !name.startsWith("io.quarkus.vertx.http.runtime.filters.");
    }

    /** Fails if the extension created its own validator again, which reads the constraints of all classes. */
    @Test
    void validatorOfTheExtension_isNeverMade() {
        Set<Bean<?>> ofTheExtension = Arc.container()
                .beanManager()
                .getBeans(HibernateValidatorFactory.class, NamedLiteral.of("quarkus-hibernate-validator-factory"));

        assertThat(ofTheExtension)
                .as(WAY_OUT)
                .hasSize(1)
                .allSatisfy(bean -> assertThat(Arc.container()
                                .getActiveContext(Singleton.class)
                                .get(bean))
                        .isNull());
    }

    @Test
    void invalidBody_isRefused() {
        given().auth()
                .oauth2(Tokens.organizer())
                .contentType(ContentType.JSON)
                .body("{\"code\": \"\", \"title\": \"\"}")
                .post("/api/v1/topics")
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid-request"))
                .body("errors.pointer", hasItems("/code", "/title"));
    }

    @Test
    void invalidParameter_isRefused() {
        given().auth()
                .oauth2(Tokens.organizer())
                .queryParam("limit", 201)
                .get("/api/v1/topics")
                .then()
                .statusCode(400)
                .body("errors.pointer", hasItems("?limit"));
    }
}
