package org.lectern.scheduler.planning.facts;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.lectern.scheduler.planning.facts.Facts.Target;
import org.lectern.scheduler.planning.facts.Facts.Topic;
import org.lectern.scheduler.planning.facts.Facts.Visit;
import org.lectern.scheduler.schedule.LectureRules;

/**
 * Problems for the search from what PostgreSQL knows now. What the search may insert, booking accepts; the exceptions
 * are in {@code planning.md}.
 */
@ApplicationScoped
public class Models {

    private final FactsReader reader;
    private final LectureRules rules;

    @Inject
    Models(FactsReader reader, LectureRules rules) {
        this.reader = reader;
        this.rules = rules;
    }

    /** A problem of these items. */
    public Model of(Terms terms, List<Item> items) {
        return new ModelBuilder(reader.read(terms), terms, rules, items).build();
    }

    /**
     * A problem of all that the campaign still needs.
     *
     * @param known items of an earlier plan: they keep their order and exclusion, if they are still missing
     */
    public Model missing(Terms terms, List<Item> known) {
        Facts facts = reader.read(terms);
        return new ModelBuilder(facts, terms, rules, missing(facts, known)).build();
    }

    /**
     * A problem of bookings that cannot stay as they are, followed by others that may make room. Others that the
     * problem cannot place where they are booked stay and are no part of it.
     */
    public Model repair(Terms terms, List<Item> lost, List<Item> others) {
        Facts facts = reader.read(terms);
        List<Item> items = new ArrayList<>(lost);
        items.addAll(others);
        while (true) {
            Model model = new ModelBuilder(facts, terms, rules, items).build();
            List<Item> known = new ArrayList<>(lost);
            for (int i = lost.size(); i < items.size(); i++) {
                if (model.standing(i).isPresent()) {
                    known.add(items.get(i));
                }
            }
            if (known.size() == items.size()) {
                return model;
            }
            items = known;
        }
    }

    private static List<Item> missing(Facts facts, List<Item> known) {
        record Need(UUID branch, UUID topic) {}
        Map<Need, Integer> visits = new HashMap<>();
        for (Visit each : facts.visits()) {
            visits.merge(new Need(each.branchId(), each.topicId()), 1, Integer::sum);
        }
        List<Target> targets = facts.targets().values().stream()
                .sorted(Comparator.comparing(Target::code))
                .toList();
        Map<Need, Item> before = new HashMap<>();
        List<Item> items = new ArrayList<>();
        Map<Need, Integer> needed = new HashMap<>();
        for (Target target : targets) {
            for (Topic topic : facts.topics()) {
                Need need = new Need(target.id(), topic.id());
                needed.put(need, facts.perBranch() - visits.getOrDefault(need, 0));
            }
        }
        for (Item each : known) {
            Need need = new Need(each.branchId(), each.topicId());
            if (needed.getOrDefault(need, 0) > 0) {
                needed.merge(need, -1, Integer::sum);
                items.add(each);
                before.merge(need, each, (one, other) -> one.occurrence() > other.occurrence() ? one : other);
            }
        }
        for (Target target : targets) {
            for (Topic topic : facts.topics()) {
                Need need = new Need(target.id(), topic.id());
                Item last = before.get(need);
                int first = last == null ? 0 : last.occurrence();
                for (int i = 1; i <= needed.getOrDefault(need, 0); i++) {
                    items.add(Item.missing(target.id(), topic.id(), first + i));
                }
            }
        }
        return items;
    }
}
