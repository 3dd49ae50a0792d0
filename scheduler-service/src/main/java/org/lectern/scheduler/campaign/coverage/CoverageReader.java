package org.lectern.scheduler.campaign.coverage;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.problem.Messages;
import org.lectern.chassis.problem.NotFound;
import org.lectern.scheduler.booking.Participants.TopicRef;
import org.lectern.scheduler.campaign.CampaignClock;
import org.lectern.scheduler.campaign.CampaignView;
import org.lectern.scheduler.campaign.Campaigns;
import org.lectern.scheduler.campaign.coverage.Coverage.Place;
import org.lectern.scheduler.campaign.coverage.VisitProjection.Visits;

/**
 * Computes coverage from the stored visits at the time of the call. Items without bookings or requests count as not
 * planned: all branches × topics minus the rest.
 */
@ApplicationScoped
public class CoverageReader {

    private static final int PACE_DAYS = 14;
    private static final int LEAST_FOR_A_FORECAST = 3;

    private final Sql sql;
    private final BranchProjection kept;
    private final Campaigns campaigns;
    private final Messages messages;
    private final Clock clock;

    @Inject
    CoverageReader(Sql sql, BranchProjection kept, Campaigns campaigns, Messages messages, Clock clock) {
        this.sql = sql;
        this.kept = kept;
        this.campaigns = campaigns;
        this.messages = messages;
        this.clock = clock;
    }

    /** A branch that is targeted or excluded, or an ancestor of one. */
    private record Node(Place place, @Nullable UUID parent, boolean target, boolean excluded) {}

    /** Reads the visits of every branch, and the ancestors of the branches. */
    private void read(CampaignView campaign, CampaignClock now, @Nullable UUID under, Count count) {
        VisitProjection visits = kept.visits(now.at());
        Set<UUID> parents = new HashSet<>();
        kept.each(campaign, BranchProjection.Criteria.under(under), branch -> {
            UUID id = branch.place().id();
            boolean spared = branch.excluded() != null;
            count.nodes.put(id, new Node(branch.place(), branch.parent(), true, spared));
            if (branch.parent() != null) {
                parents.add(branch.parent());
            }
            if (!spared) {
                count.branch(id, visits, branch);
            }
        });
        if (under != null) {
            parents.add(under);
        }
        sql.list(
                """
                WITH RECURSIVE above AS (
                    SELECT id, parent_id FROM branch WHERE id = ANY (cast(? AS uuid[]))
                    UNION SELECT b.id, b.parent_id FROM branch b JOIN above ON b.id = above.parent_id)
                SELECT b.id, b.code, b.name, b.kind, b.latitude, b.longitude, b.parent_id FROM above JOIN branch b ON b.id = above.id""",
                row -> count.nodes.putIfAbsent(
                        row.id("id"), new Node(BranchProjection.place(row), row.idOrNull("parent_id"), false, false)),
                parents);
        if (under != null && !count.nodes.containsKey(under)) {
            throw new NotFound();
        }
    }

    Coverage coverage(UUID id, @Nullable UUID under) {
        CampaignView campaign = campaigns.view(id);
        CampaignClock now = CampaignClock.of(campaign, clock);
        var count = new Count(campaign, now);
        read(campaign, now, under, count);
        return put(campaign, now, under, count);
    }

    /**
     * The branches of a campaign, their ancestors and the items of every branch, counted in four dimensions at once.
     */
    private static final class Count {
        final CampaignView campaign;
        final CampaignClock now;
        final ZoneId zone;
        final Set<UUID> topics = new HashSet<>();
        final Map<UUID, Node> nodes = new HashMap<>();
        final Map<UUID, Tally> ofBranch = new HashMap<>();
        final Map<UUID, Tally> ofTopic = new HashMap<>();
        final Map<String, Tally> ofTier = new TreeMap<>();
        final TreeMap<LocalDate, Integer> heldOn = new TreeMap<>();
        private final Map<Long, LocalDate> days = new HashMap<>();

        Count(CampaignView campaign, CampaignClock now) {
            this.campaign = campaign;
            this.now = now;
            this.zone = ZoneId.of(campaign.zone());
            campaign.topics().forEach(topic -> topics.add(topic.id()));
        }

