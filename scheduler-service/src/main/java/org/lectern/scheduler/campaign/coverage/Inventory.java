package org.lectern.scheduler.campaign.coverage;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.problem.Messages;
import org.lectern.scheduler.booking.BookingStatus;
import org.lectern.scheduler.booking.Participants.TopicRef;
import org.lectern.scheduler.campaign.CampaignClock;
import org.lectern.scheduler.campaign.CampaignView;
import org.lectern.scheduler.campaign.coverage.Coverage.Place;
import org.lectern.scheduler.campaign.coverage.VisitProjection.Visits;

/**
 * The coverage of a campaign item by item. An item is one topic at one branch, with its state, the reason, the next
 * step and its bookings.
 */
@ApplicationScoped
public class Inventory {

    private static final int MOST_VISITS = 20;

    /** Growth factor of the number of branches read while a page is not full. */
    private static final int FURTHER = 4;

    private final Sql sql;
    private final BranchProjection kept;
    private final Messages messages;
    private final Clock clock;

    @Inject
    Inventory(Sql sql, BranchProjection kept, Messages messages, Clock clock) {
        this.sql = sql;
        this.kept = kept;
        this.messages = messages;
        this.clock = clock;
    }

    /** The filter of an inventory; absent criteria do not filter. */
    public record Criteria(
            BranchProjection.Criteria branches,
            @Nullable UUID topic,
            @Nullable CoverageState state,
            Order order) {

        /** All items of one branch. */
        public static Criteria of(UUID branch) {
            return new Criteria(new BranchProjection.Criteria(null, branch, null, null), null, null, Order.BRANCH);
        }

        /** The items in one state, below a branch. */
        public static Criteria of(@Nullable UUID under, CoverageState state, Order order) {
            return new Criteria(BranchProjection.Criteria.under(under), null, state, order);
        }
    }

    /** The order of an inventory; ties are ordered by branch and topic. */
    @Schema(name = "CoverageOrder")
    public enum Order {
        BRANCH,
        STATE,
        PRIORITY,
        HEAD_COUNT;

        /** Gives every difference the same number of digits. */
        private static final long MORE_THAN_ANY = 20_000_000_000L;

        private String key(Found item) {
            return switch (this) {
                case BRANCH -> "";
                case STATE -> Integer.toString(item.state.ordinal());
                case PRIORITY -> item.branch.priority() ? "0" : "1";
                case HEAD_COUNT -> Long.toString(MORE_THAN_ANY - item.visits.heads);
            };
        }
    }

    /** One item of a page, with its sort key. */
    public record Listed(CoverageItem item, String key) {}

    private static final class Found {
        private final BranchProjection.Branch branch;
        private final TopicRef topic;
        private final Visits visits;
        private final CoverageState state;
        private final String key;

        Found(BranchProjection.Branch branch, TopicRef topic, Visits visits, CoverageState state, Order order) {
            this.branch = branch;
            this.topic = topic;
            this.visits = visits;
            this.state = state;
            key = order.key(this) + " " + branch.place().code() + " " + topic.code();
        }

        String key() {
            return key;
        }
    }

    /** The first items by key, after a given key, up to a maximum. */
    private static final class Page {
        private final @Nullable String after;
        private final int most;
        private final PriorityQueue<Found> found =
                new PriorityQueue<>(Comparator.comparing(Found::key).reversed());

        Page(@Nullable String after, int most) {
            this.after = after;
            this.most = most;
        }

        void offer(Found item) {
            if (after != null && item.key.compareTo(after) <= 0) {
                return;
            }
            found.add(item);
            if (found.size() > most) {
                found.remove();
            }
        }

        boolean isFull() {
            return found.size() == most;
        }

        List<Found> inOrder() {
            return found.stream().sorted(Comparator.comparing(Found::key)).toList();
        }
    }

    /** Up to a maximum of items after a key. */
    public List<Listed> items(CampaignView campaign, Criteria criteria, @Nullable String after, int most) {
        CampaignClock now = CampaignClock.of(campaign, clock);
        VisitProjection reader = kept.visits(now.at());
        List<TopicRef> topics = campaign.topics().stream()
                .filter(topic -> criteria.topic() == null || topic.id().equals(criteria.topic()))
                .toList();
        Page page = new Page(after, most);
        if (criteria.order() == Order.BRANCH) {
            // a page in branch order reads only the branches that fill it; other orders need all branches
            String from = after == null ? "" : after.split(" ", -1)[1];
            int branches = most / Math.max(1, topics.size()) + 2;
            List<String> codes = new ArrayList<>();
            do {
                codes.clear();
                kept.each(campaign, criteria.branches(), from, branches, branch -> {
                    codes.add(branch.place().code());
                    offer(page, branch, campaign, topics, reader, now, criteria);
                });
                if (codes.size() < branches) {
                    break;
                }
                from = codes.getLast() + "\u0001"; // no text sorts between
                branches *= FURTHER;
            } while (!page.isFull());
        } else {
            kept.each(
                    campaign,
                    criteria.branches(),
                    branch -> offer(page, branch, campaign, topics, reader, now, criteria));
        }
        return traced(page.inOrder(), campaign);
    }

