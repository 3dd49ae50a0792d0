package org.lectern.chassis.startup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A start is refused on a schema that is behind, and on no other. What is read from a database is shown by DoctorTest. */
class SchemaTest {

    private static final int NEEDED = 7;

    @Test
    void onlyWhatIsBehindOrBrokenIsRefused() {
        assertThat(new Schema(NEEDED, false).objection(NEEDED)).isEmpty();
        assertThat(new Schema(NEEDED + 1, false).objection(NEEDED)).isEmpty();
        assertThat(new Schema(NEEDED - 1, false).objection(NEEDED))
                .hasValueSatisfying(objection -> assertThat(objection.remedy()).contains("migration Job"));
        assertThat(new Schema(0, false).objection(NEEDED))
                .hasValueSatisfying(objection -> assertThat(objection.what()).isEqualTo("The database is empty"));
        assertThat(new Schema(NEEDED, true).objection(NEEDED))
                .hasValueSatisfying(objection -> assertThat(objection.what()).isEqualTo("A migration failed"));
    }
}
