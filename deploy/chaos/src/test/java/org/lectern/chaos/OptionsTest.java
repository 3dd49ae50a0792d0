package org.lectern.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lectern.chaos.fault.FaultKind;

class OptionsTest {

    private static Options parse(String... arguments) {
        return Options.parse(Path.of("run"), arguments);
    }

    @Test
    void severalSeeds_areRunOneAfterTheOther() {
        assertEquals(List.of(3L, 1L, 2L), parse("--seed", "3,1,2").seeds());
        assertEquals(5, parse("--seeds", "5").seeds().size());
        assertEquals(1, parse().seeds().size());
    }

    @Test
    void repeat_printsTheCommandForTheSeed() {
        assertEquals(
                "--minutes 3.00 --seed 7 --organizers 6", parse("--seeds", "2").repeat(7));
        assertEquals(
                "--faults poison,kill-broker --seed 7 --organizers 3",
                parse("--faults", "poison,kill-broker", "--organizers", "3").repeat(7));
    }

    @Test
    void namedFaults_runOneAfterTheOtherWithoutALength() {
        Options options = parse("--faults", "poison,kill-broker");

        assertEquals(Duration.ZERO, options.length());
        assertEquals(
                List.of(FaultKind.POISON, FaultKind.KILL_BROKER),
                options.planOf(1).faults().stream().map(fault -> fault.kind()).toList());
    }

    @Test
    void unknownOption_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> parse("--seeds", "0"));
        assertThrows(IllegalArgumentException.class, () -> parse("--seed", "one"));
        assertThrows(IllegalArgumentException.class, () -> parse("--seed"));
        assertThrows(IllegalArgumentException.class, () -> parse("--faults", "no-such-fault"));
        assertThrows(IllegalArgumentException.class, () -> parse("--against", "file", "--plan"));
        assertThrows(IllegalArgumentException.class, () -> parse("--loud"));
    }
}
