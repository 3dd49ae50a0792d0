package org.lectern.chaos.fault;

import java.time.Duration;
import org.lectern.chaos.fault.FaultTarget.Replica;

/** The wall clock of one replica jumps, and later jumps back. */
final class ClockFault implements Fault {

    private final Replica replica;
    private final Duration by;
    private boolean happened;

    ClockFault(Replica replica, Duration by) {
        this.replica = replica;
        this.by = by;
    }

    @Override
    public String target() {
        return replica.name();
    }

    @Override
    public void inject() throws InterruptedException {
        ReplicaFaults.awaitReady(replica);
        happened = replica.shiftClock(by);
    }

    @Override
    public void recover() throws InterruptedException {
        replica.shiftClock(Duration.ZERO);
    }

    @Override
    public boolean happened() {
        return happened;
    }
}
