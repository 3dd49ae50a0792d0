package org.lectern.chaos.verdict;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Reads states of bookings and requests as the API shows them. */
final class States {

    private States() {}

    /** True if two states of a booking or of a request are equal. */
    static boolean same(JsonNode state, JsonNode other) {
        return sameLecture(state, other)
                && guests(state).equals(guests(other))
                && offer(state).equals(offer(other))
                && Stream.of("format", "expectedHeadCount", "joinLink")
                        .allMatch(field -> text(state, field).equals(text(other, field)));
    }

    private static String text(JsonNode state, String field) {
        return state.path(field).asText();
    }

    /** True if a change between two states of a confirmed booking is announced to its branches. */
    static boolean tells(JsonNode before, JsonNode after) {
        return !sameLecture(before, after)
                || Stream.of("format", "joinLink")
                        .anyMatch(field -> !text(before, field).equals(text(after, field)));
    }

    private static String offer(JsonNode state) {
        return state.path("offer").path("bookingId").asText();
    }

    /** True if status, time, place and parties other than guests are equal. */
    static boolean sameLecture(JsonNode state, JsonNode other) {
        for (String field : List.of("status", "start", "end", "bookingId")) {
            if (!state.path(field).asText().equals(other.path(field).asText())) {
                return false;
            }
        }
        for (String party : List.of("lecturer", "branch", "topic", "venue")) {
            if (!id(state, party).equals(id(other, party))) {
                return false;
            }
        }
        return true;
    }

    /** Empty if there is none. */
    static String id(JsonNode state, String party) {
        return state.path(party).path("id").asText("");
    }

    static String status(JsonNode state) {
        return state.path("status").asText();
    }

    static Set<String> guests(JsonNode state) {
        Set<String> guests = new TreeSet<>();
        state.path("guests").forEach(guest -> guests.add(guest.path("id").asText()));
        return guests;
    }

    /** The host and the guests. */
    static Set<String> branches(JsonNode state) {
        Set<String> branches = guests(state);
        branches.add(id(state, "branch"));
        return branches;
    }

    /** The host, the guests and the lecturer. */
    static Set<String> recipients(JsonNode state) {
        Set<String> recipients = branches(state);
        recipients.add(id(state, "lecturer"));
        return recipients;
    }

    static Instant time(JsonNode text, Instant otherwise) {
        return text.isTextual() ? OffsetDateTime.parse(text.asText()).toInstant() : otherwise;
    }
}
