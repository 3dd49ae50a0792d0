package org.lectern.scheduler.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lectern.scheduler.booking.Buffers.Occupancy;

/** The time that a lecture occupies beyond its own. */
class BuffersTest {

    private static final TimeSlot SLOT = new TimeSlot(
            Instant.parse("2026-12-01T06:00:00Z"), Instant.parse("2026-12-01T08:00:00Z"), ZoneId.of("Asia/Shanghai"));

    @Test
    void lecture_occupiesItsTimeWithSetupAndTeardown() {
        var buffers =
                new Buffers(BookingSettings.of(Map.of("buffers.panel.setup", "30M", "buffers.panel.teardown", "15M")));

        assertThat(buffers.around("panel", SLOT))
                .isEqualTo(new Occupancy(Instant.parse("2026-12-01T05:30:00Z"), Instant.parse("2026-12-01T08:15:00Z")));
    }

    @Test
    void bufferThatIsNotConfigured_isZero() {
        var buffers = new Buffers(BookingSettings.of(Map.of("buffers.panel.setup", "30M")));

        assertThat(buffers.setup("panel")).isEqualTo(Duration.ofMinutes(30));
        assertThat(buffers.teardown("panel")).isZero();
        assertThat(buffers.around("lecture", SLOT)).isEqualTo(new Occupancy(SLOT.start(), SLOT.end()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0M", "1M", "12H"})
    void wholeMinutesUpToTwelveHours_areAccepted(String buffer) {
        var buffers = new Buffers(
                BookingSettings.of(Map.of("buffers.panel.setup", buffer, "buffers.panel.teardown", buffer)));

        assertThat(buffers.setup("panel")).isEqualTo(Duration.parse("PT" + buffer));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-PT1M", "PT30S", "PT1M30S", "PT12H1M", "PT0.001S"})
    void otherBuffer_isRefusedNamingTheProperty(String buffer) {
        for (String side : new String[] {"setup", "teardown"}) {
            BookingConfig config = BookingSettings.of(Map.of("buffers.panel." + side, buffer));

            assertThatIllegalStateException()
                    .isThrownBy(() -> new Buffers(config))
                    .withMessage("lectern.booking.buffers.panel must be whole minutes, 0 to 12 hours");
        }
    }
}
