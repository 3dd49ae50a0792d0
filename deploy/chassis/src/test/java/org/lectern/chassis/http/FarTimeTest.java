package org.lectern.chassis.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lectern.chassis.problem.InvalidRequest;

/** Times that PostgreSQL cannot compare do not reach it. */
class FarTimeTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+999999999-12-31T23:59:59+18:00",
                "-999999999-01-01T00:00:00Z",
                "+10000-01-01T00:00:00Z",
                "2201-01-01T00:00:00Z",
                "1899-12-31T23:59:59Z",
                "0000-01-01T00:00:00Z"
            })
    void farParameter_isRefused(String text) {
        assertThatThrownBy(() -> Parameters.time("from", text)).isInstanceOf(InvalidRequest.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"+1000000000-12-31T23:59:59Z", "+999999999-12-31T23:59:59Z", "-4000-01-01T00:00:00Z", "x", ""})
    void forgedCursor_isRefused(String key) {
        assertThatThrownBy(() -> new Cursor(key, UUID.randomUUID()).moment()).isInstanceOf(InvalidRequest.class);
    }

    @Test
    void ordinaryTimes_areRead() {
        assertThat(Parameters.time("from", "2026-12-01T14:00:00+08:00")).isEqualTo("2026-12-01T06:00:00Z");
        Instant moment = Instant.parse("2026-12-01T06:00:00.123456Z");
        Cursor cursor = new Cursor(moment.toString(), UUID.randomUUID());
        assertThat(Cursor.of(cursor.encoded())).isEqualTo(cursor);
        assertThat(cursor.moment()).isEqualTo(moment);
    }
}
