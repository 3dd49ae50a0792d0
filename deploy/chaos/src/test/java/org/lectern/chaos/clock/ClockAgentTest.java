package org.lectern.chaos.clock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import org.junit.jupiter.api.Test;

/** Tests which calls are redirected; {@code ClockJarTest} shows that a process sees the shifted time. */
class ClockAgentTest {

    private static byte[] classFile(Class<?> type) throws IOException {
        try (InputStream in = type.getResourceAsStream(type.getSimpleName() + ".class")) {
            return in.readAllBytes();
        }
    }

    @Test
    void classesThatAskForTheTime_areRedirected() throws IOException {
        for (Class<?> type : new Class<?>[] {Clock.class, Date.class}) {
            byte[] before = classFile(type);
            byte[] after = ClockCalls.redirect(before);

            assertTrue(after != null && after.length > before.length, type.getName());
            assertNull(ClockCalls.redirect(after), "nothing is left to redirect in " + type.getName());
        }
    }

    @Test
    void classThatDoesNotAsk_staysAsItIs() throws IOException {
        assertNull(ClockCalls.redirect(classFile(String.class)));
    }

    @Test
    void unshiftedClock_isRight() {
        long seconds = Instant.now().getEpochSecond() - 100;
        Instant shown = Instant.ofEpochSecond(seconds, ShiftedClock.getNanoTimeAdjustment(seconds));

        assertEquals(0, Math.abs(shown.toEpochMilli() - System.currentTimeMillis()) / 1000, shown.toString());
        assertEquals(-1, ShiftedClock.getNanoTimeAdjustment(Instant.now().getEpochSecond() - (1L << 33)));
    }
}
