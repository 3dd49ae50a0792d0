package org.lectern.chassis.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Identifiers are versions 7 of RFC 9562, unique and rising. */
class Uuid7Test {

    @Test
    void identifiersRiseAndTellTheirTime() {
        var ids = Stream.generate(Uuid7::next).limit(10_000).toList();

        assertThat(ids)
                .doesNotHaveDuplicates()
                .isSortedAccordingTo((a, b) -> a.toString().compareTo(b.toString()));
        assertThat(ids).allSatisfy(id -> {
            assertThat(id.version()).isEqualTo(7);
            assertThat(id.variant()).isEqualTo(2);
        });
        UUID last = ids.getLast();
        assertThat(Instant.ofEpochMilli(last.getMostSignificantBits() >>> 16))
                .isCloseTo(Instant.now(), org.assertj.core.api.Assertions.within(Duration.ofMinutes(5)));
    }
}
