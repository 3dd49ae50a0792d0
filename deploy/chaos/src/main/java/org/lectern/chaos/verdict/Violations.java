package org.lectern.chaos.verdict;

import java.util.ArrayList;
import java.util.List;
import org.lectern.chaos.verdict.Violation.Promise;

/** The violations found so far. */
final class Violations {

    private final List<Violation> found = new ArrayList<>();

    void add(Promise promise, String what) {
        found.add(new Violation(promise, what));
    }

    List<Violation> all() {
        return List.copyOf(found);
    }
}
