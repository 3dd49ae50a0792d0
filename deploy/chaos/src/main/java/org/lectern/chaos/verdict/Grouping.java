package org.lectern.chaos.verdict;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.lectern.chaos.evidence.Evidence.Version;

/** Evidence grouped by subject. */
final class Grouping {

    private Grouping() {}

    static <K extends Comparable<K>, T> Map<K, List<T>> grouped(
            List<T> items, Function<T, K> key, Comparator<T> order) {
        Map<K, List<T>> groups = new TreeMap<>();
        items.stream()
                .sorted(order)
                .forEach(item -> groups.computeIfAbsent(key.apply(item), any -> new ArrayList<>())
                        .add(item));
        return groups;
    }

    /** The versions of each subject, in order. */
    static Map<UUID, List<Version>> bySubject(List<Version> versions) {
        return grouped(versions, Version::subject, Comparator.comparingInt(Version::version));
    }
}
