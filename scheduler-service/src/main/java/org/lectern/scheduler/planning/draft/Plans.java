package org.lectern.scheduler.planning.draft;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.http.Cursor;
import org.lectern.chassis.problem.NotFound;
import org.lectern.scheduler.planning.facts.Item;
import org.lectern.scheduler.planning.facts.Item.Standing;
import org.lectern.scheduler.planning.facts.Slot;

/** All stored plans and their items. */
@ApplicationScoped
public class Plans {

    private static final String SELECT = """
            SELECT p.id, p.version, p.campaign_id, c.code, c.name AS campaign_name, c.zone, p.name, p.purpose, p.state,
                   cast(p.terms AS text) AS terms, p.seconds, p.seed, p.facts_at, cast(p.figures AS text) AS figures,
                   p.failure, cast(p.publication AS text) AS publication, p.created_at, p.created_by, p.updated_at
            FROM plan p JOIN campaign c ON c.id = p.campaign_id
            """;

    private static final String ITEMS = """
            SELECT number, branch_id, topic_id, occurrence, excluded, pinned, lecturer_id, venue_id, starts_at, ends_at, host,
                   cast(standing AS text) AS standing, booking_id, cast(refusal AS text) AS refusal
            FROM plan_item WHERE plan_id = ?
            """;

    private final Sql sql;
    private final ObjectMapper json;
    private final Clock clock;

    @Inject
    Plans(Sql sql, ObjectMapper json, Clock clock) {
        this.sql = sql;
        this.json = json;
        this.clock = clock;
    }

    /** Stores a new plan that waits for a worker; its version is 1. */
    public void add(UUID id, PlanRequest terms, String name, Purpose purpose, int seconds, long seed, String actor) {
        Instant now = clock.instant();
        sql.update("""
                INSERT INTO plan (id, version, campaign_id, name, purpose, state, terms, seconds, seed,
                                  created_at, created_by, updated_at)
                VALUES (?, 1, ?, ?, ?, 'QUEUED', cast(? AS jsonb), ?, ?, ?, ?, ?)""", id, terms.campaignId(), name, purpose.name(), write(terms), seconds, seed, now, actor, now);
        log(id, actor, "CREATED", null);
    }

    public StoredPlan get(UUID id) {
        return find(id).orElseThrow(NotFound::new);
    }

    public Optional<StoredPlan> find(UUID id) {
        return sql.one(SELECT + "WHERE p.id = ?", this::plan, id);
    }

    /** The plan under lock: no other transaction can change it or its items. */
    public StoredPlan locked(UUID id) {
        UUID locked = sql.one("SELECT id FROM plan WHERE id = ? FOR UPDATE", row -> row.id("id"), id)
                .orElseThrow(NotFound::new);
        return get(locked);
    }

    /** The newest first. */
    public List<StoredPlan> list(@Nullable UUID campaign, @Nullable PlanState state, @Nullable Cursor after, int most) {
        StringBuilder where = new StringBuilder("WHERE true");
        List<@Nullable Object> values = new ArrayList<>();
        if (campaign != null) {
            where.append(" AND p.campaign_id = ?");
            values.add(campaign);
        }
        if (state != null) {
            where.append(" AND p.state = ?");
            values.add(state.name());
        }
        if (after != null) {
            where.append(" AND (p.created_at, p.id) < (cast(? AS timestamptz), cast(? AS uuid))");
            values.add(after.moment());
            values.add(after.id());
        }
        values.add(most);
        return sql.list(
                SELECT + where + " ORDER BY p.created_at DESC, p.id DESC LIMIT ?", this::plan, values.toArray());
    }

    public void become(UUID id, PlanState state) {
        sql.update(
                "UPDATE plan SET state = ?, version = version + 1, updated_at = ?, failure = NULL WHERE id = ?",
                state.name(),
                clock.instant(),
                id);
    }

    public void failed(UUID id, String failure) {
        sql.update(
                "UPDATE plan SET state = 'FAILED', version = version + 1, updated_at = ?, failure = ? WHERE id = ?",
                clock.instant(),
                failure,
                id);
    }

    /** Sets another budget for the next search. */
    public void budget(UUID id, int seconds, long seed) {
        sql.update("UPDATE plan SET seconds = ?, seed = ? WHERE id = ?", seconds, seed, id);
    }

    /** Writes what the present items amount to; increments the version. */
    public void figures(UUID id, Figures figures, Instant factsAt) {
        sql.update("""
                UPDATE plan SET figures = cast(? AS jsonb), facts_at = ?, version = version + 1, updated_at = ?
                WHERE id = ?""", write(figures), factsAt, clock.instant(), id);
    }

