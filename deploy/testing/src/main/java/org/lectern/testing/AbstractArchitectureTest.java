package org.lectern.testing;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.inject.Inject;
import jakarta.persistence.Entity;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The package boundaries that every service keeps. */
public abstract class AbstractArchitectureTest {

    private final String basePackage;
    protected final JavaClasses code;

    /** @param code the classes of {@link #main} */
    protected AbstractArchitectureTest(String basePackage, JavaClasses code) {
        this.basePackage = basePackage;
        this.code = code;
    }

    /** Reads the classes of a service without its tests. It takes seconds: read them once. */
    protected static JavaClasses main(String basePackage) {
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(basePackage);
    }

    @Test
    void packagesFormNoCycle() {
        slices().matching(basePackage + ".(**)").should().beFreeOfCycles().check(code);
    }

    @Test
    void onlyTheTimePackage_readsTheClock() {
        for (Class<?> type : List.of(
                Instant.class, OffsetDateTime.class, ZonedDateTime.class, LocalDate.class, LocalDateTime.class)) {
            noClasses()
                    .that(not(resideInAPackage("..time..")))
                    .should()
                    .callMethod(type, "now")
                    .check(code);
        }
        noClasses()
                .that(not(resideInAPackage("..time..")))
                .should()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(Clock.class, "systemDefaultZone")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(code);
    }

    /** Only package {@code session} of the chassis reads cookies. */
    @Test
    void noCookieIsRead() {
        for (String type :
                List.of("io.vertx.core.http.Cookie", "jakarta.ws.rs.core.Cookie", "jakarta.ws.rs.CookieParam")) {
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .haveFullyQualifiedName(type)
                    .check(code);
        }
    }

    @Test
    void entities_arePackagePrivate() {
        classes().that().areAnnotatedWith(Entity.class).should().notBePublic().check(code);
    }

    @Test
    void dependencies_areInjectedByConstructor() {
        noFields().should().beAnnotatedWith(Inject.class).check(code);
    }

    @Test
    void everyPackage_isDocumentedAndNullMarked() {
        assertThat(code.stream()
                        .map(type -> type.getPackage())
                        .distinct()
                        .filter(each -> !each.isAnnotatedWith(NullMarked.class)))
                .isEmpty();
    }
}
