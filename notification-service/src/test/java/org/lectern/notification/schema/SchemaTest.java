package org.lectern.notification.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A start is refused on a schema that is behind, and on no other. What is read from a database is shown by DoctorTest. */
class SchemaTest {

    @Test
    void theNewestMigrationIsTheOneThatIsNeeded() throws IOException {
        try (Stream<Path> migrations = Files.list(Path.of("src/main/resources/db/migration"))) {
            assertThat(migrations
                            .map(migration -> migration.getFileName().toString())
                            .mapToInt(name -> Integer.parseInt(name.substring(1, name.indexOf("__"))))
                            .max())
                    .hasValue(Schema.NEEDED);
        }
    }

    @Test
    void onlyWhatIsBehindOrBrokenIsRefused() {
        assertThat(new Schema(Schema.NEEDED, false).objection()).isEmpty();
        assertThat(new Schema(Schema.NEEDED + 1, false).objection()).isEmpty();
        assertThat(new Schema(Schema.NEEDED - 1, false).objection())
                .hasValueSatisfying(objection -> assertThat(objection.remedy()).contains("migration Job"));
        assertThat(new Schema(0, false).objection())
                .hasValueSatisfying(objection -> assertThat(objection.what()).isEqualTo("The database is empty"));
        assertThat(new Schema(Schema.NEEDED, true).objection())
                .hasValueSatisfying(objection -> assertThat(objection.what()).isEqualTo("A migration failed"));
    }
}
