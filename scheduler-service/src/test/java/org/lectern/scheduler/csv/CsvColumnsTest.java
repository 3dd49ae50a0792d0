package org.lectern.scheduler.csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.InputStreamReader;
import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every column of every CSV file that the API reads or writes has a name in both languages. */
class CsvColumnsTest {

    private static final JavaClasses CODE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.lectern.scheduler");

    /** The classes that declare the columns of a file. */
    static Stream<Class<?>> filesWithColumns() {
        return CODE.stream().filter(CsvColumnsTest::hasColumns).map(JavaClass::reflect);
    }

    private static boolean hasColumns(JavaClass type) {
        return type.tryGetField("COLUMNS")
                .map(JavaField::getRawType)
                .filter(field -> field.isEquivalentTo(List.class))
                .isPresent();
    }

    @Test
    void everyReaderOfCsvDeclaresItsColumns() {
        assertThat(CODE.stream()
                        .filter(type -> type.getConstructorCallsFromSelf().stream()
                                .anyMatch(call -> call.getTargetOwner().isEquivalentTo(CsvImport.class)))
                        .filter(type -> !type.isEquivalentTo(CsvImport.class)))
                .hasSize(6)
                .allMatch(CsvColumnsTest::hasColumns);
        assertThat(CODE.stream()
                        .flatMap(type -> type.getConstructorCallsFromSelf().stream())
                        .filter(call -> call.getTargetOwner().isEquivalentTo(CsvExport.class)))
                .hasSize(7); // of the four registries, bookings (columns of their import), coverage and plans
    }

    @ParameterizedTest
    @MethodSource("filesWithColumns")
    void everyColumnHasItsNamesInBothLanguages(Class<?> file) throws Exception {
        Field field = file.getDeclaredField("COLUMNS");
        field.setAccessible(true);
        List<?> columns = (List<?>) field.get(null);
        for (String bundle : List.of("/problem.properties", "/problem_zh_CN.properties")) {
            Properties texts = new Properties();
            try (var in = new InputStreamReader(CsvColumnsTest.class.getResourceAsStream(bundle), UTF_8)) {
                texts.load(in);
            }
            Map<String, Object> firstNames = new HashMap<>();
            for (Object column : columns) {
                String names = texts.getProperty("column-" + column);
                assertThat(names).as("column-" + column + " in " + bundle).isNotBlank();
                String first = names.split("\\|")[0].strip().toLowerCase(Locale.ROOT);
                assertThat(firstNames.put(first, column)).as(first).isNull();
            }
        }
    }
}
