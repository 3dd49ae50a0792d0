package org.lectern.scheduler.campaign;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.http.Cursor;
import org.lectern.chassis.problem.NotFound;
import org.lectern.scheduler.acceptance.AnswerPolicy;
import org.lectern.scheduler.booking.Participants.TopicRef;
import org.lectern.scheduler.campaign.TargetsDiff.Difference;

/** All campaigns and their targets. */
@ApplicationScoped
public class Campaigns {

    private static final int MOST_DIFFERENCES = 500;

    private static final String SELECT = """
            SELECT c.id, c.version, c.code, c.name, c.description, c.status, c.starts_on, c.ends_on, c.zone,
                   c.lectures_per_branch, c.min_interval_days, c.formats, c.tiers, c.kinds,
                   cast(c.subtrees AS text[]) AS subtrees, cast(c.branches AS text[]) AS branches,
                   cast(c.priority AS text[]) AS priority, c.target_count, c.excluded_count, c.targets_at,
                   c.answer_policy, c.answer_hours, c.open_to_guests,
                   c.created_at, c.updated_at
            FROM campaign c
            """;

    private final Sql sql;

    @Inject
    Campaigns(Sql sql) {
        this.sql = sql;
    }

    /** The campaign, assembled from its row and dependent rows. */
    public CampaignView view(UUID id) {
        return find(id).orElseThrow(NotFound::new);
    }

    private Optional<CampaignView> find(UUID id) {
        return sql.one(SELECT + "WHERE c.id = ?", this::read, id);
    }

    /** The campaign under lock: no other transaction can change it. */
    CampaignView locked(UUID id) {
        return sql.one("SELECT id FROM campaign WHERE id = ? FOR UPDATE", row -> row.id("id"), id)
                .map(this::view)
                .orElseThrow(NotFound::new);
    }

    List<CampaignView> list(@Nullable String text, @Nullable CampaignStatus status, @Nullable Cursor after, int most) {
        List<@Nullable Object> values = new ArrayList<>();
        var where = new StringBuilder("WHERE true");
        if (text != null && !text.isBlank()) {
            where.append(" AND (strpos(search_form(c.code), search_form(?)) > 0"
                    + " OR strpos(search_form(c.name), search_form(?)) > 0)");
            values.add(text);
            values.add(text);
        }
        if (status != null) {
            where.append(" AND c.status = ?");
            values.add(status.name());
        }
        if (after != null) {
            where.append(" AND c.code > ?");
            values.add(after.key());
        }
        values.add(most);
        return sql.list(SELECT + where + " ORDER BY c.code LIMIT ?", this::read, values.toArray());
    }

    /** The active campaigns that target a branch, the earliest end first. */
    public List<CampaignView> activeFor(UUID branch) {
        return sql.list(SELECT + """
                        WHERE c.status = 'ACTIVE'
                          AND EXISTS (SELECT FROM campaign_target t WHERE t.campaign_id = c.id AND t.branch_id = ?)
                        ORDER BY c.ends_on, c.code LIMIT 100""", this::read, branch);
    }

    void add(UUID id, CampaignRequest request, String zone, Instant now) {
        sql.update(
                """
                INSERT INTO campaign (id, version, code, name, description, status, starts_on, ends_on, zone,
                    lectures_per_branch, min_interval_days, formats, tiers, subtrees, kinds, branches, priority,
                    targets_at, created_at, updated_at)
                VALUES (?, 1, ?, ?, ?, 'DRAFT', ?, ?, ?, 1, 0, '{}', '{}', '{}', '{}', '{}', '{}', ?, ?, ?)""",
                id,
                request.code(),
                request.name(),
                request.description(),
                request.from(),
                request.until(),
                zone,
                now,
                now,
                now);
        write(id, request, zone);
    }

    /** Replaces the definition and increments the version. */
    void change(UUID id, CampaignRequest request, String zone, Instant now) {
        touch(id, now);
        write(id, request, zone);
    }