    public void publication(UUID id, Publishing publication) {
        sql.update("UPDATE plan SET publication = cast(? AS jsonb) WHERE id = ?", write(publication), id);
    }

    public void delete(UUID id) {
        sql.update("DELETE FROM plan WHERE id = ?", id);
    }

    /**
     * Deletes a plan that no worker has and that is older: one that was not published, or one of a campaign that was
     * closed before. One at a time, because a plan may have ten thousand items.
     *
     * @return whether there was one
     */
    public boolean deleteOneOlderThan(Instant moment) {
        return sql.update("""
                DELETE FROM plan WHERE id = (
                    SELECT p.id FROM plan p JOIN campaign c ON c.id = p.campaign_id
                    WHERE p.updated_at < ?
                      AND (p.state IN ('DRAFT', 'FAILED')
                           OR p.state = 'PUBLISHED' AND c.status = 'CLOSED' AND c.updated_at < ?)
                      AND NOT EXISTS (SELECT FROM plan_job j WHERE j.plan_id = p.id)
                    ORDER BY p.updated_at LIMIT 1 FOR UPDATE OF p SKIP LOCKED)""", moment, moment) == 1;
    }

    public List<StoredItem> items(UUID plan) {
        return sql.list(ITEMS + "ORDER BY number", this::item, plan);
    }

    public StoredItem item(UUID plan, int number) {
        return sql.one(ITEMS + "AND number = ?", this::item, plan, number).orElseThrow(NotFound::new);
    }

