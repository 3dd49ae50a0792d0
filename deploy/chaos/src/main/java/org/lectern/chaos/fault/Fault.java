package org.lectern.chaos.fault;

import java.time.Duration;
import java.util.List;
import org.lectern.chaos.verdict.Violation;

/** One fault of one part of the system. Each object is used once: injected, held and recovered. */
public interface Fault {

    /** The affected part of the system, for the log. */
    String target();

    /** Injects the fault. Returns once it is effective, or known to be impossible. */
    void inject() throws InterruptedException;

    /** Holds the fault for this time. */
    default void sustain(Duration length) throws InterruptedException {
        Thread.sleep(length);
    }

    /** Repairs the faulty part; the system must complete the recovery itself. */
    void recover() throws InterruptedException;

    /** False if the fault could not be injected or its crash point was not reached. */
    default boolean happened() {
        return true;
    }

    /** Violations observed while the fault lasted. */
    default List<Violation> violations() {
        return List.of();
    }

    /** Measurements taken while the fault lasted; may be empty. */
    default String measured() {
        return "";
    }
}