    private void write(UUID id, CampaignRequest request, String zone) {
        CampaignRequest.Targets targets = request.targets();
        CampaignRequest.Answers answers = request.lecturerAnswer();
        sql.update(
                """
                UPDATE campaign SET code = ?, name = ?, description = ?, starts_on = ?, ends_on = ?, zone = ?,
                    lectures_per_branch = ?, min_interval_days = ?, formats = ?, tiers = ?,
                    subtrees = cast(? AS uuid[]), kinds = ?, branches = cast(? AS uuid[]), priority = cast(? AS uuid[]),
                    answer_policy = ?, answer_hours = ?, open_to_guests = ?
                WHERE id = ?""",
                request.code(),
                request.name(),
                request.description(),
                request.from(),
                request.until(),
                zone,
                request.lecturesPerBranch() == null ? (Integer) 1 : request.lecturesPerBranch(),
                request.minIntervalDays() == null ? (Integer) 0 : request.minIntervalDays(),
                orNone(request.formats()),
                orNone(request.tiers()),
                orNone(targets.subtreeOf()),
                orNone(targets.kinds()),
                orNone(targets.branchIds()),
                orNone(targets.priorityBranchIds()),
                answers == null ? null : answers.policy().name(),
                answers == null || answers.withinHours() == null ? (Integer) 0 : answers.withinHours(),
                Boolean.TRUE.equals(request.openToGuests()),
                id);
        sql.update("DELETE FROM campaign_topic WHERE campaign_id = ?", id);
        sql.update(
                "INSERT INTO campaign_topic (campaign_id, topic_id) SELECT DISTINCT cast(? AS uuid), unnest(cast(? AS uuid[]))",
                id,
                request.topicIds());
        sql.update("DELETE FROM campaign_exclusion WHERE campaign_id = ?", id);
        for (CampaignRequest.Exclusion each : orNone(targets.exclusions())) {
            sql.update(
                    "INSERT INTO campaign_exclusion (campaign_id, branch_id, reason) VALUES (?, ?, ?)",
                    id,
                    each.branchId(),
                    each.reason());
        }
    }

    /** Sets another status and increments the version. */
    void become(UUID id, CampaignStatus status, Instant now) {
        touch(id, now);
        sql.update("UPDATE campaign SET status = ? WHERE id = ?", status.name(), id);
    }

    void touch(UUID id, Instant now) {
        sql.update(
                "UPDATE campaign SET version = version + 1, updated_at = greatest(updated_at, ?) WHERE id = ?",
                now,
                id);
    }

    /**
     * Computes the targets and their counts from the current branches. The campaign must be new or locked. The lock on
     * each branch matches its foreign key, so a concurrent change of its code is either read here or applied to the
     * target.
     */
    void takeTargets(UUID id, Instant now) {
        sql.update("DELETE FROM campaign_target WHERE campaign_id = ?", id);
        sql.update("""
                INSERT INTO campaign_target (campaign_id, branch_id, priority, excluded, branch_code)
                SELECT cast(? AS uuid), b.id, s.priority, s.excluded, b.code
                FROM campaign_selection(?) s JOIN branch b ON b.id = s.branch_id
                FOR KEY SHARE OF b""", id, id);
        sql.update("""
                UPDATE campaign c SET targets_at = ?, (target_count, excluded_count) = (
                    SELECT count(*) FILTER (WHERE t.excluded IS NULL), count(t.excluded)
                    FROM campaign_target t WHERE t.campaign_id = c.id)
                WHERE c.id = ?""", now, id);
    }

