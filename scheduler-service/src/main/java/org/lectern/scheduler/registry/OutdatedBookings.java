package org.lectern.scheduler.registry;

import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.lectern.chassis.database.Sql;

/** Upcoming lectures whose branches were told something else than the changed entry says now. */
@Schema(
        name = "OutdatedBookings",
        description = "Only in the answer to a change: upcoming lectures that branches know under the former name or "
                + "place. `POST /bookings/renotify` tells them again")
public record OutdatedBookings(
        @Schema(examples = "12") long count,

        @Schema(examples = "/api/v1/bookings?venueId=019a1b6e-5a10-7c3e-8f01-2a6b6c1d0003&outdated=true")
        String link) {

    /**
     * Counts those of one entry, in the transaction of its change.
     *
     * @param target lecturer, topic or venue
     */
    public static Optional<OutdatedBookings> of(Sql sql, String target, UUID id) {
        return sql.one(
                        "SELECT count(*) AS outdated FROM booking WHERE " + target
                                + "_id = ? AND ends_at > statement_timestamp() AND is_announced_otherwise(id)",
                        row -> (long) row.number("outdated"),
                        id)
                .filter(count -> count > 0)
                .map(count ->
                        new OutdatedBookings(count, "/api/v1/bookings?" + target + "Id=" + id + "&outdated=true"));
    }
}
