package org.lectern.scheduler.consequence;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.lectern.chassis.database.Sql;

/** Upcoming lectures announced with other values than the changed entries have now. */
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
        return of(sql, target, Set.of(id));
    }

    /** The same for the entries that an import changed. The link of several is that of all outdated bookings. */
    public static Optional<OutdatedBookings> of(Sql sql, String target, Set<UUID> ids) {
        String filter = ids.size() == 1 ? target + "Id=" + ids.iterator().next() + "&" : "";
        return sql.one(
                        "SELECT count(*) AS outdated FROM booking WHERE " + target
                                + "_id = ANY (cast(? AS uuid[])) AND ends_at > statement_timestamp()"
                                + " AND is_announced_otherwise(id)",
                        row -> (long) row.number("outdated"),
                        ids)
                .filter(count -> count > 0)
                .map(count -> new OutdatedBookings(count, "/api/v1/bookings?" + filter + "outdated=true"));
    }
}
