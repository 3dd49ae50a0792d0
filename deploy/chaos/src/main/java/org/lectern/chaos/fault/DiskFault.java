package org.lectern.chaos.fault;

import java.time.Duration;
import org.lectern.chaos.fault.FaultTarget.Disk;

/** The disk of an engine is full. Recovery frees space and restarts an engine that ended. */
final class DiskFault implements Fault {

    private static final Duration WRITES_AT_MOST = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(250);

    private final String target;
    private final Disk disk;
    private final Runnable startAgain;
    private boolean refused;

    DiskFault(String target, Disk disk, Runnable startAgain) {
        this.target = target;
        this.disk = disk;
        this.startAgain = startAgain;
    }

    @Override
    public String target() {
        return target;
    }

    /** Waits until the disk refused a write: a full disk without writes is no fault. */
    @Override
    public void inject() throws InterruptedException {
        if (!disk.fill()) {
            return;
        }
        for (Duration left = WRITES_AT_MOST; !refused && left.isPositive(); left = left.minus(POLL)) {
            Thread.sleep(POLL);
            refused = disk.refusedWrites();
        }
    }

    @Override
    public void sustain(Duration length) throws InterruptedException {
        if (refused) {
            Thread.sleep(length);
        }
    }

    @Override
    public void recover() {
        disk.makeRoom();
        startAgain.run();
    }

    @Override
    public boolean happened() {
        return refused;
    }
}
