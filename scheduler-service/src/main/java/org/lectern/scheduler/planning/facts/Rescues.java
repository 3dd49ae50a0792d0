package org.lectern.scheduler.planning.facts;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.lectern.chassis.database.Sql;
import org.lectern.scheduler.campaign.Campaigns;
import org.lectern.scheduler.planning.facts.Item.Standing;

/** The bookings of a campaign that a dropped lecturer, venue or day concerns. */
@ApplicationScoped
public class Rescues {

    private final Sql sql;
    private final Campaigns campaigns;

    @Inject
    Rescues(Sql sql, Campaigns campaigns) {
        this.sql = sql;
        this.campaigns = campaigns;
    }

    private record Found(UUID branch, UUID topic, Standing booking) {}

    /** Those that have not begun and can still change, by start. */
    public List<Item> items(Terms terms) {
        ZoneId zone = ZoneId.of(campaigns.view(terms.campaignId()).zone());
        Instant from = terms.from().atStartOfDay(zone).toInstant();
        Instant until = terms.until().plusDays(1).atStartOfDay(zone).toInstant();
        List<Found> found = sql.list(
                """
                SELECT b.id, b.version, b.branch_id, b.topic_id, b.lecturer_id, b.venue_id, b.format, b.starts_at, b.ends_at,
                       is_announced(b.status) AS announced
                FROM booking b
                WHERE b.campaign_id = ? AND is_active(b.status) AND NOT is_overdue(b.status, b.hold_expires_at)
                  AND b.starts_at > statement_timestamp() AND b.starts_at >= ? AND b.starts_at < ?
                ORDER BY b.starts_at, b.id""",
                row -> new Found(
                        row.id("branch_id"),
                        row.id("topic_id"),
                        new Standing(
                                row.id("id"),
                                row.number("version"),
                                row.id("lecturer_id"),
                                row.idOrNull("venue_id"),
                                row.text("format"),
                                row.time("starts_at"),
                                row.time("ends_at"),
                                row.flag("announced"))),
                terms.campaignId(),
                from,
                until);
        record Key(UUID branch, UUID topic) {}
        Map<Key, Integer> seen = new HashMap<>();
        List<Item> items = new ArrayList<>();
        for (Found each : found) {
            Standing booking = each.booking();
            boolean concerned = terms.gone().stream()
                    .anyMatch(gone -> gone.concerns(
                            booking.lecturerId(),
                            booking.venueId(),
                            booking.start().atZone(zone).toLocalDate()));
            if (concerned) {
                int occurrence = seen.merge(new Key(each.branch(), each.topic()), 1, Integer::sum);
                items.add(new Item(each.branch(), each.topic(), occurrence, false, booking));
            }
        }
        return items;
    }
}
