package org.lectern.chaos.fault;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Injects the faults of a plan, recovers from each, and records the times. */
public final class FaultInjector {

    private final FaultTarget target;
    private final Runnable poison;
    private final Consumer<String> log;
    private final List<InjectedFault> injected = new ArrayList<>();

    /** @param poison puts an invalid record on the topic of bookings */
    public FaultInjector(FaultTarget target, Runnable poison, Consumer<String> log) {
        this.target = target;
        this.poison = poison;
        this.log = log;
    }

    public List<InjectedFault> injected() {
        return List.copyOf(injected);
    }

    /** Runs the whole plan. When it returns, the recovery of every fault is complete. */
    public void run(FaultPlan plan, Instant begun) throws InterruptedException {
        for (PlannedFault planned : plan.faults()) {
            Duration wait = Duration.between(Instant.now(), begun.plus(planned.at()));
            if (wait.isPositive()) {
                Thread.sleep(wait);
            }
            injected.add(inject(planned));
        }
    }

    private InjectedFault inject(PlannedFault planned) throws InterruptedException {
        FaultKind kind = planned.kind();
        Fault fault = kind.create(new FaultContext(target, planned.index(), poison, log));
        Instant begun = Instant.now();
        Instant from;
        try {
            fault.inject();
            from = Instant.now();
            log.accept("       " + kind.text() + " (" + fault.target() + ")"
                    + (fault.happened() ? "" : ": did not come about"));
            fault.sustain(planned.lasts());
        } finally {
            fault.recover();
        }
        Instant until = Instant.now();
        if (!fault.measured().isEmpty()) {
            log.accept("       " + kind.text() + ": " + fault.measured());
        }
        return new InjectedFault(
                kind, fault.target(), begun, from, until, fault.happened(), fault.violations(), fault.measured());
    }
}
