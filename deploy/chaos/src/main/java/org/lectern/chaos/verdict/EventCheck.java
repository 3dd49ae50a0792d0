package org.lectern.chaos.verdict;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.lectern.chaos.evidence.Evidence.History;
import org.lectern.chaos.evidence.Evidence.Published;
import org.lectern.chaos.evidence.Evidence.Version;
import org.lectern.chaos.evidence.Evidence.Written;
import org.lectern.chaos.verdict.Violation.Promise;

/**
 * Versions have no gap. Each version has one event, every event is on the topic, first occurrences are in order, and
 * the topic has no other records.
 */
final class EventCheck {

    private final String kind;
    private final History history;
    private final boolean partitionsAdded;
    private final Violations violations;
    private final Map<UUID, Integer> partition = new HashMap<>();
    private final Map<String, Integer> last = new HashMap<>();

    EventCheck(String kind, History history, boolean partitionsAdded, Violations violations) {
        this.kind = kind;
        this.history = history;
        this.partitionsAdded = partitionsAdded;
        this.violations = violations;
    }

    void check() {
        Map<UUID, List<Version>> versions = Grouping.bySubject(history.versions());
        versions.forEach(this::withoutGap);
        oneEach(versions);
        Set<UUID> seen = topic();
        for (Written event : history.outbox()) {
            if (!seen.contains(event.id())) {
                violations.add(
                        Promise.EVERYTHING_ARRIVES,
                        "event " + event.id() + ", version " + event.version() + " of " + kind + " " + event.subject()
                                + ", is not on the topic");
            }
        }
    }

    private void withoutGap(UUID subject, List<Version> versions) {
        for (int i = 0; i < versions.size(); i++) {
            int found = versions.get(i).version();
            if (found != i + 1) {
                violations.add(
                        Promise.VERSIONS_WITHOUT_GAP,
                        kind + " " + subject + " has version " + found + " where " + (i + 1) + " should be");
                return;
            }
        }
    }

    private void oneEach(Map<UUID, List<Version>> versionsOf) {
        Map<UUID, List<Written>> written =
                Grouping.grouped(history.outbox(), Written::subject, Comparator.comparingInt(Written::version));
        versionsOf.forEach((subject, versions) -> {
            List<Integer> events = written.getOrDefault(subject, List.of()).stream()
                    .map(Written::version)
                    .toList();
            List<Integer> expected = versions.stream().map(Version::version).toList();
            if (!events.equals(expected)) {
                violations.add(
                        Promise.ONE_EVENT_PER_VERSION,
                        kind + " " + subject + " has versions " + expected + " and events " + events);
            }
        });
    }

    /** The events on the topic. */
    private Set<UUID> topic() {
        Map<UUID, Written> byId = history.outbox().stream().collect(Collectors.toMap(Written::id, event -> event));
        Set<UUID> seen = new HashSet<>();
        List<Published> topic = history.topic().stream()
                .sorted(Comparator.comparing(
                                (Published event) -> event.position().partition())
                        .thenComparing(event -> event.position().offset()))
                .toList();
        for (Published event : topic) {
            Written source = byId.get(event.id());
            if (source == null
                    || !source.subject().equals(event.subject())
                    || source.version() != event.version()
                    || !source.type().equals(event.type())) {
                violations.add(Promise.TOPIC_TELLS_THE_TRUTH, event.toString());
                continue;
            }
            int there = event.position().partition();
            if (partition.computeIfAbsent(event.subject(), any -> there) != there && !partitionsAdded) {
                violations.add(Promise.EVENTS_IN_ORDER, kind + " " + event.subject() + " is on two partitions");
            }
            if (seen.add(event.id())) {
                inOrder(event);
            }
        }
        return seen;
    }

    /** A subject that moved to another partition continues there with the next version. */
    private void inOrder(Published event) {
        String line = partitionsAdded
                ? event.subject() + " " + event.position().partition()
                : event.subject().toString();
        int before = last.getOrDefault(line, 0);
        boolean follows = partitionsAdded ? event.version() > before : event.version() == before + 1;
        if (!follows) {
            violations.add(
                    Promise.EVENTS_IN_ORDER,
                    kind + " " + event.subject() + " version " + event.version() + " follows version " + before + " at "
                            + event.position());
        }
        last.put(line, Math.max(before, event.version()));
    }
}
