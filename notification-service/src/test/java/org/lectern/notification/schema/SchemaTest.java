package org.lectern.notification.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A start is refused on a schema that is behind, and on no other. DoctorTest shows what is read from a database. */
class SchemaTest {

    private static final Schema PRESENT = new Schema(Schema.NEEDED, false, false, List.of());

    @Test
    void newestMigration_isTheNeededOne() throws IOException {
        assertThat(named("V").stream()
                        .map(name -> Version.parse(name.substring(0, name.indexOf("__"))))
                        .max(Comparator.naturalOrder()))
                .hasValue(Version.parse(Schema.NEEDED));
    }

    @Test
    void everyRepeatableMigration_isNeeded() throws IOException {
        assertThat(named("R__")).containsExactlyInAnyOrderElementsOf(Schema.REPEATABLE);
    }

    /** Names after a prefix, without their ending. */
    private static List<String> named(String prefix) throws IOException {
        try (Stream<Path> migrations = Files.list(Path.of("src/main/resources/db/migration"))) {
            return migrations
                    .map(migration -> migration.getFileName().toString())
                    .filter(name -> name.startsWith(prefix))
                    .map(name -> name.substring(prefix.length(), name.length() - ".sql".length()))
                    .toList();
        }
    }

    @Test
    void schemaThatIsPresentOrAhead_isAccepted() {
        assertThat(PRESENT.objection()).isEmpty();
        assertThat(new Schema("1.0.1", false, false, List.of()).objection()).isEmpty();
        assertThat(new Schema("9999", false, false, List.of()).objection()).isEmpty();
    }

    @Test
    void schemaThatIsBehind_isRefused() {
        assertThat(new Schema("1.0.0.3", false, false, List.of()).objection())
                .hasValueSatisfying(objection -> assertThat(objection.remedy()).contains("migration Job"));
        assertThat(new Schema(Schema.NEEDED, false, false, List.of("one", "two")).objection())
                .hasValueSatisfying(objection -> assertThat(objection.what()).endsWith("text of one, two"));
        assertThat(new Schema("0", false, false, Schema.REPEATABLE).objection())
                .hasValueSatisfying(objection -> assertThat(objection.what()).isEqualTo("The database is empty"));
    }

    @Test
    void brokenSchema_isRefused() {
        assertThat(new Schema(Schema.NEEDED, true, false, List.of()).objection())
                .hasValueSatisfying(objection -> assertThat(objection.what()).isEqualTo("A migration failed"));
    }

    @Test
    void schemaFromBeforeTheFirstRelease_isRefused() {
        assertThat(new Schema("31", false, true, Schema.REPEATABLE).objection())
                .hasValueSatisfying(objection -> assertThat(objection.remedy()).contains("use an empty database"));
    }
}
