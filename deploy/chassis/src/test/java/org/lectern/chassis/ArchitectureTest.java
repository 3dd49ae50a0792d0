package org.lectern.chassis;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The chassis knows nothing of what the services are for. */
class ArchitectureTest {

    private static final JavaClasses CODE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.lectern.chassis");

    /** The glossary's terms; "hold" and "format" are left out, for they are words of every day. */
    private static final Pattern DOMAIN = Pattern.compile(
            "\\b(lecturers?|lectures?|branch(es)?|venues?|topics? of|bookings?|guests?|campaigns?|coverage|notices?"
                    + "|deliver(y|ies)|organizers?|acknowledge(ment)?s?|escalations?)\\b",
            Pattern.CASE_INSENSITIVE);

    @Test
    void domainWords_areNotInTheChassis() throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(Path.of("src/main"))) {
            files = walk.filter(Files::isRegularFile).toList();
        }
        assertThat(files).hasSizeGreaterThan(30);
        for (Path file : files) {
            assertThat(Files.readAllLines(file))
                    .as(file.toString())
                    .noneMatch(line -> DOMAIN.matcher(line).find());
        }
    }

    @Test
    void onlySessionsReadCookies() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..session..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("io.vertx.core.http.Cookie")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("jakarta.ws.rs.core.Cookie")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("jakarta.ws.rs.CookieParam")
                .check(CODE);
    }

    @Test
    void packagesFormNoCycle() {
        slices().matching("org.lectern.chassis.(*)..").should().beFreeOfCycles().check(CODE);
    }

    @Test
    void dependencies_areInjectedByConstructor() {
        noFields().should().beAnnotatedWith(Inject.class).check(CODE);
    }

    @Test
    void everyPackage_isDocumentedAndNullMarked() {
        assertThat(CODE.stream()
                        .map(type -> type.getPackage())
                        .distinct()
                        .filter(each -> !each.isAnnotatedWith(NullMarked.class)))
                .isEmpty();
    }
}
