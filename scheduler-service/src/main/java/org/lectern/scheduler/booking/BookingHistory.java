package org.lectern.scheduler.booking;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.problem.NotFound;
import org.lectern.scheduler.audit.Audit;
import org.lectern.scheduler.audit.Entry;
import org.lectern.scheduler.audit.Kind;

/** Every version of every booking (who, when, why, full state), stored in the audit. */
@ApplicationScoped
public class BookingHistory {

    /** The kind of change. */
    @Schema(name = "BookingAction")
    enum Action {
        HELD,
        CONFIRMED,
        EXTENDED,
        RELEASED,
        EXPIRED,
        /** A change that branches are notified of. */
        CHANGED,
        /** A change that no branch is notified of. */
        AMENDED,
        /** The branches are notified of new names or places. */
        RENOTIFIED,
        GUEST_JOINED,
        GUEST_LEFT,
        GUEST_REPLACED,
        CANCELLED,
        COMPLETED,
        CORRECTED
    }

    @Schema(name = "BookingVersion")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Version(
            int version,
            Action action,
            Instant at,

            @Schema(description = "Who made the change: the subject of the access token")
            String actor,

            @Nullable String reason,

            @Schema(description = "The code of the reason, if one was chosen", examples = "weather") @Nullable
            String reasonCode,

            @Schema(description = "Why rules were overridden") @Nullable
            String overrideReason,

            @Schema(
                    description = "The codes of the rules that were broken; empty when none was broken, absent "
                            + "without an override")
            @Nullable
            List<String> overridden,

            @Schema(description = "The booking before the change; absent for the first version") @Nullable
            BookingView before,

            @Schema(description = "The booking after the change")
            BookingView after) {}

    /** The complete history of a booking. */
    @Schema(name = "BookingVersions")
    public record Versions(List<Version> items) {}

    private final Audit audit;
    private final Sql sql;
    private final ObjectMapper json;

    @Inject
    BookingHistory(Audit audit, Sql sql, ObjectMapper json) {
        this.audit = audit;
        this.sql = sql;
        this.json = json;
    }

    @Transactional(Transactional.TxType.MANDATORY)
    void append(Action action, BookingView after, String actor, @Nullable String reason, AppliedOverride overridden) {
        audit.appendBooking(
                after.id(),
                after.version(),
                action.name(),
                after.updatedAt(),
                actor,
                reason,
                overridden.reason(),
                overridden.rules(),
                after);
    }

    /** All versions of a booking; an expiry that is due but not written yet is among them. */
    public Versions of(BookingView booking) {
        List<Version> versions = new ArrayList<>();
        BookingView before = null;
        for (Entry entry : audit.versions(Kind.BOOKING, booking.id())) {
            BookingView after = read(entry.state());
            versions.add(new Version(
                    entry.version(),
                    Action.valueOf(entry.action()),
                    entry.at(),
                    entry.actor(),
                    entry.reason(),
                    after.reasonCode(),
                    entry.overrideReason(),
                    entry.overrideReason() == null ? null : entry.overridden(),
                    before,
                    after));
            before = after;
        }
        if (booking.version() > versions.size()) {
            versions.add(new Version(
                    booking.version(),
                    Action.EXPIRED,
                    booking.updatedAt(),
                    Audit.SYSTEM,
                    null,
                    null,
                    null,
                    null,
                    before,
                    booking));
        }
        return new Versions(versions);
    }

    /**
     * The booking as of a moment: after the last change up to it.
     *
     * @throws NotFound when it did not exist then
     */
    public BookingView asOf(BookingView booking, Instant moment) {
        return of(booking).items().reversed().stream()
                .filter(version -> !version.at().isAfter(moment))
                .map(Version::after)
                .findFirst()
                .orElseThrow(NotFound::new);
    }

    /** The booking as it was last announced to its branches; empty while it was not. */
    Optional<BookingView> told(UUID booking) {
        return sql.one(
                        "SELECT cast(state AS text) AS state FROM audit_entry WHERE kind = 'BOOKING'"
                                + " AND subject = cast(cast(? AS uuid) AS text) AND version = announced_version(?)",
                        row -> row.text("state"),
                        booking,
                        booking)
                .map(this::read);
    }

    private BookingView read(String state) {
        try {
            return json.readValue(state, BookingView.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A stored version of a booking cannot be read", e);
        }
    }
}
