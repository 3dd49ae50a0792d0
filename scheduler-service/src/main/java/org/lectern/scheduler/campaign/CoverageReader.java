package org.lectern.scheduler.campaign;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
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
import org.lectern.scheduler.booking.BookingStatus;
import org.lectern.scheduler.booking.Parties.TopicRef;
import org.lectern.scheduler.campaign.Coverage.Place;
import org.lectern.scheduler.problem.Messages;
import org.lectern.scheduler.problem.NotFound;
import org.lectern.scheduler.transaction.Sql;

/**
 * Counts how far a campaign has come at the moment it is asked: the figures from what is kept of each branch, or from its
 * bookings where they have changed since; the inventory always from bookings. What bookings and requests do not speak
 * of is, of branches × topics, what nobody has planned.
 */
@ApplicationScoped
class CoverageReader {

    private static final int PACE_DAYS = 14;
    private static final int LEAST_FOR_A_FORECAST = 3;
    private static final int MOST_VISITS = 20;

    private final Sql sql;
    private final Campaigns campaigns;
    private final Messages messages;
    private final Clock clock;

    @Inject
    CoverageReader(Sql sql, Campaigns campaigns, Messages messages, Clock clock) {
        this.sql = sql;
        this.campaigns = campaigns;
        this.messages = messages;
        this.clock = clock;
    }

    /** What an inventory is narrowed to; absent criteria do not filter. */
    record Criteria(
            @Nullable UUID under,
            @Nullable UUID branch,
            @Nullable String kind,
            @Nullable UUID topic,
            @Nullable CoverageState state,
            @Nullable Boolean priority,
            Order order) {

        static final Criteria ALL = new Criteria(null, null, null, null, null, null, Order.BRANCH);

        /** What one branch has. */
        static Criteria of(UUID branch) {
            return new Criteria(null, branch, null, null, null, null, Order.BRANCH);
        }
    }

    /** How an inventory is sorted; then by branch and topic. */
    enum Order {
        BRANCH("''"),
        STATE("lpad(cast(state AS text), 2, '0')"),
        PRIORITY("CASE WHEN priority THEN '0' ELSE '1' END"),
        HEAD_COUNT("lpad(cast(99999999 - heads AS text), 8, '0')");

        private final String key;

        Order(String key) {
            this.key = key;
        }
    }

    /** A query in pieces, each with its parameters. */
    private static final class Query {
        private final StringBuilder text = new StringBuilder();
        private final List<@Nullable Object> values = new ArrayList<>();

        Query add(String piece, @Nullable Object... parameters) {
            text.append(piece).append('\n');
            for (Object each : parameters) {
                values.add(each);
            }
            return this;
        }

        @Nullable
        Object[] parameters() {
            return values.toArray();
        }
    }

    /** A branch that must be reached or is excluded, or stands above one. */
    private record Node(Place place, @Nullable UUID parent, boolean target, boolean excluded) {}

    /** Where the search stands now: the moment, and whether the window is over. */
    private record Now(Instant at, LocalDate today, boolean over) {}

    private Now now(CampaignView campaign) {
        Instant at = clock.instant();
        LocalDate today = at.atZone(ZoneId.of(campaign.zone())).toLocalDate();
        return new Now(at, today, today.isAfter(campaign.until()));
    }

    Coverage coverage(UUID id, @Nullable UUID under) {
        CampaignView campaign = campaigns.view(id);
        Now now = now(campaign);
        var count = new Count(campaign, now);
        read(campaign, now, under, count);
        return put(campaign, now, under, count);
    }

    /** The branches a campaign is for, those above them, and the items of every branch counted in four ways at once. */
    private static final class Count {
        final CampaignView campaign;
        final Now now;
        final ZoneId zone;
        final Set<UUID> topics = new HashSet<>();
        final Map<UUID, Node> nodes = new HashMap<>();
        final Map<UUID, Tally> ofBranch = new HashMap<>();
        final Map<UUID, Tally> ofTopic = new HashMap<>();
        final Map<String, Tally> ofTier = new TreeMap<>();
        final TreeMap<LocalDate, Integer> heldOn = new TreeMap<>();
        private final Map<Long, LocalDate> days = new HashMap<>();

        Count(CampaignView campaign, Now now) {
            this.campaign = campaign;
            this.now = now;
            this.zone = ZoneId.of(campaign.zone());
            campaign.topics().forEach(topic -> topics.add(topic.id()));
        }

