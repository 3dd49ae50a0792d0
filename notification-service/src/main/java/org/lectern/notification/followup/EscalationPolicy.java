package org.lectern.notification.followup;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The steps that are taken one after the other, each at most once.
 *
 * @param patience how long a branch has at least after the notice, and after each step
 */
record EscalationPolicy(List<Rung> rungs, Duration patience) {

    /**
     * One of them.
     *
     * @param after how long after the notice it is due
     * @param before how long before the lecture it is due, if that is sooner
     */
    record Rung(EscalationLevel step, Duration after, Duration before) {
        Rung {
            if (after.isNegative() || before.isNegative()) {
                throw new IllegalArgumentException("lectern.escalation: " + step + " lies before what it follows");
            }
        }
    }

    EscalationPolicy {
        if (new HashSet<>(rungs.stream().map(Rung::step).toList()).size() < rungs.size()) {
            throw new IllegalArgumentException("lectern.escalation.steps names a step twice");
        }
        if (patience.isNegative()) {
            throw new IllegalArgumentException("lectern.escalation.patience is negative");
        }
    }

    static EscalationPolicy of(EscalationConfig config) {
        return new EscalationPolicy(
                config.steps().stream()
                        .map(step -> switch (step) {
                            case AGAIN -> new Rung(step, config.againAfter(), config.againBefore());
                            case PARENT -> new Rung(step, config.parentAfter(), config.parentBefore());
                            case ORGANIZER -> new Rung(step, config.organizerAfter(), config.organizerBefore());
                        })
                        .toList(),
                config.patience());
    }

    /** As arrays in PostgreSQL's notation, as are the next; times in milliseconds. */
    String steps() {
        return array(rungs.stream().map(rung -> rung.step().name()));
    }

    String after() {
        return times(rungs.stream().map(Rung::after));
    }

    String before() {
        return times(rungs.stream().map(Rung::before));
    }

    /** Whenever so much time has passed since the notice, a step may come due. */
    String sinceNotice() {
        return times(Stream.concat(Stream.of(patience), rungs.stream().map(Rung::after)));
    }

    private static String times(Stream<Duration> times) {
        return array(times.map(time -> Long.toString(time.toMillis())));
    }

    private static String array(Stream<String> elements) {
        return elements.collect(Collectors.joining(",", "{", "}"));
    }
}
