package org.lectern.notification;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.persistence.Entity;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The package boundaries of this service. */
class ArchitectureTest {

    private static final JavaClasses CODE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.lectern.notification");

    @Test
    void packagesFormNoCycle() {
        slices().matching("org.lectern.notification.(**)")
                .should()
                .beFreeOfCycles()
                .check(CODE);
    }

    @Test
    void onlyResourcesAndProblemsSpeakHttp() {
        noClasses()
                .that()
                .haveSimpleNameNotEndingWith("Resource")
                .and()
                .doNotHaveSimpleName("ServerSentEvents")
                .and()
                .resideOutsideOfPackages("..page..", "..openapi..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jakarta.ws.rs..")
                .check(CODE);
    }

    @Test
    void onlyTheIntakeAndTheOutboxSpeakKafka() {
        noClasses()
                .that()
                .resideOutsideOfPackages("..intake..", "..outbox..", "..doctor..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka..")
                .check(CODE);
    }

    @Test
    void onlyMailChannelsUseMailLibraries() {
        noClasses()
                .that()
                .resideOutsideOfPackages("..channel.email..", "..inbound..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta.mail..", "org.eclipse.angus..", "org.apache.james..")
                .check(CODE);
    }

    @Test
    void nobodyButTimeAsksTheMachineWhatTimeItIs() {
        for (Class<?> type : new Class<?>[] {
            Instant.class, OffsetDateTime.class, ZonedDateTime.class, LocalDate.class, LocalDateTime.class
        }) {
            noClasses()
                    .that(not(resideInAPackage("..time..")))
                    .should()
                    .callMethod(type, "now")
                    .check(CODE);
        }
        noClasses()
                .that(not(resideInAPackage("..time..")))
                .should()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(Clock.class, "systemDefaultZone")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(CODE);
    }

    @Test
    void everyEndpointSaysWhoMayCallIt() {
        methods()
                .that()
                .areDeclaredInClassesThat()
                .haveSimpleNameEndingWith("Resource")
                .and()
                .arePublic()
                .should()
                .beAnnotatedWith(RolesAllowed.class)
                .orShould()
                .beAnnotatedWith(PermitAll.class)
                .check(CODE);
    }

    @Test
    void entitiesAreNoOneElsesAffair() {
        classes().that().areAnnotatedWith(Entity.class).should().notBePublic().check(CODE);
    }

    @Test
    void dependenciesComeByConstructor() {
        noFields().should().beAnnotatedWith(Inject.class).check(CODE);
    }

    @Test
    void everyPackageSaysWhatItIsForAndIsNullMarked() {
        assertThat(CODE.stream()
                        .map(type -> type.getPackage())
                        .distinct()
                        .filter(each -> !each.isAnnotatedWith(NullMarked.class)))
                .isEmpty();
    }

    /** Packages that the guides of Quarkus do not name. An exception needs its own test that detects an upgrade. */
    @Test
    void noInternalsOfQuarkus_areUsed() {
        assertThat(CODE.stream()
                        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                        .filter(each -> each.getTargetClass()
                                .getFullName()
                                .matches("io\\.quarkus\\..+\\.(runtime|deployment|impl)\\..+"))
                        .map(each -> each.getDescription()))
                .isEmpty();
    }
}
