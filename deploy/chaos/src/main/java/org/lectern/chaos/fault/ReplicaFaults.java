package org.lectern.chaos.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.lectern.chaos.fault.FaultTarget.Replica;
import org.lectern.chaos.verdict.Violation;
import org.lectern.chaos.verdict.Violation.Promise;

/** Faults of whole service processes. */
final class ReplicaFaults {

    /** The maximum time until a replica is ready after an earlier fault. */
    private static final int READY_SECONDS = 60;

    private ReplicaFaults() {}

    static boolean awaitReady(Replica replica) throws InterruptedException {
        for (int waited = 0; waited < READY_SECONDS && !replica.isReady(); waited++) {
            Thread.sleep(1000);
        }
        return replica.isReady();
    }

    /** A node is lost. */
    record Kill(Replica replica) implements Fault {

        @Override
        public String target() {
            return replica.name();
        }

        @Override
        public void inject() {
            replica.kill();
        }

        @Override
        public void recover() {
            replica.start();
        }
    }

    /** A busy replica gets SIGTERM: it must end by itself and in time. */
    static final class Terminate implements Fault {

        private final Replica replica;
        private boolean ended = true;

        Terminate(Replica replica) {
            this.replica = replica;
        }

        @Override
        public String target() {
            return replica.name();
        }

        @Override
        public void inject() throws InterruptedException {
            ended = replica.terminate();
        }

        @Override
        public void recover() {
            replica.start();
        }

        @Override
        public List<Violation> violations() {
            return ended ? List.of() : List.of(notStopped(replica));
        }
    }

    private static Violation notStopped(Replica replica) {
        return new Violation(Promise.STOPS_ON_REQUEST, replica.name() + " did not stop by itself");
    }

    /** The process pauses longer than every timeout, then continues. */
    record Freeze(Replica replica) implements Fault {

        @Override
        public String target() {
            return replica.name();
        }

        @Override
        public void inject() {
            replica.freeze();
        }

        @Override
        public void recover() {
            replica.resume();
        }
    }

    /** Each replica in turn leaves the balance, stops, and is back before the next one leaves. */
    static final class RollingRestart implements Fault {

        /** By then the effects of earlier faults are over: dead connections and requests sent before. */
        private static final Duration SETTLED = Duration.ofSeconds(5);

        /** A shortened form of the delay in the manifests before a pod gets SIGTERM. */
        private static final Duration OUT_OF_BALANCE = Duration.ofSeconds(1);

        private final List<? extends Replica> replicas;
        private final List<Violation> violations = new ArrayList<>();

        RollingRestart(List<? extends Replica> replicas) {
            this.replicas = replicas;
        }

        @Override
        public String target() {
            return "all replicas";
        }

        @Override
        public void inject() throws InterruptedException {
            for (Replica replica : replicas) {
                if (!awaitReady(replica)) {
                    violations.add(new Violation(
                            Promise.STOPS_ON_REQUEST, replica.name() + " did not recover from an earlier fault"));
                }
            }
            Thread.sleep(SETTLED);
        }

        @Override
        public void sustain(Duration length) throws InterruptedException {
            for (Replica replica : replicas) {
                replica.balance(false);
                Thread.sleep(OUT_OF_BALANCE);
                if (!replica.terminate()) {
                    violations.add(notStopped(replica));
                }
                replica.start();
                awaitReady(replica);
                replica.balance(true);
            }
        }

        @Override
        public void recover() {}

        @Override
        public List<Violation> violations() {
            return List.copyOf(violations);
        }
    }
}