    private static void offer(
            Page page,
            BranchProjection.Branch branch,
            CampaignView campaign,
            List<TopicRef> topics,
            VisitProjection reader,
            CampaignClock now,
            Criteria criteria) {
        Map<UUID, Visits> known = new HashMap<>();
        reader.forEach(branch.visits(), visits -> known.put(visits.topic, visits));
        for (TopicRef topic : topics) {
            Visits visits = known.getOrDefault(topic.id(), Visits.NONE);
            CoverageState state = branch.excluded() != null
                    ? CoverageState.EXCLUDED
                    : visits.state(
                            campaign.lecturesPerBranch(),
                            now.over(),
                            branch.asked().contains(topic.id()));
            if (criteria.state() == null || criteria.state() == state) {
                page.offer(new Found(branch, topic, visits, state, criteria.order()));
            }
        }
    }

    /** The lectures behind an item. */
    private record CountedVisits(List<CoverageItem.Visit> visits) {
        static final CountedVisits NOTHING = new CountedVisits(List.of());

        boolean any(BookingStatus status) {
            return visits.stream().anyMatch(visit -> visit.status() == status);
        }
    }

    private List<Listed> traced(List<Found> found, CampaignView campaign) {
        record Key(UUID branch, UUID topic) {}
        if (found.isEmpty()) {
            return List.of();
        }
        Set<UUID> branches = new HashSet<>();
        Set<UUID> parents = new HashSet<>();
        found.forEach(each -> {
            branches.add(each.branch.place().id());
            if (each.branch.parent() != null) {
                parents.add(each.branch.parent());
            }
        });
        Map<UUID, Place> districts = new HashMap<>();
        sql.list(
                "SELECT id, code, name, kind, latitude, longitude FROM branch WHERE id = ANY (cast(? AS uuid[]))",
                row -> districts.put(row.id("id"), BranchProjection.place(row)),
                parents);
        Map<Key, CountedVisits> visited = new HashMap<>();
        sql.list(
                """
                SELECT v.branch_id, v.topic_id, v.booking_id, v.guest, v.starts_at, v.head_count, b.zone, l.name,
                       CASE WHEN is_overdue(v.status, v.hold_expires_at) THEN 'EXPIRED' ELSE v.status END AS status
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
                    visited.computeIfAbsent(
                                    new Key(row.id("branch_id"), row.id("topic_id")),
                                    key -> new CountedVisits(new ArrayList<>()))
                            .visits()
                            .add(visit);
                    return visit;
                },
                campaign.id(),
                branches);
        return found.stream()
                .map(each -> new Listed(
                        item(
                                each,
                                visited.getOrDefault(
                                        new Key(each.branch.place().id(), each.topic.id()), CountedVisits.NOTHING),
                                districts,
                                campaign.lecturesPerBranch()),
                        each.key))
                .toList();
    }

    private CoverageItem item(Found found, CountedVisits visited, Map<UUID, Place> districts, int required) {
        Visits visits = found.visits;
        CoverageReason reason = switch (found.state) {
            case EXCLUDED -> CoverageReason.EXCLUDED;
            case HELD -> CoverageReason.HELD;
            case ACKNOWLEDGED -> CoverageReason.ACKNOWLEDGED;
            case NOTIFIED -> CoverageReason.NOTIFIED;
            case BOOKED -> CoverageReason.UPCOMING;
            case MISSED -> visits.missed > 0 ? CoverageReason.NOT_RECORDED : CoverageReason.WINDOW_ENDED;
            case REQUESTED -> CoverageReason.REQUESTED;
            case NOT_PLANNED -> {
                if (visited.any(BookingStatus.HELD)) {
                    yield CoverageReason.ON_HOLD;
                }
                if (visits.held + visits.booked > 0) {
                    yield CoverageReason.PARTLY_BOOKED;
                }
                yield visited.any(BookingStatus.CANCELLED) ? CoverageReason.CANCELLED : CoverageReason.NEVER_BOOKED;
            }
        };
        String excluded = found.branch.excluded();
        UUID parent = found.branch.parent();
        return new CoverageItem(
                found.branch.place(),
                parent == null ? null : districts.get(parent),
                found.topic,
                found.state,
                reason,
                excluded != null
                        ? excluded
                        : messages.text("coverage.reason." + reason, visits.held, visits.booked, required),
                messages.text("coverage.step." + reason),
                required,
                visits.held,
                visits.booked,
                visits.heads,
                visits.jointHeads,
                visits.accepted,
                visits.rated,
                found.branch.priority(),
                visits.tier,
                visited.visits().stream().limit(MOST_VISITS).toList());
    }
}
