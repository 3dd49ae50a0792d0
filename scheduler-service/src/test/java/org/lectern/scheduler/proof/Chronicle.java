package org.lectern.scheduler.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The stored bookings of some lecturers: every version, and the number of its events. */
public record Chronicle(List<Version> versions, Map<String, Integer> events) {

    /** One row of the history, parsed from its JSON. */
    public record Version(
            UUID booking,
            int number,
            String action,
            Instant at,
            String actor,
            Set<String> overridden,
            String status,
            UUID lecturer,
            @Nullable UUID venue,
            UUID host,
            Set<UUID> guests,
            String format,
            Instant start,
            Instant end,
            Instant occupiedFrom,
            Instant occupiedUntil,
            @Nullable Instant holdExpiresAt) {

        boolean isActive() {
            return Set.of("HELD", "CONFIRMED", "COMPLETED").contains(status);
        }
    }

    static Chronicle read(DataSource database, Collection<UUID> lecturers) {
        var json = new ObjectMapper();
        List<Version> versions = new ArrayList<>();
        Map<String, Integer> events = new HashMap<>();
        try (Connection connection = database.getConnection()) {
            var ids = connection.createArrayOf(
                    "text", lecturers.stream().map(UUID::toString).toArray());
            String ours =
                    "(SELECT subject FROM audit_entry WHERE kind = 'BOOKING' AND state -> 'lecturer' ->> 'id' = ANY (?))";
            try (var statement = connection.prepareStatement(
                    "SELECT subject, version, action, at, actor, overridden, state FROM audit_entry"
                            + " WHERE kind = 'BOOKING' AND subject IN " + ours + " ORDER BY subject, version")) {
                statement.setArray(1, ids);
                var row = statement.executeQuery();
                while (row.next()) {
                    versions.add(version(
                            UUID.fromString(row.getString("subject")),
                            row.getInt("version"),
                            row.getString("action"),
                            row.getObject("at", OffsetDateTime.class).toInstant(),
                            row.getString("actor"),
                            Set.of((String[]) row.getArray("overridden").getArray()),
                            json.readTree(row.getString("state"))));
                }
            }
            try (var statement = connection.prepareStatement(
                    "SELECT aggregate_id, version, count(*) FROM outbox WHERE cast(aggregate_id AS text) IN " + ours
                            + " GROUP BY 1, 2")) {
                statement.setArray(1, ids);
                var row = statement.executeQuery();
                while (row.next()) {
                    events.put(row.getString(1) + " " + row.getInt(2), row.getInt(3));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Chronicle(versions, events);
    }

    private static Version version(
            UUID booking, int number, String action, Instant at, String actor, Set<String> overridden, JsonNode state) {
        Set<UUID> guests = new HashSet<>();
        state.path("guests").forEach(guest -> guests.add(id(guest)));
        return new Version(
                booking,
                number,
                action,
                at,
                actor,
                overridden,
                state.get("status").asText(),
                id(state.get("lecturer")),
                state.has("venue") ? id(state.get("venue")) : null,
                id(state.get("branch")),
                guests,
                state.get("format").asText(),
                time(state.get("start")),
                time(state.get("end")),
                time(state.get("occupiedFrom")),
                time(state.get("occupiedUntil")),
                state.has("hold") ? time(state.get("hold").get("expiresAt")) : null);
    }

    private static UUID id(JsonNode reference) {
        return UUID.fromString(reference.get("id").asText());
    }

    private static Instant time(JsonNode text) {
        return OffsetDateTime.parse(text.asText()).toInstant();
    }
}
