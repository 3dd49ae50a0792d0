package org.lectern.scheduler;

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
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.lectern.scheduler.event.DomainEvent;

/** The package boundaries of this service. */
class ArchitectureTest {

    private static final JavaClasses CODE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.lectern.scheduler");

    @Test
    void packagesFormNoCycle() {
        slices().matching("org.lectern.scheduler.(**)")
                .should()
                .beFreeOfCycles()
                .check(CODE);
    }

    @Test
    void onlyResourcesFiltersProblemsAndKeptAnswersSpeakHttp() {
        noClasses()
                .that()
                .haveSimpleNameNotEndingWith("Resource")
                .and()
                .haveSimpleNameNotEndingWith("Filter")
                .and()
                .resideOutsideOfPackages("..validation..", "..idempotency..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jakarta.ws.rs..")
                .check(CODE);
    }

    @Test
    void onlyTheOutboxAndTheIntakeOfAcknowledgementsSpeakKafka() {
        noClasses()
                .that()
                .resideOutsideOfPackages("..outbox..", "..acknowledgement..", "..doctor..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..")
                .check(CODE);
    }

    @Test
    void nobodyButTimeAsksTheMachineWhatTimeItIs() {
        for (Class<?> type :
                new Class<?>[] {Instant.class, OffsetDateTime.class, ZonedDateTime.class, LocalDate.class}) {
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
                .check(CODE);
    }

    @Test
    void eventsAreRecords() {
        classes()
                .that()
                .implement(DomainEvent.class)
                .and()
                .areNotInterfaces()
                .should()
                .beRecords()
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
}