        void branch(UUID branch, KeptVisits reader, byte @Nullable [] kept, byte @Nullable [] requests) {
            int required = campaign.lecturesPerBranch();
            Tally tally = ofBranch.computeIfAbsent(branch, each -> new Tally());
            List<UUID> asked = KeptVisits.topics(requests);
            reader.forEach(kept, visits -> {
                if (!topics.contains(visits.topic)) {
                    return; // taken out of the campaign after it was booked
                }
                CoverageState state = visits.state(required, now.over(), asked.remove(visits.topic));
                tally.add(state, 1);
                tally.addHeads(visits.heads);
                count(ofTopic, visits.topic, state, 1, visits.heads);
                count(ofTier, visits.tier == null ? "" : visits.tier, state, 1, visits.heads);
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
                count(ofTopic, topic, wanted, 1, 0);
                count(ofTier, "", wanted, 1, 0);
            }
        }
    }

    /**
     * Reads what is kept of every branch, and of a branch that has changed since what its bookings say; all in one
     * statement, so as of one moment.
     */
    private void read(CampaignView campaign, Now now, @Nullable UUID under, Count count) {
        Map<UUID, String> tiers = new HashMap<>();
        sql.list("SELECT id, tier FROM lecturer", row -> tiers.put(row.id("id"), row.text("tier")));
        var visits = new KeptVisits(tiers, ChronoUnit.MICROS.between(Instant.EPOCH, now.at()));
        var query = new Query().add("WITH RECURSIVE");
        if (under != null) {
            query.add("below AS (" + BELOW + "),", under);
        }
        query.add("""
                changed AS (SELECT DISTINCT branch_id FROM coverage_changed WHERE campaign_id = ?),
                asked AS (
                    SELECT r.branch_id, string_agg(uuid_send(r.topic_id), ''::bytea) AS topics
                    FROM lecture_request r JOIN campaign_topic c ON c.campaign_id = ? AND c.topic_id = r.topic_id
                    WHERE r.status IN ('WAITING', 'OFFERED') GROUP BY r.branch_id)
                SELECT b.id, b.code, b.name, b.kind, b.parent_id, t.excluded IS NOT NULL AS spared, a.topics AS asked,
                       CASE WHEN c.branch_id IS NULL THEN k.visits ELSE coverage_visits(t.campaign_id, t.branch_id) END AS visits
                FROM campaign_target t
                JOIN branch b ON b.id = t.branch_id
                LEFT JOIN coverage_kept k ON k.campaign_id = t.campaign_id AND k.branch_id = t.branch_id
                LEFT JOIN changed c ON c.branch_id = t.branch_id
                LEFT JOIN asked a ON a.branch_id = t.branch_id
                WHERE t.campaign_id = ?""", campaign.id(), campaign.id(), campaign.id());
        if (under != null) {
            query.add("AND t.branch_id IN (SELECT id FROM below)");
        }
        Set<UUID> parents = new HashSet<>();
        sql.list(
                query.text.toString(),
                row -> {
                    UUID branch = row.id("id");
                    UUID parent = row.idOrNull("parent_id");
                    boolean spared = row.flag("spared");
                    count.nodes.put(branch, new Node(place(row), parent, true, spared));
                    if (parent != null) {
                        parents.add(parent);
                    }
                    if (!spared) {
                        count.branch(branch, visits, row.bytesOrNull("visits"), row.bytesOrNull("asked"));
                    }
                    return spared;
                },
                query.parameters());
        if (under != null) {
            parents.add(under);
        }
        sql.list(
                """
                WITH RECURSIVE above AS (
                    SELECT id, parent_id FROM branch WHERE id = ANY (cast(? AS uuid[]))
                    UNION SELECT b.id, b.parent_id FROM branch b JOIN above ON b.id = above.parent_id)
                SELECT b.id, b.code, b.name, b.kind, b.parent_id FROM above JOIN branch b ON b.id = above.id""",
                row -> count.nodes.putIfAbsent(
                        row.id("id"), new Node(place(row), row.idOrNull("parent_id"), false, false)),
                parents);
        if (under != null && !count.nodes.containsKey(under)) {
            throw new NotFound();
        }
    }

    private static Place place(Sql.Row row) throws SQLException {
        return new Place(row.id("id"), row.text("code"), row.text("name"), row.text("kind"));
    }

