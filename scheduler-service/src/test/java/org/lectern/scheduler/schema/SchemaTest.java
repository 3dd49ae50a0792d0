package org.lectern.scheduler.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The setting that refuses a start on a schema that is behind follows the migrations. */
class SchemaTest {

    @Test
    void theNewestMigrationIsTheOneThatIsNeeded() throws IOException {
        try (Stream<Path> migrations = Files.list(Path.of("src/main/resources/db/migration"))) {
            assertThat(migrations
                            .map(migration -> migration.getFileName().toString())
                            .mapToInt(name -> Integer.parseInt(name.substring(1, name.indexOf("__"))))
                            .max())
                    .hasValue(needed());
        }
    }

    private static int needed() throws IOException {
        var packaged = new Properties();
        try (var file = Files.newBufferedReader(Path.of("src/main/resources/application.properties"))) {
            packaged.load(file);
        }
        return Integer.parseInt(packaged.getProperty("lectern.schema.needed"));
    }
}
