package org.lectern.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The scheduler's data about the city, as far as the booking plan needs it. */
record City(List<Lecturer> lecturers, List<Topic> topics, List<Branch> branches, List<Venue> venues) {

    record Lecturer(String id, String code, String name, List<String> topicIds) {}

    record Topic(String id, String code, String title, int minutes) {}

    record Branch(String id, String code, String name, String kind, int headCount) {}

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

    private static String text(JsonNode item, String field) {
        return item.path(field).asText();
    }
}