    private static <K> void count(Map<K, Tally> tallies, K key, CoverageState state, int items, long heads) {
        Tally tally = tallies.computeIfAbsent(key, each -> new Tally());
        tally.add(state, items);
        tally.addHeads(heads);
    }

    private static final String BELOW = """
            SELECT id FROM branch WHERE id = ?
            UNION SELECT b.id FROM branch b JOIN below ON b.parent_id = below.id""";

    /**
     * What an item's lectures amount to; its parameters are the lectures required, four times, and whether time is over.
     */
    private static final String STATE = """
            CASE WHEN i.held >= ? THEN 5
                 WHEN i.held + i.acknowledged >= ? THEN 4
                 WHEN i.held + i.told >= ? THEN 3
                 WHEN i.held + i.booked >= ? THEN 2
                 WHEN i.missed > 0 OR ? THEN 6
                 WHEN i.asked THEN 1
                 ELSE 0 END""";

    /**
     * The items that lectures or requests speak of.
     *
     * @param narrower a condition on {@code v.branch_id}, or nothing
     */
    private static void items(Query query, CampaignView campaign, Now now, String narrower) {
        query.add(
                """
                item AS (
                    SELECT v.branch_id, v.topic_id,
                           count(*) FILTER (WHERE v.status = 'COMPLETED') AS held,
                           count(*) FILTER (WHERE v.status = 'CONFIRMED' AND v.ends_at > ?) AS booked,
                           count(*) FILTER (WHERE v.acknowledged) AS acknowledged,
                           count(*) FILTER (WHERE v.told OR v.acknowledged) AS told,
                           count(*) FILTER (WHERE v.status = 'CONFIRMED' AND v.ends_at <= ?) AS missed,
                           coalesce(sum(v.head_count) FILTER (WHERE NOT v.guest), 0) AS heads,
                           coalesce(sum(v.head_count) FILTER (WHERE v.guest), 0) AS joint_heads,
                           bool_or(v.status = 'HELD' AND v.hold_expires_at > ?) AS on_hold,
                           bool_or(v.status = 'CANCELLED') AS cancelled,
                           bool_or(v.status = 'ASKED') AS asked,
                           max(CASE WHEN v.status = 'COMPLETED' THEN '3' || l.tier
                                    WHEN v.status = 'CONFIRMED' AND v.ends_at > ? THEN '2' || l.tier
                                    WHEN v.status = 'CONFIRMED' THEN '1' || l.tier END COLLATE "C") AS tier
                    FROM (SELECT branch_id, topic_id, lecturer_id, guest, status, starts_at, ends_at, hold_expires_at, head_count,
                                 -- only of what lies ahead; told_version reads the history, so it comes last
                                 CASE WHEN status = 'CONFIRMED' AND ends_at > ?
                                      THEN EXISTS (SELECT FROM acknowledgement a
                                                   WHERE a.booking_id = p.booking_id AND a.branch_id = p.branch_id
                                                     AND a.version >= told_version(a.booking_id))
                                      ELSE false END AS acknowledged,
                                 CASE WHEN status = 'CONFIRMED' AND ends_at > ?
                                      THEN EXISTS (SELECT FROM notice_delivered d
                                                   WHERE d.booking_id = p.booking_id AND d.branch_id = p.branch_id
                                                     AND d.version >= told_version(d.booking_id))
                                      ELSE false END AS told
                          FROM booking_branch p WHERE campaign_id = ?
                          UNION ALL
                          SELECT r.branch_id, r.topic_id, NULL, false, 'ASKED', NULL, NULL, NULL, NULL, false, false
                          FROM lecture_request r
                          JOIN campaign_topic c ON c.campaign_id = ? AND c.topic_id = r.topic_id
                          WHERE r.status IN ('WAITING', 'OFFERED')) v
                    LEFT JOIN lecturer l ON l.id = v.lecturer_id
                    %s
                    GROUP BY v.branch_id, v.topic_id)""".formatted(narrower),
                now.at(),
                now.at(),
                now.at(),
                now.at(),
                now.at(),
                now.at(),
                campaign.id(),
                campaign.id());
    }

