package org.lectern.scheduler.proof;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.lectern.chassis.database.Transactions;
import org.lectern.chassis.problem.Refusal;

/** What became of every change. Each change has its own actor. */
final class Outcomes {

    /** SQLSTATE of a lock timeout: the machine is slow, and nothing changed. */
    private static final String LOCK_TIMEOUT = "55P03";

    private final Map<String, Integer> acknowledged = new ConcurrentHashMap<>();
    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private final Map<String, AtomicInteger> counts = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Throwable> surprises = new ConcurrentLinkedQueue<>();

    /** @param change returns how many bookings it changed */
    void of(String what, String actor, IntSupplier change) {
        try {
            acknowledged.put(actor, change.getAsInt());
            count(what + " done");
        } catch (Refusal refusal) {
            refused.add(actor);
            count(what + " " + refusal.code());
        } catch (RuntimeException e) {
            refused.add(actor);
            String state = Transactions.sqlState(e);
            count(what + " failed: " + (state == null ? e.getClass().getSimpleName() : "SQLSTATE " + state));
            if (!LOCK_TIMEOUT.equals(state)) {
                surprises.add(e);
            }
        }
    }

    void count(String outcome) {
        counts.computeIfAbsent(outcome, each -> new AtomicInteger()).incrementAndGet();
    }

    void surprise(Throwable unexpected) {
        surprises.add(unexpected);
    }

    /** The actors of accepted changes, and how many bookings each changed. */
    Map<String, Integer> acknowledged() {
        return acknowledged;
    }

    Set<String> refused() {
        return refused;
    }

    /** The number of changes by outcome. */
    Map<String, Integer> counts() {
        Map<String, Integer> sums = new TreeMap<>();
        counts.forEach((outcome, count) -> sums.put(outcome, count.get()));
        return sums;
    }

    /** Unexpected failures, other than refusals. */
    List<Throwable> surprises() {
        return List.copyOf(surprises);
    }
}
