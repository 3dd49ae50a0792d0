package org.lectern.scheduler.planning.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.problem.Messages;
import org.lectern.scheduler.booking.Participants.BranchRef;
import org.lectern.scheduler.booking.Participants.LecturerRef;
import org.lectern.scheduler.booking.Participants.TopicRef;
import org.lectern.scheduler.booking.RuleViolation;
import org.lectern.scheduler.planning.draft.Plans;
import org.lectern.scheduler.planning.draft.Refused;
import org.lectern.scheduler.planning.draft.StoredItem;
import org.lectern.scheduler.planning.draft.StoredPlan;
import org.lectern.scheduler.planning.draft.TermsOf;
import org.lectern.scheduler.planning.facts.Item.Standing;
import org.lectern.scheduler.planning.facts.Slot;
import org.lectern.scheduler.planning.facts.Terms.Extra;
import org.lectern.scheduler.planning.web.PlanItemView.Before;
import org.lectern.scheduler.planning.web.PlanItemView.Filter;
import org.lectern.scheduler.planning.web.PlanItemView.PlannedVenue;
import org.lectern.scheduler.planning.web.PlanItemView.State;

/** The items of plans with names, for people. */
@ApplicationScoped
class PlanItems {

    private final Plans plans;
    private final Sql sql;
    private final Messages messages;

    @Inject
    PlanItems(Plans plans, Sql sql, Messages messages) {
        this.plans = plans;
        this.sql = sql;
        this.messages = messages;
    }

    /** The filter of a list; absent criteria do not filter. */
    record Criteria(
            @Nullable Filter state,
            @Nullable UUID lecturer,
            @Nullable UUID branch,
            @Nullable LocalDate day) {

        static final Criteria ALL = new Criteria(null, null, null, null);

        private boolean matches(StoredItem each, ZoneId zone) {
            Slot slot = each.slot();
            return (lecturer == null || (slot != null && slot.lecturerId().equals(lecturer)))
                    && (branch == null || each.item().branchId().equals(branch))
                    && (day == null
                            || (slot != null
                                    && slot.start().atZone(zone).toLocalDate().equals(day)))
                    && (state == null || matches(state, each));
        }

        private static boolean matches(Filter state, StoredItem each) {
            return switch (state) {
                case PLACED -> each.slot() != null;
                case LEFT_OUT -> each.slot() == null && !each.item().excluded();
                case PINNED -> each.slot() != null && each.slot().pinned();
                case EXCLUDED -> each.item().excluded();
                case REFUSED -> each.refusal() != null;
                case CHANGED -> isChanged(each);
            };
        }
    }

    /** Whether a repair changes the booking. */
    static boolean isChanged(StoredItem each) {
        Standing before = each.item().standing();
        Slot slot = each.slot();
        return before != null && slot != null && before.isLeftFor(slot);
    }

    /** The items after a number, in order. */
    List<PlanItemView> list(StoredPlan plan, Criteria criteria, int after, int most) {
        List<StoredItem> found = plans.items(plan.id()).stream()
                .filter(each -> each.number() > after && criteria.matches(each, plan.zone()))
                .limit(most)
                .toList();
        return views(plan, found);
    }

    PlanItemView get(StoredPlan plan, int number) {
        return views(plan, List.of(plans.item(plan.id(), number))).getFirst();
    }

    private record Host(BranchRef ref, ZoneId zone, boolean priority) {}

    /** These items with names; one query per kind of name. */
    List<PlanItemView> views(StoredPlan plan, List<StoredItem> items) {
        Map<UUID, Host> branches = branches(plan, items);
        Map<UUID, TopicRef> topics = topics(items);
        Map<UUID, LecturerRef> lecturers = lecturers(plan, items);
        Map<UUID, PlannedVenue> venues = venues(items);
        Map<UUID, List<UUID>> requested = requested(items);
        List<PlanItemView> views = new ArrayList<>();
        for (StoredItem each : items) {
            Host host = branches.get(each.item().branchId());
            TopicRef topic = topics.get(each.item().topicId());
            if (host == null || topic == null) {
                throw new IllegalStateException("a branch or topic is gone");
            }
            Slot slot = each.slot();
            Refused refusal = each.refusal();
            views.add(new PlanItemView(
                    each.number(),
                    host.ref(),
                    topic,
                    each.item().occurrence(),
                    host.priority(),
                    requested.getOrDefault(each.item().branchId(), List.of()).contains(topic.id()),
                    state(each),
                    slot != null && slot.pinned(),
                    slot == null ? null : lecturers.get(slot.lecturerId()),
                    slot == null || slot.venueId() == null ? null : venues.get(slot.venueId()),
                    slot == null ? null : local(slot.start(), host.zone()),
                    slot == null ? null : local(slot.end(), host.zone()),
                    host.zone().getId(),
                    slot == null ? null : slot.host(),
                    null,
                    refusal == null ? null : violation(refusal),
                    each.bookingId(),
                    before(plan, each.item().standing(), lecturers, venues, host.zone())));
        }
        return views;
    }

    private static State state(StoredItem each) {
        Slot slot = each.slot();
        if (slot == null) {
            return each.item().excluded() ? State.EXCLUDED : State.LEFT_OUT;
        }
        return slot.host() == null ? State.PLACED : State.GUEST;
    }

    RuleViolation violation(Refused refusal) {
        return new RuleViolation(
                refusal.code(), messages.text(refusal.key(), refusal.arguments().toArray()));
    }

    private static OffsetDateTime local(Instant moment, ZoneId zone) {
        return moment.atZone(zone).toOffsetDateTime();
    }