    private Coverage put(CampaignView campaign, Now now, @Nullable UUID under, Count count) {
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

    /** The level below a branch; that of the whole campaign is the first with more than one branch in it. */
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

    /** Everything below a branch, by the child it belongs to; the branch's own part under its own name. */
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

    private Coverage.Forecast forecast(CampaignView campaign, Now now, Tally all, TreeMap<LocalDate, Integer> heldOn) {
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

    /** One item as a page of the inventory has it, with the key it is sorted by. */
    record Listed(CoverageItem item, String key) {}

    /** The inventory item by item, after a key of it. */
    List<Listed> items(CampaignView campaign, Criteria criteria, @Nullable String after, int most) {
        Now now = now(campaign);
        int required = campaign.lecturesPerBranch();
        // by branch and not by state, a page needs no other branches than its own
        boolean pageByBranch = criteria.order() == Order.BRANCH && criteria.state() == null;
        var query = new Query().add("WITH RECURSIVE");
        if (criteria.under() != null) {
            query.add("below AS (" + BELOW + "),", criteria.under());
        }
        query.add("""
                wanted AS MATERIALIZED (
                    SELECT b.id, b.code, b.name, b.kind, b.parent_id, t.priority, t.excluded
                    FROM campaign_target t JOIN branch b ON b.id = t.branch_id
                    WHERE t.campaign_id = ?""", campaign.id());
        if (criteria.under() != null) {
            query.add("AND b.id IN (SELECT id FROM below)");
        }
        if (criteria.branch() != null) {
            query.add("AND b.id = ?", criteria.branch());
        }
        if (criteria.kind() != null) {
            query.add("AND b.kind = ?", criteria.kind());
        }
        if (criteria.priority() != null) {
            query.add("AND t.priority = ?", criteria.priority());
        }
        if (pageByBranch) {
            if (after != null) {
                query.add("AND b.code COLLATE \"C\" >= ?", after.split(" ", -1)[1]);
            }
            query.add("ORDER BY b.code COLLATE \"C\" LIMIT ?", most + 1);
        }
        query.add("),");
        items(query, campaign, now, pageByBranch ? "WHERE v.branch_id IN (SELECT id FROM wanted)" : "");
        query.add(
                """
                , listed AS (
                    SELECT w.*, c.topic_id, p.code AS topic_code, p.title, coalesce(i.held, 0) AS held,
                           coalesce(i.booked, 0) AS booked, coalesce(i.missed, 0) AS missed,
                           coalesce(i.heads, 0) AS heads, coalesce(i.joint_heads, 0) AS joint_heads,
                           coalesce(i.on_hold, false) AS on_hold, coalesce(i.cancelled, false) AS cancelled,
                           coalesce(i.asked, false) AS asked, substr(i.tier, 2) AS tier,
                           CASE WHEN w.excluded IS NOT NULL THEN 7
                                WHEN i.branch_id IS NULL THEN CASE WHEN ? THEN 6 ELSE 0 END
                                ELSE %s END AS state
                    FROM wanted w
                    CROSS JOIN campaign_topic c
                    JOIN topic p ON p.id = c.topic_id
                    LEFT JOIN item i ON i.branch_id = w.id AND i.topic_id = c.topic_id
                    WHERE c.campaign_id = ?),
                keyed AS (SELECT *, (%s || ' ' || code || ' ' || topic_code) COLLATE "C" AS key FROM listed)
                SELECT k.*, d.id AS district_id, d.code AS district_code, d.name AS district_name, d.kind AS district_kind
                FROM keyed k LEFT JOIN branch d ON d.id = k.parent_id
                WHERE true""".formatted(STATE, criteria.order().key),
                now.over(),
                required,
                required,
                required,
                required,
                now.over(),
                campaign.id());
        if (criteria.topic() != null) {
            query.add("AND k.topic_id = ?", criteria.topic());
        }
        if (criteria.state() != null) {
            query.add("AND k.state = ?", criteria.state().ordinal());
        }
        if (after != null) {
            query.add("AND k.key > ?", after);
        }
        query.add("ORDER BY k.key LIMIT ?", most);
        List<Listed> found = sql.list(query.text.toString(), row -> listed(row, campaign, now), query.parameters());
        return traced(found, campaign);
    }

    private Listed listed(Sql.Row row, CampaignView campaign, Now now) throws SQLException {
        CoverageState state = CoverageState.at(row.number("state"));
        int required = campaign.lecturesPerBranch();
        int held = row.number("held");
        int booked = row.number("booked");
        CoverageReason reason = switch (state) {
            case EXCLUDED -> CoverageReason.EXCLUDED;
            case HELD -> CoverageReason.HELD;
            case ACKNOWLEDGED -> CoverageReason.ACKNOWLEDGED;
            case TOLD -> CoverageReason.TOLD;
            case BOOKED -> CoverageReason.LIES_AHEAD;
            case MISSED -> row.number("missed") > 0 ? CoverageReason.NOT_RECORDED : CoverageReason.WINDOW_OVER;
            case REQUESTED -> CoverageReason.ASKED;
            case NOT_PLANNED ->
                row.flag("on_hold")
                        ? CoverageReason.ON_HOLD
                        : held + booked > 0
                                ? CoverageReason.PARTLY_BOOKED
                                : row.flag("cancelled") ? CoverageReason.CANCELLED : CoverageReason.NEVER_BOOKED;
        };
        String excluded = row.textOrNull("excluded");
        UUID district = row.idOrNull("district_id");
        var item = new CoverageItem(
                new Place(row.id("id"), row.text("code"), row.text("name"), row.text("kind")),
                district == null
                        ? null
                        : new Place(
                                district,
                                row.text("district_code"),
                                row.text("district_name"),
                                row.text("district_kind")),
                new TopicRef(row.id("topic_id"), row.text("topic_code"), row.text("title")),
                state,
                reason,
                excluded != null ? excluded : messages.text("coverage.reason." + reason, held, booked, required),
                messages.text("coverage.step." + reason),
                required,
                held,
                booked,
                row.bigNumber("heads"),
                row.bigNumber("joint_heads"),
                row.flag("priority"),
                row.textOrNull("tier"),
                List.of());
        return new Listed(item, row.text("key"));
    }

    /** Whether a day leaves the campaign's interval to every lecture of it that a branch has. */
    boolean isFarFromOthers(CampaignView campaign, UUID branch, LocalDate day) {
        return sql.one(
                        """
                        SELECT 1 AS found FROM booking_branch v
                        WHERE v.campaign_id = ? AND v.branch_id = ?
                          AND (v.status IN ('CONFIRMED', 'COMPLETED')
                               OR v.status = 'HELD' AND v.hold_expires_at > statement_timestamp())
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

    /** The same with the lectures each item is told from. */
    private List<Listed> traced(List<Listed> found, CampaignView campaign) {
        record Key(UUID branch, UUID topic) {}
        if (found.isEmpty()) {
            return found;
        }
        Set<UUID> branches = new HashSet<>();
        found.forEach(each -> branches.add(each.item().branch().id()));
        Map<Key, List<CoverageItem.Visit>> visits = new HashMap<>();
        sql.list(
                """
                SELECT v.branch_id, v.topic_id, v.booking_id, v.guest, v.starts_at, v.head_count, b.zone, l.name,
                       CASE WHEN v.status = 'HELD' AND v.hold_expires_at <= statement_timestamp() THEN 'EXPIRED'
                            ELSE v.status END AS status
                FROM booking_branch v JOIN booking b ON b.id = v.booking_id JOIN lecturer l ON l.id = v.lecturer_id
                WHERE v.campaign_id = ? AND v.branch_id = ANY (?)
                ORDER BY v.starts_at DESC, v.booking_id""",
                row -> {
                    var visit = new CoverageItem.Visit(
                            row.id("booking_id"),
                            BookingStatus.valueOf(row.text("status")),
                            row.flag("guest"),
                            row.time("starts_at")
                                    .atZone(ZoneId.of(row.text("zone")))
                                    .toOffsetDateTime(),
                            row.text("name"),
                            row.numberOrNull("head_count"));
                    visits.computeIfAbsent(new Key(row.id("branch_id"), row.id("topic_id")), key -> new ArrayList<>())
                            .add(visit);
                    return visit;
                },
                campaign.id(),
                branches);
        return found.stream()
                .map(each -> {
                    CoverageItem item = each.item();
                    List<CoverageItem.Visit> its = visits.getOrDefault(
                            new Key(item.branch().id(), item.topic().id()), List.of());
                    return new Listed(
                            new CoverageItem(
                                    item.branch(),
                                    item.district(),
                                    item.topic(),
                                    item.state(),
                                    item.reason(),
                                    item.detail(),
                                    item.nextStep(),
                                    item.required(),
                                    item.held(),
                                    item.booked(),
                                    item.headCount(),
                                    item.jointHeadCount(),
                                    item.priority(),
                                    item.tier(),
                                    its.stream().limit(MOST_VISITS).toList()),
                            each.key());
                })
                .toList();
    }
}
