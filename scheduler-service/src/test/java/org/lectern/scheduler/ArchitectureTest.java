package org.lectern.scheduler;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import org.junit.jupiter.api.Test;
import org.lectern.scheduler.event.DomainEvent;
import org.lectern.testing.AbstractArchitectureTest;

/** The package boundaries of this service. */
class ArchitectureTest extends AbstractArchitectureTest {

    private static final String BASE = "org.lectern.scheduler";
    private static final JavaClasses CODE = main(BASE);

    ArchitectureTest() {
        super(BASE, CODE);
    }

    @Test
    void onlyResourcesFiltersProblemsAndKeptAnswersSpeakHttp() {
        noClasses()
                .that()
                .haveSimpleNameNotEndingWith("Resource")
                .and()
                .haveSimpleNameNotEndingWith("Filter")
                .and()
                .resideOutsideOfPackages("..validation..", "..idempotency..", "..download..")
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
}
