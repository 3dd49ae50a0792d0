package org.lectern.scheduler.booking;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Every version of every booking: who, when, why, and the whole state. Rows are added, never changed. */
@ApplicationScoped
class BookingHistory {

    /** What a change did. */
    enum Action {
        HELD,
        CONFIRMED,
        EXTENDED,
        RELEASED,
        EXPIRED,
        RESCHEDULED,
        REASSIGNED,
        GUEST_JOINED,
        GUEST_LEFT,
        CANCELLED,
        COMPLETED
    }

    /** One version of a booking. */
    @Schema(name = "BookingVersion")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Version(
            int version,
            Action action,
            Instant at,

            @Schema(description = "Who made the change: the subject of the access token")
            String actor,

            @Nullable String reason,

            @Schema(description = "Why rules were overridden") @Nullable
            String overrideReason,

            @Schema(
                    description = "The rules that were in fact broken, by the codes of their problems; "
                            + "empty when nothing needed overriding, absent when nothing was overridden")
            @Nullable
            List<String> overridden,

            @Schema(description = "The booking before the change; absent for the first version") @Nullable
            BookingView before,

            @Schema(description = "The booking after the change")
            BookingView after) {}

    /** All versions of a booking. */
    @Schema(name = "BookingVersions")
    record Versions(List<Version> items) {}

    /** Who it is when nobody does it. */
    static final String SYSTEM = "system";

    private final EntityManager database;
    private final ObjectMapper json;

    @Inject
    BookingHistory(EntityManager database, ObjectMapper json) {
        this.database = database;
        this.json = json;
    }

    @Transactional(Transactional.TxType.MANDATORY)
    void append(Action action, BookingView after, String actor, @Nullable String reason, Lifted lifted) {
        database.createNativeQuery("""
                        INSERT INTO booking_history (booking_id, version, action, at, actor, reason, override_reason,
                                                     overridden, state)
                        VALUES (:id, :version, :action, :at, :actor, :reason, :overrideReason, :overridden,
                                cast(:state AS jsonb))""")
                .setParameter("id", after.id())
                .setParameter("version", after.version())
                .setParameter("action", action.name())
                .setParameter("at", after.updatedAt())
                .setParameter("actor", actor)
                .setParameter("reason", reason)
                .setParameter("overrideReason", lifted.reason())
                .setParameter("overridden", lifted.rules().toArray(String[]::new))
                .setParameter("state", write(after))
                .executeUpdate();
    }

    /** All versions of a booking; an expiry that is due but not written yet is among them. */
    Versions of(BookingView booking) {
        @SuppressWarnings("unchecked")
        List<Tuple> rows = database.createNativeQuery("""
                        SELECT version, action, at, actor, reason, override_reason, overridden,
                               cast(state AS text) AS state
                        FROM booking_history WHERE booking_id = :id ORDER BY version""", Tuple.class)
                .setParameter("id", booking.id())
                .getResultList();
        List<Version> versions = new ArrayList<>();
        BookingView before = null;
        for (Tuple row : rows) {
            BookingView after = read(row.get("state", String.class));
            versions.add(new Version(
                    row.get("version", Integer.class),
                    Action.valueOf(row.get("action", String.class)),
                    row.get("at", Instant.class),
                    row.get("actor", String.class),
                    row.get("reason", String.class),
                    row.get("override_reason", String.class),
                    row.get("override_reason") == null ? null : List.of(row.get("overridden", String[].class)),
                    before,
                    after));
            before = after;
        }
        if (booking.version() > versions.size()) {
            versions.add(new Version(
                    booking.version(), Action.EXPIRED, booking.updatedAt(), SYSTEM, null, null, null, before, booking));
        }
        return new Versions(versions);
    }

    private String write(BookingView state) {
        try {
            return json.writeValueAsString(state);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A booking cannot be written as JSON", e);
        }
    }

    private BookingView read(String state) {
        try {
            return json.readValue(state, BookingView.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A stored version of a booking cannot be read", e);
        }
    }
}