        void branch(UUID branch, VisitProjection reader, BranchProjection.Branch kept) {
            int required = campaign.lecturesPerBranch();
            Tally tally = ofBranch.computeIfAbsent(branch, each -> new Tally());
            Set<UUID> asked = kept.asked();
            reader.forEach(kept.visits(), visits -> {
                if (!topics.contains(visits.topic)) {
                    return; // the topic was removed from the campaign after the booking
                }
                CoverageState state = visits.state(required, now.over(), asked.remove(visits.topic));
                tally.add(state, 1);
                tally.add(visits);
                count(ofTopic, visits.topic, state, visits);
                count(ofTier, visits.tier == null ? "" : visits.tier, state, visits);
                if (state == CoverageState.HELD) {
                    LocalDate day = days.computeIfAbsent(
                            visits.heldAt(required),
                            micros -> Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L))
                                    .atZone(zone)
                                    .toLocalDate());
                    heldOn.merge(day, 1, Integer::sum);
                }
            });
            CoverageState wanted = now.over() ? CoverageState.MISSED : CoverageState.REQUESTED;
            for (UUID topic : asked) {
                tally.add(wanted, 1);
                count(ofTopic, topic, wanted, Visits.NONE);
                count(ofTier, "", wanted, Visits.NONE);
            }
        }
    }

    private static <K> void count(Map<K, Tally> tallies, K key, CoverageState state, Visits visits) {
        Tally tally = tallies.computeIfAbsent(key, each -> new Tally());
        tally.add(state, 1);
        tally.add(visits);
    }

    private Coverage put(CampaignView campaign, CampaignClock now, @Nullable UUID under, Count count) {
        Map<UUID, Node> nodes = count.nodes;
        Map<String, Tally> ofTier = count.ofTier;
        TreeMap<LocalDate, Integer> heldOn = count.heldOn;
        int topics = campaign.topics().size();
        CoverageState rest = now.over() ? CoverageState.MISSED : CoverageState.NOT_PLANNED;
        Tally all = new Tally();
        Map<String, Tally> ofKind = new TreeMap<>();
        Map<UUID, Tally> own = new HashMap<>();
        int reached = 0;
        int spared = 0;
        for (Node node : nodes.values()) {
            if (!node.target()) {
                continue;
            }
            Tally tally = new Tally();
            if (node.excluded()) {
                spared++;
                tally.add(CoverageState.EXCLUDED, topics);
            } else {
                reached++;
                Tally known = count.ofBranch.get(node.place().id());
                if (known != null) {
                    tally.add(known);
                }
                tally.add(rest, topics - tally.all());
                tally.addBranch(tally.of(CoverageState.HELD) == topics);
            }
            all.add(tally);
            ofKind.computeIfAbsent(node.place().kind(), kind -> new Tally()).add(tally);
            own.put(node.place().id(), tally);
        }
        List<Coverage.OfTopic> byTopic = new ArrayList<>();
        for (TopicRef topic : campaign.topics()) {
            Tally tally = count.ofTopic.getOrDefault(topic.id(), new Tally());
            tally.add(rest, reached - tally.all());
            tally.add(CoverageState.EXCLUDED, spared);
            byTopic.add(new Coverage.OfTopic(topic, Coverage.Totals.of(tally, false)));
        }
        Tally none = ofTier.computeIfAbsent("", tier -> new Tally());
        int known = ofTier.values().stream().mapToInt(Tally::all).sum();
        none.add(rest, reached * topics - known);
        none.add(CoverageState.EXCLUDED, spared * topics);
        List<Coverage.OfTier> byTier = new ArrayList<>();
        ofTier.forEach((tier, tally) -> {
            if (tally.all() > 0) {
                byTier.add(new Coverage.OfTier(tier.isEmpty() ? null : tier, Coverage.Totals.of(tally, false)));
            }
        });
        List<Coverage.Day> trend = new ArrayList<>();
        int soFar = 0;
        for (var day : heldOn.entrySet()) {
            soFar += day.getValue();
            trend.add(new Coverage.Day(day.getKey(), day.getValue(), soFar));
        }
        List<Coverage.OfKind> byKind = new ArrayList<>();
        ofKind.forEach((kind, tally) -> byKind.add(new Coverage.OfKind(kind, Coverage.Totals.of(tally, true))));
        Node top = under == null ? null : nodes.get(under);
        return new Coverage(
                campaign.id(),
                campaign.code(),
                campaign.name(),
                campaign.status(),
                now.at(),
                top == null ? null : top.place(),
                Coverage.Totals.of(all, true),
                districts(nodes, own, under),
                byKind,
                byTopic,
                byTier,
                trend,
                forecast(campaign, now, all, heldOn));
    }

    /** The level below a branch. For the whole campaign, the first level with more than one branch. */
    private static List<Coverage.District> districts(
            Map<UUID, Node> nodes, Map<UUID, Tally> own, @Nullable UUID under) {
        UUID top = under;
        while (true) {
            Map<UUID, Tally> level = level(nodes, own, top);
            UUID only = level.size() == 1 ? level.keySet().iterator().next() : null;
            if (under != null || only == null || own.containsKey(only)) {
                UUID parent = top;
                return level.entrySet().stream()
                        .map(each -> new Coverage.District(
                                node(nodes, each.getKey()).place(),
                                each.getKey().equals(parent),
                                Coverage.Totals.of(each.getValue(), true)))
                        .sorted(Comparator.comparing((Coverage.District each) -> !each.itself())
                                .thenComparing(each -> each.branch().code()))
                        .toList();
            }
            top = only;
        }
    }

    /** Totals of a subtree by child; the branch's own items count under its own name. */
    private static Map<UUID, Tally> level(Map<UUID, Node> nodes, Map<UUID, Tally> own, @Nullable UUID top) {
        Map<UUID, Tally> level = new LinkedHashMap<>();
        own.forEach((id, tally) -> {
            UUID part = id;
            if (!id.equals(top)) {
                UUID above = node(nodes, part).parent();
                while (above != null && !above.equals(top)) {
                    part = above;
                    above = node(nodes, part).parent();
                }
            }
            level.computeIfAbsent(part, each -> new Tally()).add(tally);
        });
        return level;
    }

    private static Node node(Map<UUID, Node> nodes, UUID id) {
        Node node = nodes.get(id);
        if (node == null) {
            throw new IllegalStateException("a branch above a target was not read");
        }
        return node;
    }

    private Coverage.Forecast forecast(
            CampaignView campaign, CampaignClock now, Tally all, TreeMap<LocalDate, Integer> heldOn) {
        int remaining = all.all() - all.of(CoverageState.EXCLUDED) - all.of(CoverageState.HELD);
        LocalDate first = now.today().minusDays(PACE_DAYS - 1L);
        if (campaign.from().isAfter(first)) {
            first = campaign.from();
        }
        int days = (int) Math.max(0, now.today().toEpochDay() - first.toEpochDay() + 1);
        int held = days == 0
                ? 0
                : heldOn.subMap(first, true, now.today(), true).values().stream()
                        .mapToInt(Integer::intValue)
                        .sum();
        if (remaining == 0) {
            LocalDate last = heldOn.isEmpty() ? now.today() : heldOn.lastKey();
            return new Coverage.Forecast(
                    0, days, held, last, !last.isAfter(campaign.until()), messages.text("forecast.done"));
        }
        if (days < LEAST_FOR_A_FORECAST || held < LEAST_FOR_A_FORECAST) {
            return new Coverage.Forecast(
                    remaining,
                    days,
                    held,
                    null,
                    null,
                    messages.text("forecast.not-enough", days, held, LEAST_FOR_A_FORECAST));
        }
        long more = Math.ceilDiv((long) remaining * days, (long) held);
        LocalDate finish = now.today().plusDays(more);
        return new Coverage.Forecast(
                remaining,
                days,
                held,
                finish,
                !finish.isAfter(campaign.until()),
                messages.text("forecast.pace", days, held, remaining, more));
    }

    /** Whether a date keeps the campaign's interval to all its lectures at a branch. */
    public boolean isFarFromOthers(CampaignView campaign, UUID branch, LocalDate day) {
        return sql.one(
                        """
                        SELECT 1 AS found FROM booking_branch v
                        WHERE v.campaign_id = ? AND v.branch_id = ?
                          AND occupies(v.status) AND NOT is_overdue(v.status, v.hold_expires_at)
                          AND abs(cast(v.starts_at AT TIME ZONE ? AS date) - cast(? AS date)) < ?
                        LIMIT 1""",
                        row -> row.number("found"),
                        campaign.id(),
                        branch,
                        campaign.zone(),
                        day,
                        campaign.minIntervalDays())
                .isEmpty();
    }
}