    TargetsDiff diff(CampaignView campaign) {
        List<Difference> all = sql.list(
                """
                SELECT CASE WHEN t.branch_id IS NULL THEN 'ADDED' WHEN s.branch_id IS NULL THEN 'REMOVED' ELSE 'CHANGED' END
                           AS change,
                       b.id, b.code, b.name, b.kind, coalesce(s.priority, t.priority) AS priority,
                       CASE WHEN s.branch_id IS NULL THEN t.excluded ELSE s.excluded END AS excluded
                FROM campaign_selection(?) s
                FULL JOIN (SELECT * FROM campaign_target WHERE campaign_id = ?) t ON t.branch_id = s.branch_id
                JOIN branch b ON b.id = coalesce(s.branch_id, t.branch_id)
                WHERE (s.branch_id, s.priority, s.excluded) IS DISTINCT FROM (t.branch_id, t.priority, t.excluded)
                ORDER BY 1, b.code""",
                row -> new Difference(
                        TargetsDiff.TargetChange.valueOf(row.text("change")),
                        row.id("id"),
                        row.text("code"),
                        row.text("name"),
                        row.text("kind"),
                        row.flag("priority"),
                        row.textOrNull("excluded")),
                campaign.id(),
                campaign.id());
        return new TargetsDiff(
                campaign.targetsRefreshedAt(),
                count(all, TargetsDiff.TargetChange.ADDED),
                count(all, TargetsDiff.TargetChange.REMOVED),
                count(all, TargetsDiff.TargetChange.CHANGED),
                all.stream().limit(MOST_DIFFERENCES).toList());
    }

    private static int count(List<Difference> all, TargetsDiff.TargetChange change) {
        return (int) all.stream().filter(each -> each.change() == change).count();
    }

    /** Those of these ids that exist in the table. */
    public List<UUID> known(String table, List<UUID> ids) {
        return ids.isEmpty()
                ? List.of()
                : sql.list("SELECT id FROM " + table + " WHERE id = ANY (?)", row -> row.id("id"), ids);
    }

    private CampaignView read(Sql.Row row) throws SQLException {
        UUID id = row.id("id");
        return new CampaignView(
                id,
                row.number("version"),
                row.text("code"),
                row.text("name"),
                row.textOrNull("description"),
                CampaignStatus.valueOf(row.text("status")),
                topics(id),
                new CampaignRequest.Targets(
                        ids(row.texts("subtrees")),
                        row.texts("kinds"),
                        ids(row.texts("branches")),
                        exclusions(id),
                        ids(row.texts("priority"))),
                row.date("starts_on"),
                row.date("ends_on"),
                row.text("zone"),
                row.number("lectures_per_branch"),
                row.number("min_interval_days"),
                row.texts("formats"),
                row.texts("tiers"),
                answers(row),
                row.flag("open_to_guests"),
                row.number("target_count"),
                row.number("excluded_count"),
                row.time("targets_at"),
                row.time("created_at"),
                row.time("updated_at"));
    }

    private static CampaignRequest.@Nullable Answers answers(Sql.Row row) throws SQLException {
        String policy = row.textOrNull("answer_policy");
        int hours = row.number("answer_hours");
        return policy == null
                ? null
                : new CampaignRequest.Answers(AnswerPolicy.valueOf(policy), hours == 0 ? null : (Integer) hours);
    }

    private List<TopicRef> topics(UUID campaign) {
        return sql.list("""
                SELECT t.id, t.code, t.title FROM campaign_topic c JOIN topic t ON t.id = c.topic_id
                WHERE c.campaign_id = ? ORDER BY t.code""", row -> new TopicRef(row.id("id"), row.text("code"), row.text("title")), campaign);
    }

    private List<CampaignRequest.Exclusion> exclusions(UUID campaign) {
        return sql.list(
                "SELECT branch_id, reason FROM campaign_exclusion WHERE campaign_id = ? ORDER BY branch_id",
                row -> new CampaignRequest.Exclusion(row.id("branch_id"), row.text("reason")),
                campaign);
    }

    private static List<UUID> ids(List<String> texts) {
        return texts.stream().map(UUID::fromString).toList();
    }

    private static <T> List<T> orNone(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }

    /** The first day after the campaign's window. */
    public static LocalDate after(CampaignView campaign) {
        return campaign.until().plusDays(1);
    }
}
