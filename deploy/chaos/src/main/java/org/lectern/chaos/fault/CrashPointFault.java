package org.lectern.chaos.fault;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.lectern.chaos.fault.FaultTarget.Replica;
import org.lectern.local.proxy.CrashPoint;
import org.lectern.local.proxy.FaultProxy;

/** A replica dies, or loses a reply, at a crash point in the traffic of one connection. */
final class CrashPointFault implements Fault {

    private static final long MOMENT_SECONDS = 20;
    private static final Duration DOWN_AT_MOST = Duration.ofSeconds(2);

    private final Replica replica;
    private final FaultProxy connections;
    private final CrashPoint point;
    private final CountDownLatch reached = new CountDownLatch(1);

    /** @param dies true to kill the process, false to reset the connection only */
    CrashPointFault(Replica replica, FaultProxy connections, boolean dies, List<CrashPoint.Step> steps) {
        this.replica = replica;
        this.connections = connections;
        point = new CrashPoint(replica.name(), steps, () -> {
            if (dies) {
                replica.kill();
            }
            reached.countDown();
        });
    }

    @Override
    public String target() {
        return replica.name();
    }

    @Override
    public void inject() throws InterruptedException {
        ReplicaFaults.awaitReady(replica);
        connections.arm(point);
        reached.await(MOMENT_SECONDS, TimeUnit.SECONDS);
        connections.disarm(point);
    }

    @Override
    public boolean happened() {
        return reached.getCount() == 0;
    }

    @Override
    public void sustain(Duration length) throws InterruptedException {
        if (happened() && !replica.isRunning()) {
            Thread.sleep(length.compareTo(DOWN_AT_MOST) < 0 ? length : DOWN_AT_MOST);
        }
    }

    @Override
    public void recover() {
        if (happened() && !replica.isRunning()) {
            replica.start();
        }
    }
}
