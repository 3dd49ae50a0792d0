package org.lectern.scheduler.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Only what PostgreSQL reads as a snapshot is a horizon. */
class HorizonTest {

    @ParameterizedTest
    @ValueSource(strings = {"5:5:", "5:9:6,8", "1:2:1"})
    void snapshot_isRead(String text) {
        assertThat(Horizon.of(text)).contains(new Horizon(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "5:4:",
                "0:4:",
                "5:9:9",
                "5:9:4",
                "5:9:7,6",
                "5:9:6,6",
                "5:9:6,",
                "a:b:",
                "5:9",
                "5:9:6 ",
                "1:99999999999999999999:"
            })
    void anythingElse_isNot(String text) {
        assertThat(Horizon.of(text)).isEmpty();
    }
}
