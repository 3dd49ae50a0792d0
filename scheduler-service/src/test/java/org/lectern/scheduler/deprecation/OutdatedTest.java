package org.lectern.scheduler.deprecation;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.junit.jupiter.api.Test;
import org.lectern.chassis.http.Outdated;
import org.lectern.chassis.problem.NotFound;
import org.lectern.scheduler.security.Role;
import org.lectern.scheduler.support.BackingStack;
import org.lectern.testing.Tokens;

/** Every answer of an outdated operation announces that; the README has the policy. */
@QuarkusTest
@QuarkusTestResource(BackingStack.class)
class OutdatedTest {

    /** A test operation. */
    @Path("/api/v1/outdated-example")
    @Produces(MediaType.APPLICATION_JSON)
    public static class ExampleResource {

        @GET
        @RolesAllowed(Role.ORGANIZER)
        @Operation(hidden = true)
        @Deprecated
        @Outdated(since = "2026-06-30", gone = "2027-06-30", instead = "https://lectern.example/changes#example")
        public String outdated() {
            return "{}";
        }

        @GET
        @Path("/refusing")
        @RolesAllowed(Role.ORGANIZER)
        @Operation(hidden = true)
        @Deprecated
        @Outdated(since = "2026-06-30", gone = "2027-06-30", instead = "https://lectern.example/changes#example")
        public String refusing() {
            throw new NotFound();
        }
    }

    @Test
    void deprecatedOperation_namesDatesAndSuccessor() {
        for (String path : new String[] {"", "/refusing"}) {
            given().auth()
                    .oauth2(Tokens.organizer())
                    .get("/api/v1/outdated-example" + path)
                    .then()
                    .header("Deprecation", equalTo("@1782777600"))
                    .header("Sunset", equalTo("Wed, 30 Jun 2027 00:00:00 GMT"))
                    .header("Link", equalTo("<https://lectern.example/changes#example>; rel=\"deprecation\""));
        }
    }

    @Test
    void otherOperations_haveNoDeprecationHeaders() {
        given().auth()
                .oauth2(Tokens.organizer())
                .get("/api/v1/topics")
                .then()
                .header("Deprecation", nullValue())
                .header("Sunset", nullValue());
    }

    @Test
    void outdatedOperation_isDeprecatedInTheDescription() {
        methods()
                .that()
                .areAnnotatedWith(Outdated.class)
                .should()
                .beAnnotatedWith(Deprecated.class)
                .allowEmptyShould(true)
                .check(new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("org.lectern.scheduler"));
    }
}
