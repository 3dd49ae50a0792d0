package org.lectern.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class RunningTest {

    private final List<String> stopped = new ArrayList<>();
    private final Running running = new Running();

    @Test
    void stop_isInReverseOrderDespiteFailures() {
        running.start(() -> () -> stopped.add("first"));
        running.start(() -> () -> {
            throw new IllegalStateException("broken, on purpose");
        });
        running.start(() -> () -> stopped.add("last"));

        running.close();

        assertEquals(List.of("last", "first"), stopped);
    }

    @Test
    void stop_preventsFurtherStarts() {
        running.close();

        assertThrows(Running.Stopping.class, () -> running.start(() -> () -> stopped.add("late")));
    }

    @Test
    void startingProcess_isStoppedToo() throws Exception {
        CountDownLatch starting = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        var start = CompletableFuture.runAsync(
                () -> running.start(() -> {
                    starting.countDown();
                    await(goOn);
                    return () -> stopped.add("slow");
                }),
                Thread::startVirtualThread);
        starting.await();
        var stop = CompletableFuture.runAsync(running::close, Thread::startVirtualThread);
        while (!running.isClosing()) {
            Thread.onSpinWait();
            assertFalse(stop.isDone());
        }

        goOn.countDown();
        start.get();
        stop.get();

        assertEquals(List.of("slow"), stopped);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
