package org.lectern.local.fuzz;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Ids of existing resources by collection; without them most requests would end with 404. */
final class KnownIds {

    private static final Map<String, String> COLLECTIONS = Map.of(
            "parent", "branches",
            "under", "branches",
            "subtreeOf", "branches",
            "place", "venues",
            "otherPlace", "venues",
            "record", "quarantine",
            "delivery", "deliveries",
            "feed", "calendar-feeds");

    private final Map<String, List<String>> ids = new LinkedHashMap<>();

    void add(String collection, String id) {
        List<String> known = ids.computeIfAbsent(collection, any -> new ArrayList<>());
        if (!known.contains(id)) {
            known.add(id);
        }
    }

    List<String> of(String collection) {
        return ids.getOrDefault(collection, List.of());
    }

    Map<String, Integer> sizes() {
        Map<String, Integer> sizes = new LinkedHashMap<>();
        ids.forEach((collection, known) -> sizes.put(collection, known.size()));
        return sizes;
    }

    /** An id of the collection, or a random one; uses the same number of draws in both cases. */
    String drawn(String collection, Draw draw) {
        String random = draw.uuid().toString();
        List<String> known = of(collection);
        int index = draw.below(Math.max(1, known.size()));
        return draw.chance(0.05) || known.isEmpty() ? random : known.get(index);
    }

    /** {@code lecturers} for a member called {@code lecturerId} or {@code lecturerIds}. */
    static String collection(String name) {
        String thing = name.replaceFirst("Ids?$", "");
        return COLLECTIONS.getOrDefault(thing, thing.endsWith("ch") ? thing + "es" : thing + "s");
    }

    /** The collection of a path parameter, from its name or else from the segment before it. */
    static String collection(String path, String parameter) {
        if (!parameter.equals("id")) {
            return collection(parameter);
        }
        String before = path.substring(0, path.indexOf("/{" + parameter));
        return before.substring(before.lastIndexOf('/') + 1);
    }
}
