package org.lectern.chaos.fault;

import java.time.Duration;
import java.util.List;
import org.lectern.chaos.verdict.Violation;

/** One fault of one part of the system. An object is used once: it is injected, lasts, and is recovered from. */
public interface Fault {

    /** The part of the system that fails, for the log. */
    String target();

    /** Returns once the fault is there, or once it is clear that it cannot be. */
    void inject() throws InterruptedException;

    /** Keeps the fault going for so long. */
    default void sustain(Duration length) throws InterruptedException {
        Thread.sleep(length);
    }

    /** Repairs what was broken; the rest of the recovery is the system's own. */
    void recover() throws InterruptedException;

    /** False if the fault could not be injected, or the moment that it waits for did not come. */
    default boolean happened() {
        return true;
    }

    /** The promises that were seen broken while the fault lasted. */
    default List<Violation> violations() {
        return List.of();
    }

    /** What was measured while it lasted; empty if nothing was. */
    default String measured() {
        return "";
    }
}
