package org.lectern.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The scheduler's data about the city, as far as the booking plan needs it. */
record City(List<Lecturer> lecturers, List<Topic> topics, List<Branch> branches, List<Venue> venues) {

    record Lecturer(String id, String code, String name, List<String> topicIds) {}

    record Topic(String id, String code, String title, int minutes) {}

    /** {@code parentId} is null for the root. */
    record Branch(
            String id,
            String code,
            String name,
            String kind,
            @Nullable String parentId,
            int headCount) {}

    /** {@code branchId} is null for a public hall. */
    record Venue(
            String id, String code, String name, @Nullable String branchId, int capacity) {}

    static City read(Api scheduler) {
        List<Lecturer> lecturers = new ArrayList<>();
        for (JsonNode item : scheduler.all("/lecturers")) {
            List<String> topicIds = new ArrayList<>();
            item.path("topicIds").forEach(id -> topicIds.add(id.asText()));
            lecturers.add(new Lecturer(text(item, "id"), text(item, "code"), text(item, "name"), topicIds));
        }
        List<Topic> topics = new ArrayList<>();
        for (JsonNode item : scheduler.all("/topics")) {
            topics.add(new Topic(
                    text(item, "id"),
                    text(item, "code"),
                    text(item, "title"),
                    item.path("durationMinutes").asInt()));
        }
        List<Branch> branches = new ArrayList<>();
        for (JsonNode item : scheduler.all("/branches")) {
            branches.add(new Branch(
                    text(item, "id"),
                    text(item, "code"),
                    text(item, "name"),
                    text(item, "kind"),
                    item.hasNonNull("parentId") ? text(item, "parentId") : null,
                    item.path("headCount").asInt()));
        }
        List<Venue> venues = new ArrayList<>();
        for (JsonNode item : scheduler.all("/venues")) {
            venues.add(new Venue(
                    text(item, "id"),
                    text(item, "code"),
                    text(item, "name"),
                    item.hasNonNull("branchId") ? text(item, "branchId") : null,
                    item.path("capacity").asInt()));
        }
        return new City(lecturers, topics, branches, venues);
    }

    Lecturer lecturer(String code) {
        return of(code, lecturers, Lecturer::code);
    }

    Topic topic(String code) {
        return of(code, topics, Topic::code);
    }

    Branch branch(String code) {
        return of(code, branches, Branch::code);
    }

    Venue venue(String code) {
        return of(code, venues, Venue::code);
    }

    private static <T> T of(String code, List<T> all, Function<T, String> codeOf) {
        return all.stream()
                .filter(each -> codeOf.apply(each).equals(code))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("The city has no " + code));
    }

    private static String text(JsonNode item, String field) {
        return item.path(field).asText();
    }
}
