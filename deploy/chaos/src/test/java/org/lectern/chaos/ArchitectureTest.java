package org.lectern.chaos;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The boundaries between the packages of this module. */
class ArchitectureTest {

    private static final JavaClasses CODE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.lectern.chaos");

    @Test
    void packagesFormNoCycle() {
        // each package is a slice, including the root package
        slices().matching("org.lectern.(**)").should().beFreeOfCycles().check(CODE);
    }

    @Test
    void everyPackageIsNullMarked() {
        assertEquals(
                List.of(),
                CODE.stream()
                        .map(type -> type.getPackage())
                        .distinct()
                        .filter(each -> !each.isAnnotatedWith(NullMarked.class))
                        .map(JavaPackage::getName)
                        .toList());
    }
}
