package org.lectern.scheduler.registry;

import java.util.List;
import java.util.UUID;
import org.lectern.chassis.problem.Refusal;
import org.lectern.chassis.problem.Violation;

/**
 * The entry cannot be archived while something needs it. Names how many of each kind, the first of them, and a link.
 */
final class InUse extends Refusal {

    /** One item that needs the entry. */
    record Item(UUID id, String label) {}

    /**
     * The items of one kind that need the entry.
     *
     * @param link the list of them; the campaigns of an entry have no list
     * @param first the first few
     */
    record Use(String kind, int count, String link, List<Item> first) {

        private Violation violation(String pointer) {
            Item named = first.getFirst();
            return new Violation(pointer, "in-use." + kind, count, named.label());
        }
    }

    InUse(List<Use> uses, String pointer) {
        super(
                409,
                "in-use",
                uses.stream().map(use -> use.violation(pointer)).toList(),
                uses.stream().mapToInt(Use::count).sum());
        member("uses", uses);
    }
}
