package org.lectern.scheduler.booking.batch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Previews not applied yet. Stored in the database, so that any process can apply them, but only for the caller they
 * were shown to.
 */
@ApplicationScoped
class Previews {

    private final EntityManager database;
    private final ObjectMapper json;
    private final Clock clock;

    @Inject
    Previews(EntityManager database, ObjectMapper json, Clock clock) {
        this.database = database;
        this.json = json;
        this.clock = clock;
    }

    /**
     * What was shown.
     *
     * @param versions the bookings, in order, with their versions
     * @param substitutes the proposed lecturers by booking
     */
    record StoredPreview(BulkPreviewRequest request, Map<UUID, Integer> versions, Map<UUID, UUID> substitutes) {}

    UUID keep(String principal, StoredPreview shown, Instant expiresAt) {
        UUID token = UUID.randomUUID();
        database.createNativeQuery("""
                        INSERT INTO bulk_preview (token, principal, request, bookings, versions, given, substitutes,
                                                  expires_at)
                        VALUES (:token, :principal, cast(:request AS jsonb), :bookings, :versions, :given, :substitutes,
                                :expiresAt)""")
                .setParameter("token", token)
                .setParameter("principal", principal)
                .setParameter("request", write(shown.request()))
                .setParameter("bookings", shown.versions().keySet().toArray(UUID[]::new))
                .setParameter("versions", shown.versions().values().toArray(Integer[]::new))
                .setParameter("given", shown.substitutes().keySet().toArray(UUID[]::new))
                .setParameter("substitutes", shown.substitutes().values().toArray(UUID[]::new))
                .setParameter("expiresAt", expiresAt)
                .executeUpdate();
        return token;
    }

    /** Removes and returns the preview; a rollback restores it. */
    @SuppressWarnings("unchecked")
    Optional<StoredPreview> take(UUID token, String principal) {
        List<Tuple> rows = database.createNativeQuery("""
                        DELETE FROM bulk_preview WHERE token = :token AND principal = :principal AND expires_at > :now
                        RETURNING cast(request AS text) AS request, bookings, versions, given, substitutes""", Tuple.class)
                .setParameter("token", token)
                .setParameter("principal", principal)
                .setParameter("now", clock.instant())
                .getResultList();
        return rows.stream()
                .map(row -> {
                    UUID[] ids = row.get("bookings", UUID[].class);
                    Integer[] versions = row.get("versions", Integer[].class);
                    Map<UUID, Integer> shown = new LinkedHashMap<>();
                    for (int i = 0; i < ids.length; i++) {
                        shown.put(ids[i], versions[i]);
                    }
                    UUID[] given = row.get("given", UUID[].class);
                    UUID[] takers = row.get("substitutes", UUID[].class);
                    Map<UUID, UUID> substitutes = new LinkedHashMap<>();
                    for (int i = 0; i < given.length; i++) {
                        substitutes.put(given[i], takers[i]);
                    }
                    return new StoredPreview(read(row.get("request", String.class)), shown, substitutes);
                })
                .findFirst();
    }

    @Scheduled(every = "1h", delayed = "10m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @Transactional
    void forgetOld() {
        database.createNativeQuery("DELETE FROM bulk_preview WHERE expires_at < :now")
                .setParameter("now", clock.instant())
                .executeUpdate();
    }

    private String write(BulkPreviewRequest request) {
        try {
            return json.writeValueAsString(request);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A preview cannot be written as JSON", e);
        }
    }

    private BulkPreviewRequest read(String stored) {
        try {
            return json.readValue(stored, BulkPreviewRequest.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A stored preview cannot be read", e);
        }
    }
}
