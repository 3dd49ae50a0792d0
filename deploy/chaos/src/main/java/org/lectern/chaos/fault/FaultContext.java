package org.lectern.chaos.fault;

import java.util.List;
import java.util.function.Consumer;
import org.lectern.chaos.fault.FaultTarget.Replica;

/**
 * The input for creating a fault.
 *
 * @param index selects one of several equal parts
 * @param poison puts an invalid record on the topic of bookings
 */
record FaultContext(FaultTarget target, int index, Runnable poison, Consumer<String> log) {

    static final String TOPIC = "lectern.bookings";

    /** The topic of lecture requests. */
    static final String REQUESTS = "lectern.requests";

    static final String GROUP = "lectern-notification";

    Replica scheduler() {
        return of("scheduler");
    }

    Replica notification() {
        return of("notification");
    }

    /** A replica of either service. */
    Replica replica() {
        return target.replicas().get(index % 2);
    }

    List<? extends Replica> notifications() {
        return target.replicas().stream()
                .filter(each -> each.name().startsWith("notification"))
                .toList();
    }

    private Replica of(String service) {
        return target.replicas().stream()
                .filter(each -> each.name().startsWith(service))
                .skip(index % 2)
                .findFirst()
                .orElseThrow();
    }
}