    private static @Nullable Before before(
            StoredPlan plan,
            @Nullable Standing booking,
            Map<UUID, LecturerRef> lecturers,
            Map<UUID, PlannedVenue> venues,
            ZoneId zone) {
        LecturerRef lecturer = booking == null ? null : lecturers.get(booking.lecturerId());
        if (booking == null || lecturer == null) {
            return null;
        }
        return new Before(
                booking.bookingId(),
                lecturer,
                booking.venueId() == null ? null : venues.get(booking.venueId()),
                local(booking.start(), zone),
                local(booking.end(), zone),
                !isGone(plan, booking));
    }

    private static boolean isGone(StoredPlan plan, Standing booking) {
        LocalDate date = booking.start().atZone(plan.zone()).toLocalDate();
        return TermsOf.gone(plan.terms()).stream()
                .anyMatch(each -> each.concerns(booking.lecturerId(), booking.venueId(), date));
    }

    private Map<UUID, Host> branches(StoredPlan plan, List<StoredItem> items) {
        Map<UUID, Host> found = new HashMap<>();
        sql.list(
                """
                SELECT b.id, b.code, b.name, b.zone, coalesce(t.priority, false) AS priority
                FROM branch b
                LEFT JOIN campaign_target t ON t.branch_id = b.id AND t.campaign_id = ?
                WHERE b.id = ANY (cast(? AS uuid[]))""",
                row -> found.put(
                        row.id("id"),
                        new Host(
                                new BranchRef(row.id("id"), row.text("code"), row.text("name")),
                                ZoneId.of(row.text("zone")),
                                row.flag("priority"))),
                plan.campaignId(),
                items.stream().map(each -> each.item().branchId()).collect(Collectors.toSet()));
        return found;
    }

    private Map<UUID, TopicRef> topics(List<StoredItem> items) {
        Map<UUID, TopicRef> found = new HashMap<>();
        sql.list(
                "SELECT id, code, title FROM topic WHERE id = ANY (cast(? AS uuid[]))",
                row -> found.put(row.id("id"), new TopicRef(row.id("id"), row.text("code"), row.text("title"))),
                items.stream().map(each -> each.item().topicId()).collect(Collectors.toSet()));
        return found;
    }

    private Map<UUID, LecturerRef> lecturers(StoredPlan plan, List<StoredItem> items) {
        List<UUID> wanted = new ArrayList<>();
        for (StoredItem each : items) {
            if (each.slot() != null) {
                wanted.add(each.slot().lecturerId());
            }
            if (each.item().standing() != null) {
                wanted.add(each.item().standing().lecturerId());
            }
        }
        return lecturersById(plan, wanted);
    }

    /** Lecturers by id, invented ones included. */
    Map<UUID, LecturerRef> lecturersById(StoredPlan plan, List<UUID> wanted) {
        List<Extra> extras = plan.terms().extra() == null
                ? List.of()
                : plan.terms().extra().stream()
                        .map(each -> new Extra(each.likeLecturerId(), each.count()))
                        .toList();
        List<UUID> asked = new ArrayList<>(wanted);
        extras.forEach(each -> asked.add(each.likeLecturerId()));
        Map<UUID, LecturerRef> found = new HashMap<>();
        sql.list(
                "SELECT id, code, name, tier FROM lecturer WHERE id = ANY (cast(? AS uuid[]))",
                row -> found.put(
                        row.id("id"),
                        new LecturerRef(row.id("id"), row.text("code"), row.text("name"), row.text("tier"))),
                asked.stream().distinct().toList());
        for (Extra extra : extras) {
            LecturerRef like = found.get(extra.likeLecturerId());
            for (int i = 1; i <= extra.count() && like != null; i++) {
                found.put(
                        extra.id(i),
                        new LecturerRef(extra.id(i), like.code() + " +" + i, like.name() + " +" + i, like.tier()));
            }
        }
        return found;
    }

    private Map<UUID, PlannedVenue> venues(List<StoredItem> items) {
        List<UUID> wanted = new ArrayList<>();
        for (StoredItem each : items) {
            if (each.slot() != null && each.slot().venueId() != null) {
                wanted.add(each.slot().venueId());
            }
            if (each.item().standing() != null && each.item().standing().venueId() != null) {
                wanted.add(each.item().standing().venueId());
            }
        }
        return venuesById(wanted);
    }

    Map<UUID, PlannedVenue> venuesById(List<UUID> wanted) {
        Map<UUID, PlannedVenue> found = new HashMap<>();
        sql.list("""
                SELECT v.id, v.code, v.name, coalesce(v.latitude, b.latitude) AS latitude,
                       coalesce(v.longitude, b.longitude) AS longitude
                FROM venue v LEFT JOIN branch b ON b.id = v.branch_id
                WHERE v.id = ANY (cast(? AS uuid[]))""", PlanItems::venue, wanted.stream().distinct().toList())
                .forEach(each -> found.put(each.id(), each));
        return found;
    }

    private static PlannedVenue venue(Sql.Row row) throws SQLException {
        return new PlannedVenue(
                row.id("id"),
                row.text("code"),
                row.text("name"),
                row.decimalOrNull("latitude"),
                row.decimalOrNull("longitude"));
    }

    private Map<UUID, List<UUID>> requested(List<StoredItem> items) {
        Map<UUID, List<UUID>> requested = new HashMap<>();
        sql.list(
                """
                SELECT branch_id, topic_id FROM lecture_request
                WHERE branch_id = ANY (cast(? AS uuid[])) AND status IN ('WAITING', 'OFFERED')""",
                row -> requested
                        .computeIfAbsent(row.id("branch_id"), id -> new ArrayList<>())
                        .add(row.id("topic_id")),
                items.stream().map(each -> each.item().branchId()).collect(Collectors.toSet()));
        return requested;
    }
}
