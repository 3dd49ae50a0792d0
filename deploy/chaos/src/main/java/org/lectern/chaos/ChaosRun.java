package org.lectern.chaos;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.lectern.chaos.evidence.Evidence;
import org.lectern.chaos.evidence.EvidenceReader;
import org.lectern.chaos.evidence.Quiet;
import org.lectern.chaos.evidence.Topics;
import org.lectern.chaos.fault.FaultInjector;
import org.lectern.chaos.fault.FaultKind;
import org.lectern.chaos.fault.FaultPlan;
import org.lectern.chaos.fault.FaultTarget;
import org.lectern.chaos.fault.InjectedFault;
import org.lectern.chaos.load.Acknowledged;
import org.lectern.chaos.load.BranchReaders;
import org.lectern.chaos.load.Call;
import org.lectern.chaos.load.City;
import org.lectern.chaos.load.Felt;
import org.lectern.chaos.load.Load;
import org.lectern.chaos.system.SystemUnderTest;
import org.lectern.chaos.verdict.Checker;
import org.lectern.chaos.verdict.Violation;
import org.lectern.chaos.verdict.Violation.Promise;

/** One run: load, faults, the wait for quiet, the evidence and the verdict. */
final class ChaosRun {

    private static final Duration PAUSE = Duration.ofMillis(150);
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(60);
    private static final Duration QUIET = Duration.ofSeconds(240);

    private final SystemUnderTest system;
    private final City city;
    private final Path data;
    private final Consumer<String> log;
    private final Topics topics;

    /** Ignores records that were on the topics before this call. */
    ChaosRun(SystemUnderTest system, City city, Path data, Consumer<String> log) {
        this.system = system;
        this.city = city;
        this.data = data;
        this.log = log;
        topics = new Topics(system.kafka());
    }

    /** What the callers observed, and the faults injected during the load. */
    private record Worked(
            List<Call> calls, List<Acknowledged> acknowledged, List<Felt> felt, List<InjectedFault> faults) {}

    /**
     * @param run unique id of the run
     * @param length minimum length of the load; it lasts at least until the last fault is over
     * @param target the system to inject faults into; null for none
     */
    Verdict run(long seed, String run, Duration length, int organizers, FaultPlan plan, @Nullable FaultTarget target)
            throws InterruptedException {
        Worked worked = work(seed, run, length, organizers, plan, target);
        Instant ended = Instant.now();
        new Quiet(system, city, topics, log).await(QUIET);
        Duration quietAfter = Duration.between(ended, Instant.now());
        Evidence evidence = new EvidenceReader(system, city, topics, data)
                .read(worked.calls(), worked.acknowledged(), plan.has(FaultKind.PARTITION_ADDED));
        List<Violation> violations = new ArrayList<>(Checker.judge(evidence));
        worked.faults().forEach(fault -> violations.addAll(fault.violations()));
        violations.addAll(feltInRollingRestarts(worked.faults(), worked.felt()));
        return new Verdict(seed, evidence, worked.faults(), violations, quietAfter);
    }

    private Worked work(
            long seed, String run, Duration length, int organizers, FaultPlan plan, @Nullable FaultTarget target)
            throws InterruptedException {
        try (Load load = new Load(
                        system.schedulers(), system.bearer(), city, seed, run, PAUSE, data.resolve("journal.jsonl"));
                BranchReaders branches =
                        new BranchReaders(system.notifications(), system.bearer(), city.branches(), seed)) {
            Instant begun = Instant.now();
            load.begin(organizers);
            branches.begin();
            log.accept(organizers + " organizers are at work");
            List<InjectedFault> faults = List.of();
            if (target != null) {
                FaultInjector injector = new FaultInjector(target, () -> topics.poison(seed, log), log);
                injector.run(plan, begun);
                faults = injector.injected();
            }
            long left = Duration.between(Instant.now(), begun.plus(length)).toMillis();
            if (left > 0) {
                TimeUnit.MILLISECONDS.sleep(left);
            }
            load.end(LAST_ANSWERS);
            branches.end();
            List<Call> calls = load.calls();
            if (load.acknowledged() == 0) {
                throw new IllegalStateException("Nothing was acknowledged, so nothing can be said; the last answer: "
                        + (calls.isEmpty() ? "none" : calls.getLast().answer()));
            }
            log.accept("%d changes were acknowledged; waiting until all is quiet".formatted(load.acknowledged()));
            return new Worked(calls, branches.given(), load.felt(), faults);
        }
    }

    /** Calls that failed during a rolling restart and before a later fault could be the cause. */
    static List<Violation> feltInRollingRestarts(List<InjectedFault> faults, List<Felt> felt) {
        List<Violation> violations = new ArrayList<>();
        for (int i = 0; i < faults.size(); i++) {
            InjectedFault fault = faults.get(i);
            if (fault.kind() != FaultKind.ROLLING_RESTART) {
                continue;
            }
            Instant next = i + 1 < faults.size() ? faults.get(i + 1).begun() : Instant.MAX;
            felt.stream()
                    .filter(each -> each.sent().isAfter(fault.from())
                            && each.sent().isBefore(fault.until())
                            && each.ended().isBefore(next))
                    .map(each -> new Violation(Promise.ROLLING_RESTART_IS_NOT_FELT, each.sent() + " " + each.what()))
                    .forEach(violations::add);
        }
        return violations;
    }
}