    /** Replaces all items; their numbers are their positions. */
    public void replaceItems(UUID plan, List<Item> items, Map<Integer, Slot> slots) {
        sql.update("DELETE FROM plan_item WHERE plan_id = ?", plan);
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            numbers.add(i);
        }
        sql.update(
                """
                INSERT INTO plan_item (plan_id, number, branch_id, topic_id, occurrence, excluded, standing)
                SELECT ?, number, branch, topic, occurrence, excluded, standing
                FROM unnest(cast(? AS integer[]), cast(? AS uuid[]), cast(? AS uuid[]), cast(? AS integer[]),
                            cast(? AS boolean[]), cast(? AS jsonb[]))
                     AS item (number, branch, topic, occurrence, excluded, standing)""",
                plan,
                numbers,
                Sql.each(items, Item::branchId),
                Sql.each(items, Item::topicId),
                Sql.each(items, Item::occurrence),
                Sql.each(items, Item::excluded),
                Sql.each(items, each -> each.standing() == null ? null : write(each.standing())));
        writeSlots(plan, slots);
    }

    /** Writes where all items take place: those without a slot are left out. */
    public void writeSlots(UUID plan, Map<Integer, Slot> slots) {
        sql.update("""
                UPDATE plan_item SET pinned = false, lecturer_id = NULL, venue_id = NULL, starts_at = NULL, ends_at = NULL,
                    host = NULL
                WHERE plan_id = ? AND starts_at IS NOT NULL AND NOT number = ANY (cast(? AS integer[]))""", plan, slots.keySet());
        List<Map.Entry<Integer, Slot>> all = List.copyOf(slots.entrySet());
        sql.update(
                """
                UPDATE plan_item i SET excluded = false, pinned = s.pinned, lecturer_id = s.lecturer, venue_id = s.venue,
                    starts_at = s.starts_at, ends_at = s.ends_at, host = s.host
                FROM unnest(cast(? AS integer[]), cast(? AS uuid[]), cast(? AS uuid[]), cast(? AS timestamptz[]),
                            cast(? AS timestamptz[]), cast(? AS integer[]), cast(? AS boolean[]))
                     AS s (number, lecturer, venue, starts_at, ends_at, host, pinned)
                WHERE i.plan_id = ? AND i.number = s.number
                  AND (i.lecturer_id, i.venue_id, i.starts_at, i.ends_at, i.host, i.pinned)
                      IS DISTINCT FROM (s.lecturer, s.venue, s.starts_at, s.ends_at, s.host, s.pinned)""",
                Sql.each(all, Map.Entry::getKey),
                Sql.each(all, each -> each.getValue().lecturerId()),
                Sql.each(all, each -> text(each.getValue().venueId())),
                Sql.each(all, each -> each.getValue().start()),
                Sql.each(all, each -> each.getValue().end()),
                Sql.each(all, each -> each.getValue().host()),
                Sql.each(all, each -> each.getValue().pinned()),
                plan);
    }

    private static @Nullable String text(@Nullable UUID id) {
        return id == null ? null : id.toString();
    }

    /** Leaves an item out. */
    public void remove(UUID plan, int number) {
        sql.update("""
                UPDATE plan_item SET pinned = false, lecturer_id = NULL, venue_id = NULL, starts_at = NULL, ends_at = NULL,
                    host = NULL
                WHERE plan_id = ? AND number = ?""", plan, number);
    }

    public void exclude(UUID plan, int number, boolean excluded) {
        sql.update("UPDATE plan_item SET excluded = ? WHERE plan_id = ? AND number = ?", excluded, plan, number);
    }

    /** Forgets what an earlier publication could not book. */
    public void forgetRefusals(UUID plan) {
        sql.update(
                "UPDATE plan_item SET refusal = NULL, booking_id = NULL WHERE plan_id = ?"
                        + " AND (refusal IS NOT NULL OR booking_id IS NOT NULL)",
                plan);
    }

    /** Records the hold or booking of an item. */
    public void held(UUID plan, int number, UUID booking) {
        sql.update(
                "UPDATE plan_item SET booking_id = ?, refusal = NULL WHERE plan_id = ? AND number = ?",
                booking,
                plan,
                number);
    }

    /** Forgets the holds of a publication that booked nothing; why lectures were refused stays. */
    public void forgetHolds(UUID plan) {
        sql.update("UPDATE plan_item SET booking_id = NULL WHERE plan_id = ? AND booking_id IS NOT NULL", plan);
    }

    public void refused(UUID plan, int number, Refused refusal) {
        sql.update(
                "UPDATE plan_item SET booking_id = NULL, refusal = cast(? AS jsonb) WHERE plan_id = ? AND number = ?",
                write(refusal),
                plan,
                number);
    }

    public void log(UUID plan, String actor, String action, @Nullable Object detail) {
        sql.update(
                "INSERT INTO plan_log (plan_id, at, actor, action, detail) VALUES (?, ?, ?, ?, cast(? AS jsonb))",
                plan,
                clock.instant(),
                actor,
                action,
                detail == null ? null : write(detail));
    }

    /** An entry of what happened to a plan. */
    public record Entry(long id, Instant at, String actor, String action) {}

    /** What happened to a plan after an entry, in order. */
    public List<Entry> history(UUID plan, long after, int most) {
        return sql.list(
                "SELECT id, at, actor, action FROM plan_log WHERE plan_id = ? AND id > ? ORDER BY id LIMIT ?",
                row -> new Entry(row.bigNumber("id"), row.time("at"), row.text("actor"), row.text("action")),
                plan,
                after,
                most);
    }

    private StoredPlan plan(Sql.Row row) throws SQLException {
        String figures = row.textOrNull("figures");
        String publication = row.textOrNull("publication");
        return new StoredPlan(
                row.id("id"),
                row.number("version"),
                row.id("campaign_id"),
                row.text("code"),
                row.text("campaign_name"),
                ZoneId.of(row.text("zone")),
                row.text("name"),
                Purpose.valueOf(row.text("purpose")),
                PlanState.valueOf(row.text("state")),
                read(row.text("terms"), PlanRequest.class),
                row.number("seconds"),
                row.bigNumber("seed"),
                row.timeOrNull("facts_at"),
                figures == null ? null : read(figures, Figures.class),
                row.textOrNull("failure"),
                publication == null ? null : read(publication, Publishing.class),
                row.time("created_at"),
                row.text("created_by"),
                row.time("updated_at"));
    }

    private StoredItem item(Sql.Row row) throws SQLException {
        String standing = row.textOrNull("standing");
        String refusal = row.textOrNull("refusal");
        UUID lecturer = row.idOrNull("lecturer_id");
        return new StoredItem(
                row.number("number"),
                new Item(
                        row.id("branch_id"),
                        row.id("topic_id"),
                        row.number("occurrence"),
                        row.flag("excluded"),
                        standing == null ? null : read(standing, Standing.class)),
                lecturer == null
                        ? null
                        : new Slot(
                                lecturer,
                                row.idOrNull("venue_id"),
                                row.time("starts_at"),
                                row.time("ends_at"),
                                row.numberOrNull("host"),
                                row.flag("pinned")),
                row.idOrNull("booking_id"),
                refusal == null ? null : read(refusal, Refused.class));
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a part of a plan cannot be written as JSON", e);
        }
    }

    private <T> T read(String text, Class<T> type) {
        try {
            return json.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored plan cannot be read", e);
        }
    }
}
