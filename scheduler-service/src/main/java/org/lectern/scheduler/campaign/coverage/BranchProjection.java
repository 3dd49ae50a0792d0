package org.lectern.scheduler.campaign.coverage;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Sql;
import org.lectern.scheduler.campaign.CampaignView;
import org.lectern.scheduler.campaign.coverage.Coverage.Place;

/**
 * Reads the branches of a campaign with their stored visits, or with visits computed from bookings if these changed
 * since. One statement reads everything, so the result is one snapshot.
 */
@ApplicationScoped
public class BranchProjection {

    /**
     * PostgreSQL overestimates the size of a subtree; without this it would scan the projection of the whole campaign.
     */
    private static final String OF_THESE = "AND k.branch_id = ANY (ARRAY(SELECT id FROM wanted))";

    private final Sql sql;

    @Inject
    BranchProjection(Sql sql) {
        this.sql = sql;
    }

    /** The filter for branches; absent criteria do not filter. */
    public record Criteria(
            @Nullable UUID under,
            @Nullable UUID branch,
            @Nullable String kind,
            @Nullable Boolean priority) {

        public static Criteria under(@Nullable UUID branch) {
            return new Criteria(branch, null, null, null);
        }
    }

    /**
     * A branch that a campaign targets or excludes.
     *
     * @param excluded the reason for the exclusion
     * @param visits as read by {@link VisitProjection}
     * @param asked the topics of its open requests; mutable
     */
    public record Branch(
            Place place,
            @Nullable UUID parent,
            boolean priority,
            @Nullable String excluded,
            byte @Nullable [] visits,
            Set<UUID> asked) {}

    /** A reader of visits as of that moment. */
    VisitProjection visits(Instant at) {
        Map<UUID, String> tiers = new HashMap<>();
        sql.list("SELECT id, tier FROM lecturer", row -> tiers.put(row.id("id"), row.text("tier")));
        return new VisitProjection(tiers, ChronoUnit.MICROS.between(Instant.EPOCH, at));
    }

    /** All branches, in any order. */
    public void each(CampaignView campaign, Criteria criteria, Consumer<Branch> consumer) {
        read(campaign, criteria, "", List.of(), consumer);
    }

    /** Branches in code order, from one code on, up to a maximum; returns their number. */
    public int each(CampaignView campaign, Criteria criteria, String from, int most, Consumer<Branch> consumer) {
        return read(
                campaign,
                criteria,
                "AND t.branch_code COLLATE \"C\" >= ? ORDER BY t.branch_code COLLATE \"C\" LIMIT ?",
                List.of(from, most),
                consumer);
    }

    private int read(
            CampaignView campaign, Criteria criteria, String range, List<Object> bounds, Consumer<Branch> consumer) {
        var query = new StringBuilder("WITH RECURSIVE ");
        List<@Nullable Object> values = new ArrayList<>();
        if (criteria.under() != null) {
            query.append("""
                    below AS (
                        SELECT id, code, name, kind, latitude, longitude, parent_id FROM branch WHERE id = ?
                        UNION SELECT b.id, b.code, b.name, b.kind, b.latitude, b.longitude, b.parent_id
                        FROM branch b JOIN below ON b.parent_id = below.id),
                    """);
            values.add(criteria.under());
        }
        query.append("""
                wanted AS MATERIALIZED (
                    SELECT t.campaign_id, b.id, b.code, b.name, b.kind, b.latitude, b.longitude, b.parent_id, t.priority, t.excluded
                    FROM campaign_target t JOIN %s b ON b.id = t.branch_id
                    WHERE t.campaign_id = ?
                    """.formatted(criteria.under() == null ? "branch" : "below"));
        values.add(campaign.id());
        if (criteria.branch() != null) {
            query.append("AND b.id = ?\n");
            values.add(criteria.branch());
        }
        if (criteria.kind() != null) {
            query.append("AND b.kind = ?\n");
            values.add(criteria.kind());
        }
        if (criteria.priority() != null) {
            query.append("AND t.priority = ?\n");
            values.add(criteria.priority());
        }
        query.append(range).append("""
                ),
                changed AS (
                    SELECT DISTINCT branch_id FROM coverage_changed
                    WHERE campaign_id = ? AND branch_id IN (SELECT id FROM wanted)),
                asked AS (
                    SELECT r.branch_id, string_agg(uuid_send(r.topic_id), ''::bytea) AS topics
                    FROM lecture_request r JOIN campaign_topic c ON c.campaign_id = ? AND c.topic_id = r.topic_id
                    WHERE r.status IN ('WAITING', 'OFFERED') AND r.branch_id IN (SELECT id FROM wanted)
                    GROUP BY r.branch_id)
                SELECT w.*, a.topics AS requested,
                       CASE WHEN c.branch_id IS NULL THEN k.visits ELSE coverage_visits(w.campaign_id, w.id) END AS visits
                FROM wanted w
                LEFT JOIN coverage_cache k ON k.campaign_id = ? AND k.branch_id = w.id %s
                LEFT JOIN changed c ON c.branch_id = w.id
                LEFT JOIN asked a ON a.branch_id = w.id
                """.formatted(criteria.under() == null ? "" : OF_THESE));
        values.addAll(bounds);
        values.add(campaign.id());
        values.add(campaign.id());
        values.add(campaign.id());
        if (!range.isEmpty()) {
            query.append("ORDER BY w.code COLLATE \"C\"");
        }
        return sql.list(
                        query.toString(),
                        row -> {
                            consumer.accept(new Branch(
                                    place(row),
                                    row.idOrNull("parent_id"),
                                    row.flag("priority"),
                                    row.textOrNull("excluded"),
                                    row.bytesOrNull("visits"),
                                    VisitProjection.topics(row.bytesOrNull("requested"))));
                            return true;
                        },
                        values.toArray())
                .size();
    }

    static Place place(Sql.Row row) throws SQLException {
        return new Place(
                row.id("id"),
                row.text("code"),
                row.text("name"),
                row.text("kind"),
                row.decimalOrNull("latitude"),
                row.decimalOrNull("longitude"));
    }
}
