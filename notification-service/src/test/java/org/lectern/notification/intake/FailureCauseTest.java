package org.lectern.notification.intake;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.transaction.RollbackException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class FailureCauseTest {

    @Test
    void dataError_isTheRecordsFault() {
        assertThat(FailureCause.of(new RuntimeException(new SQLException("", "22021"))))
                .isEqualTo(FailureCause.RECORD);
        assertThat(FailureCause.of(new RuntimeException(new SQLException("", "23514"))))
                .isEqualTo(FailureCause.RECORD);
    }

    @Test
    void otherDatabaseError_isNotTheRecordsFault() {
        for (String state : new String[] {"08006", "57P01", "53300", "40P01", "55P03", "25006", "42P01", null}) {
            assertThat(FailureCause.of(new IllegalStateException(new SQLException("", state))))
                    .isEqualTo(FailureCause.SURROUNDINGS);
        }
    }

    @Test
    void unexplainedCommitFailure_isNotTheRecordsFault() {
        assertThat(FailureCause.of(new IllegalStateException(new RollbackException("could not commit"))))
                .isEqualTo(FailureCause.SURROUNDINGS);
    }

    @Test
    void defect_affectsOneRecordOnly() {
        assertThat(FailureCause.of(new IllegalStateException("a held event"))).isEqualTo(FailureCause.RECORD);
    }
}
