package org.lectern.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.lectern.local.Options.InvalidOption;
import org.lectern.local.Options.Port;
import org.lectern.local.Options.PortTaken;

class OptionsTest {

    @Test
    void noOptions_meanDemonstrationAndDefaultPorts() throws Exception {
        Options options = Options.parse();

        assertFalse(options.headless());
        assertNull(options.data());
        assertEquals(8080, options.ports().get(Port.SCHEDULER));
        assertEquals(8081, options.ports().get(Port.NOTIFICATION));
    }

    @Test
    void optionValue_isNextWordOrAfterEqualsSign() throws Exception {
        Options options = Options.parse("--headless", "--data", "kept", "--kafka-port=29092", "--smtp-port", "2525");

        assertTrue(options.headless());
        assertEquals(Path.of("kept").toAbsolutePath(), options.data());
        assertEquals(29092, options.ports().get(Port.KAFKA));
        assertEquals(2525, options.ports().get(Port.SMTP));
    }

    @Test
    void dev_namesTheServiceFromSources() throws Exception {
        assertNull(Options.parse().dev());
        assertEquals("notification", Options.parse("--dev", "notification").dev());
        assertEquals("--dev must be scheduler or notification, not planner", misunderstood("--dev", "planner"));
    }

    @Test
    void unknownOption_isNamed() {
        assertEquals("Unknown option --detach", misunderstood("--detach"));
        assertEquals("Unknown option now", misunderstood("now"));
        assertEquals("--data requires a value", misunderstood("--data"));
        assertEquals("--kafka-port must be a port from 0 to 65535, not 65536", misunderstood("--kafka-port", "65536"));
        assertEquals("--kafka-port must be a port from 0 to 65535, not x", misunderstood("--kafka-port", "x"));
    }

    @Test
    void aTakenPortIsNamedWithItsPurposeAndItsOption() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Options options = Options.parse(allFree("--kafka-port", Integer.toString(taken.getLocalPort())));

            PortTaken refusal = assertThrows(PortTaken.class, options::freePorts);

            assertEquals(
                    "Port " + taken.getLocalPort() + " for Kafka is in use. Choose another one with --kafka-port N.",
                    refusal.getMessage());
        }
    }

    @Test
    void onePortCannotServeTwoPurposes() throws Exception {
        int free = FreePort.any();
        Options options = Options.parse(
                allFree("--kafka-port", Integer.toString(free), "--mailbox-port", Integer.toString(free)));

        PortTaken refusal = assertThrows(PortTaken.class, options::freePorts);

        assertEquals(
                "Port " + free + " is requested for Kafka and for the mailbox (HTTP). "
                        + "Change one with --kafka-port or --mailbox-port.",
                refusal.getMessage());
    }

    @Test
    void zeroTakesAFreePortOfItsOwn() throws Exception {
        var ports = Options.parse(allFree()).freePorts();

        assertEquals(Port.values().length, new HashSet<>(ports.values()).size());
        assertFalse(ports.containsValue(0));
    }

    @Test
    void theHelpNamesEveryPortWithItsDefault() {
        for (Port port : Port.values()) {
            assertTrue(
                    Options.usage()
                            .lines()
                            .anyMatch(line -> line.startsWith("  --" + port.option() + " N ")
                                    && line.endsWith("(default " + port.usual() + ")")),
                    port.option());
        }
    }

    private static String misunderstood(String... arguments) {
        return String.valueOf(assertThrows(InvalidOption.class, () -> Options.parse(arguments))
                .getMessage());
    }

    private static String[] allFree(String... more) {
        Stream<String> free = Stream.of(Port.values()).flatMap(port -> Stream.of("--" + port.option(), "0"));
        return Stream.concat(free, List.of(more).stream()).toArray(String[]::new);
    }
}
