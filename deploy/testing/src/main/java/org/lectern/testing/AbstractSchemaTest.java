package org.lectern.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The settings that refuse a start on an outdated schema match the migrations. */
public abstract class AbstractSchemaTest {

    @Test
    void newestMigration_isTheNeededOne() throws IOException {
        assertThat(named("V").stream()
                        .map(name -> Version.parse(name.substring(0, name.indexOf("__"))))
                        .max(Comparator.naturalOrder()))
                .hasValue(Version.parse(packaged("lectern.schema.needed")));
    }

    @Test
    void everyRepeatableMigration_isNeeded() throws IOException {
        assertThat(packaged("lectern.schema.repeatable").split(",")).containsExactlyInAnyOrderElementsOf(named("R__"));
    }

    /** Names after a prefix, without their suffix. */
    private static List<String> named(String prefix) throws IOException {
        try (Stream<Path> migrations = Files.list(Path.of("src/main/resources/db/migration"))) {
            return migrations
                    .map(migration -> migration.getFileName().toString())
                    .filter(name -> name.startsWith(prefix))
                    .map(name -> name.substring(prefix.length(), name.length() - ".sql".length()))
                    .toList();
        }
    }

    private static String packaged(String setting) throws IOException {
        var packaged = new Properties();
        try (var file = Files.newBufferedReader(Path.of("src/main/resources/application.properties"))) {
            packaged.load(file);
        }
        return packaged.getProperty(setting);
    }
}
