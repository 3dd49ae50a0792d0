package org.lectern.scheduler.planning.facts;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.lectern.chassis.database.Sql;
import org.lectern.scheduler.campaign.Campaigns;
import org.lectern.scheduler.planning.facts.Item.Standing;

/** The bookings of a campaign that a dropped lecturer, venue or day concerns, and those that may make room for them. */
@ApplicationScoped
public class Rescues {

    private final Sql sql;
    private final Campaigns campaigns;

    @Inject
    Rescues(Sql sql, Campaigns campaigns) {
        this.sql = sql;
        this.campaigns = campaigns;
    }

    private record Found(UUID branch, UUID topic, Standing booking, boolean joint) {}

    /**
     * Bookings that have not begun and can still change, by start.
     *
     * @param lost cannot stay as they are
     * @param others may move if a lost one finds no room otherwise: confirmed lectures without guests
     */
    public record Concerned(List<Item> lost, List<Item> others) {}

    public Concerned concerned(Terms terms) {
        ZoneId zone = ZoneId.of(campaigns.view(terms.campaignId()).zone());
        Instant from = terms.from().atStartOfDay(zone).toInstant();
        Instant until = terms.until().plusDays(1).atStartOfDay(zone).toInstant();
        List<Found> found = sql.list(
                """
                SELECT b.id, b.version, b.branch_id, b.topic_id, b.lecturer_id, b.venue_id, b.format, b.starts_at, b.ends_at,
                       is_announced(b.status) AS announced,
                       EXISTS (SELECT FROM booking_branch g WHERE g.booking_id = b.id AND g.guest) AS joint
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
                                row.flag("announced")),
                        row.flag("joint")),
                terms.campaignId(),
                from,
                until);
        List<Found> lost = found.stream()
                .filter(each -> terms.isGone(each.booking(), zone))
                .toList();
        List<Found> others = found.stream()
                .filter(each -> !terms.isGone(each.booking(), zone))
                .filter(each -> each.booking().announced() && !each.joint())
                .toList();
        record Key(UUID branch, UUID topic) {}
        Map<Key, Integer> seen = new HashMap<>();
        Function<Found, Item> item = each -> new Item(
                each.branch(),
                each.topic(),
                seen.merge(new Key(each.branch(), each.topic()), 1, Integer::sum),
                false,
                each.booking());
        return new Concerned(
                lost.stream().map(item).toList(), others.stream().map(item).toList());
    }
}
