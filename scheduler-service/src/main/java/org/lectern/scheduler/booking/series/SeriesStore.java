package org.lectern.scheduler.booking.series;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Sql;

/** The series; their occurrences are bookings. */
@ApplicationScoped
class SeriesStore {

    private final EntityManager database;
    private final Sql sql;
    private final ObjectMapper json;

    @Inject
    SeriesStore(EntityManager database, Sql sql, ObjectMapper json) {
        this.database = database;
        this.sql = sql;
        this.json = json;
    }

    /** A series without its occurrences. */
    record Stored(
            UUID id,
            int revision,
            SeriesRequest pattern,
            List<LocalDate> missing,
            Instant createdAt,
            Instant updatedAt) {}

    void add(UUID id, SeriesRequest pattern, String actor, Instant now) {
        database.createNativeQuery("""
                        INSERT INTO series (id, revision, pattern, created_at, created_by, updated_at, updated_by)
                        VALUES (:id, 1, cast(:pattern AS jsonb), :now, :actor, :now, :actor)""")
                .setParameter("id", id)
                .setParameter("pattern", write(pattern))
                .setParameter("now", now)
                .setParameter("actor", actor)
                .executeUpdate();
    }

    Optional<Stored> find(UUID id) {
        return read(
                "SELECT id, revision, cast(pattern AS text) AS pattern, missing, created_at, updated_at FROM series"
                        + " WHERE id = :id",
                id);
    }

    /** The series under lock: no other transaction can change it. */
    Optional<Stored> lock(UUID id) {
        return read(
                "SELECT id, revision, cast(pattern AS text) AS pattern, missing, created_at, updated_at FROM series"
                        + " WHERE id = :id FOR NO KEY UPDATE",
                id);
    }

    void changed(UUID id, String actor, Instant now) {
        database.createNativeQuery("""
                        UPDATE series SET revision = revision + 1, updated_at = greatest(updated_at, :now), updated_by = :actor
                        WHERE id = :id""")
                .setParameter("id", id)
                .setParameter("now", now)
                .setParameter("actor", actor)
                .executeUpdate();
    }

    /** Notes which dates of the series have no occurrence because they were left out. */
    void miss(UUID id, List<LocalDate> dates) {
        database.createNativeQuery("UPDATE series SET missing = :dates WHERE id = :id")
                .setParameter("id", id)
                .setParameter("dates", dates.toArray(LocalDate[]::new))
                .executeUpdate();
    }

    /** The zone of a branch, or null if it does not exist. */
    @Nullable
    String zoneOfBranch(UUID branch) {
        return sql.one("SELECT zone FROM branch WHERE id = ?", row -> row.text("zone"), branch)
                .orElse(null);
    }

    @SuppressWarnings("unchecked")
    private Optional<Stored> read(String sql, UUID id) {
        List<Tuple> rows = database.createNativeQuery(sql, Tuple.class)
                .setParameter("id", id)
                .getResultList();
        return rows.stream()
                .map(row -> new Stored(
                        row.get("id", UUID.class),
                        row.get("revision", Integer.class),
                        pattern(row.get("pattern", String.class)),
                        List.of(row.get("missing", LocalDate[].class)),
                        row.get("created_at", Instant.class),
                        row.get("updated_at", Instant.class)))
                .findFirst();
    }

    private String write(SeriesRequest pattern) {
        try {
            return json.writeValueAsString(pattern);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A series cannot be written as JSON", e);
        }
    }

    private SeriesRequest pattern(String stored) {
        try {
            return json.readValue(stored, SeriesRequest.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A stored series cannot be read", e);
        }
    }
}
