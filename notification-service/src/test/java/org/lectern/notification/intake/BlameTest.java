package org.lectern.notification.intake;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.transaction.RollbackException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class BlameTest {

    @Test
    void dataError_isTheRecordsFault() {
        assertThat(Blame.of(new RuntimeException(new SQLException("", "22021"))))
                .isEqualTo(Blame.RECORD);
        assertThat(Blame.of(new RuntimeException(new SQLException("", "23514"))))
                .isEqualTo(Blame.RECORD);
    }

    @Test
    void otherDatabaseError_isNotTheRecordsFault() {
        for (String state : new String[] {"08006", "57P01", "53300", "40P01", "55P03", "25006", "42P01", null}) {
            assertThat(Blame.of(new IllegalStateException(new SQLException("", state))))
                    .isEqualTo(Blame.SURROUNDINGS);
        }
    }

    @Test
    void unexplainedCommitFailure_isNotTheRecordsFault() {
        assertThat(Blame.of(new IllegalStateException(new RollbackException("could not commit"))))
                .isEqualTo(Blame.SURROUNDINGS);
    }

    @Test
    void defect_affectsOneRecordOnly() {
        assertThat(Blame.of(new IllegalStateException("a held event"))).isEqualTo(Blame.RECORD);
    }
}
