package org.lectern.notification.followup;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The steps in order, each taken at most once.
 *
 * @param patience the shortest time for an answer after the notice and after each step
 */
record EscalationPolicy(List<Rung> rungs, Duration patience) {

    /**
     * One step.
     *
     * @param after the time after the notice at which it is due
     * @param before the time before the lecture at which it is due, if that is sooner
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
            throw new IllegalArgumentException("lectern.escalation.min-response-time is negative");
        }
    }

    static EscalationPolicy of(EscalationConfig config) {
        return new EscalationPolicy(
                config.steps().stream()
                        .map(step -> switch (step) {
                            case REPEAT -> new Rung(step, config.repeatAfter(), config.repeatBefore());
                            case PARENT -> new Rung(step, config.parentAfter(), config.parentBefore());
                            case ORGANIZER -> new Rung(step, config.organizerAfter(), config.organizerBefore());
                        })
                        .toList(),
                config.minResponseTime());
    }

    /** The steps as an array in PostgreSQL's notation, like the next methods; times are in milliseconds. */
    String steps() {
        return array(rungs.stream().map(rung -> rung.step().name()));
    }

    String after() {
        return times(rungs.stream().map(Rung::after));
    }

    String before() {
        return times(rungs.stream().map(Rung::before));
    }

    /** The times after a notice at which a step may become due. */
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
