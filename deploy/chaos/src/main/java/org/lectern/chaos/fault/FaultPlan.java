package org.lectern.chaos.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.lectern.chaos.fault.FaultKind.Need;

/** The faults of a run, in sequence with pauses, so that the recovery of each is observed. */
public record FaultPlan(List<PlannedFault> faults) {

    /** A fault selects one of two replicas, or one of three brokers. */
    private static final int INDEXES = 6;

    public FaultPlan {
        faults = List.copyOf(faults);
    }

    /** A plan without faults: load only. */
    public static FaultPlan none() {
        return new FaultPlan(List.of());
    }

    /** The faults of these names, with lengths and targets drawn from the seed; "all" selects every kind. */
    public static FaultPlan named(long seed, List<String> names) {
        List<FaultKind> kinds = names.equals(List.of("all"))
                ? List.of(FaultKind.values())
                : names.stream().map(FaultKind::of).toList();
        Random random = new Random(seed);
        List<PlannedFault> faults = new ArrayList<>();
        long at = 2000;
        for (FaultKind kind : kinds) {
            long lasts = Math.min(kind.longest().toMillis(), 2000 + random.nextInt(2000));
            faults.add(planned(kind, at, lasts, random));
            at += lasts + 2000;
        }
        return new FaultPlan(faults);
    }

    /**
     * As many faults as fit, drawn from the seed. Every kind occurs once before any repeats, as far as time permits.
     */
    public static FaultPlan drawn(long seed, Duration length) {
        Random random = new Random(seed);
        List<PlannedFault> faults = new ArrayList<>();
        List<FaultKind> left = new ArrayList<>();
        long at = 3000;
        long end = length.toMillis() - 8000;
        while (at < end) {
            if (left.isEmpty()) {
                left.addAll(List.of(FaultKind.values()));
            }
            FaultKind kind = left.remove(random.nextInt(left.size()));
            long lasts = Math.min(kind.longest().toMillis(), 1000 + random.nextInt(6000));
            faults.add(planned(kind, at, lasts, random));
            at += lasts + 1500 + random.nextInt(4000);
        }
        return new FaultPlan(faults);
    }

    private static PlannedFault planned(FaultKind kind, long at, long lasts, Random random) {
        return new PlannedFault(kind, Duration.ofMillis(at), Duration.ofMillis(lasts), random.nextInt(INDEXES));
    }

    /** The capabilities that the system must provide. */
    public Set<Need> needs() {
        Set<Need> needs = EnumSet.noneOf(Need.class);
        for (PlannedFault fault : faults) {
            Need need = fault.kind().need();
            if (need != null) {
                needs.add(need);
            }
        }
        return needs;
    }

    public boolean has(FaultKind kind) {
        return faults.stream().anyMatch(fault -> fault.kind() == kind);
    }

    /** The plan as text for people. */
    public List<String> lines() {
        return faults.stream()
                .map(fault -> String.format(
                        Locale.ROOT,
                        "%6.1f s  %s, %.1f s, target %d",
                        fault.at().toMillis() / 1000.0,
                        fault.kind().text(),
                        fault.lasts().toMillis() / 1000.0,
                        fault.index() + 1))
                .toList();
    }
}
