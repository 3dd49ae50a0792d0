package org.lectern.notification;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import org.junit.jupiter.api.Test;
import org.lectern.testing.AbstractArchitectureTest;

/** The package boundaries of this service. */
class ArchitectureTest extends AbstractArchitectureTest {

    private static final String BASE = "org.lectern.notification";
    private static final JavaClasses CODE = main(BASE);

    ArchitectureTest() {
        super(BASE, CODE);
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
    void everyEndpoint_declaresItsRoles() {
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
