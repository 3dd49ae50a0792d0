package org.lectern.chassis.startup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.lectern.chassis.startup.Schema.Objection;
import org.lectern.chassis.startup.Schema.Repeatable;

/** A start is refused on a schema that is behind, and on no other. DoctorTest shows what is read from a database. */
class SchemaTest {

    private static final String NEEDED = "1.0.0.10";
    private static final Repeatable TRIED = Repeatable.packaged("tried");

    private static Schema schema(String version, Repeatable... texts) {
        return new Schema(version, false, false, Set.of(texts));
    }

    @Test
    void schemaThatIsPresentOrAhead_isAccepted() {
        assertThat(schema(NEEDED).objection(NEEDED, List.of())).isEmpty();
        assertThat(schema("1.0.1.1").objection(NEEDED, List.of())).isEmpty();
        assertThat(schema("9999").objection(NEEDED, List.of())).isEmpty();
    }

    @Test
    void schemaThatIsBehind_isRefused() {
        assertThat(schema("1.0.0.9").objection(NEEDED, List.of()))
                .hasValueSatisfying(objection -> assertThat(objection.remedy()).contains("migration Job"));
        assertThat(schema("0").objection(NEEDED, List.of("tried")))
                .hasValueSatisfying(objection -> assertThat(objection.what()).isEqualTo("The database is empty"));
    }

    @Test
    void repeatableMigration_mustHaveBeenAppliedInThePresentText() {
        List<String> repeatable = List.of("tried");
        Repeatable another = new Repeatable("tried", TRIED.checksum() + 1);
        assertThat(schema(NEEDED, TRIED).objection(NEEDED, repeatable)).isEmpty();
        assertThat(schema(NEEDED, TRIED, another).objection(NEEDED, repeatable))
                .as("a later version has replaced it since")
                .isEmpty();
        assertThat(schema(NEEDED, another).objection(NEEDED, repeatable))
                .map(Objection::what)
                .hasValue("The schema lacks the present text of tried");
    }

    @Test
    void brokenSchema_isRefused() {
        assertThat(new Schema(NEEDED, true, false, Set.of()).objection(NEEDED, List.of()))
                .map(Objection::what)
                .hasValue("A migration failed");
    }

    @Test
    void schemaFromBeforeTheFirstRelease_isRefused() {
        assertThat(new Schema("31", false, true, Set.of()).objection(NEEDED, List.of()))
                .hasValueSatisfying(objection -> assertThat(objection.remedy()).contains("use an empty database"));
    }
}
