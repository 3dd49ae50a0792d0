package org.lectern.scheduler.campaign;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.problem.Messages;
import org.lectern.chassis.problem.Violation;
import org.lectern.scheduler.booking.CampaignPolicy;
import org.lectern.scheduler.booking.SoftRule;
import org.lectern.scheduler.booking.Warning;

/**
 * Rules for a campaign's lectures. Whether a lecture counts for the campaign cannot be overridden; window, format, tier
 * and interval can, with a reason.
 */
@ApplicationScoped
class CampaignRules implements CampaignPolicy, SoftRule {

    /** Visits that block another one or count as one. */
    private static final String STANDS = "occupies(v.status) AND NOT is_overdue(v.status, v.hold_expires_at)";

    private final Sql sql;
    private final Messages messages;

    @Inject
    CampaignRules(Sql sql, Messages messages) {
        this.sql = sql;
        this.messages = messages;
    }

    private record Terms(
            String code,
            LocalDate from,
            LocalDate until,
            ZoneId zone,
            int interval,
            List<String> formats,
            List<String> tiers) {

        static Terms of(Sql.Row row) throws SQLException {
            return new Terms(
                    row.text("code"),
                    row.date("starts_on"),
                    row.date("ends_on"),
                    ZoneId.of(row.text("zone")),
                    row.number("min_interval_days"),
                    row.texts("formats"),
                    row.texts("tiers"));
        }
    }

    @Override
    public List<Violation> violations(UUID campaign, UUID topic, Set<UUID> branches) {
        // a shared lock: other bookings may hold it too, but the campaign can be neither closed nor changed
        return sql.one("""
                        SELECT c.status,
                               EXISTS (SELECT FROM campaign_topic t
                                       WHERE t.campaign_id = c.id AND t.topic_id = ?) AS on_topic,
                               EXISTS (SELECT FROM campaign_target t
                                       WHERE t.campaign_id = c.id AND t.branch_id = ANY (?) AND t.excluded IS NULL) AS targeted
                        FROM campaign c WHERE c.id = ? FOR SHARE""", row -> violations(campaign, row), topic, branches, campaign)
                .orElse(List.of(new Violation("/campaignId", "reference.unknown")));
    }

    private List<Violation> violations(UUID campaign, Sql.Row row) throws SQLException {
        List<Violation> violations = new ArrayList<>();
        String status = row.text("status");
        if (!status.equals(CampaignStatus.ACTIVE.name())) {
            violations.add(new Violation("/campaignId", "campaign.not-active", status));
        }
        if (!row.flag("on_topic")) {
            violations.add(new Violation("/topicId", "campaign.other-topic", String.join(", ", topics(campaign))));
        }
        if (!row.flag("targeted")) {
            violations.add(new Violation("/branchId", "campaign.other-branch"));
        }
        return violations;
    }

    private List<String> topics(UUID campaign) {
        return sql.list("""
                SELECT t.code FROM campaign_topic c JOIN topic t ON t.id = c.topic_id
                WHERE c.campaign_id = ? ORDER BY t.code LIMIT 20""", row -> row.text("code"), campaign);
    }

    @Override
    public List<Objection> objections(Proposal proposal) {
        UUID campaign = proposal.campaignId();
        if (campaign == null) {
            return List.of();
        }
        Terms terms = sql.one("""
                        SELECT code, starts_on, ends_on, zone, min_interval_days, formats, tiers
                        FROM campaign WHERE id = ?""", Terms::of, campaign).orElseThrow();
        List<Objection> objections = new ArrayList<>();
        LocalDate day = proposal.start().atZone(terms.zone()).toLocalDate();
        if (day.isBefore(terms.from()) || day.isAfter(terms.until())) {
            objections.add(objection("campaign-window", "/start", terms.code(), terms.from(), terms.until()));
        }
        if (!terms.formats().isEmpty() && !terms.formats().contains(proposal.format())) {
            objections.add(objection("campaign-format", "/format", terms.code(), String.join(", ", terms.formats())));
        }
        if (!terms.tiers().isEmpty()) {
            String tier = sql.one(
                            "SELECT tier FROM lecturer WHERE id = ?", row -> row.text("tier"), proposal.lecturerId())
                    .orElse("");
            if (!terms.tiers().contains(tier)) {
                objections.add(
                        objection("campaign-tier", "/lecturerId", terms.code(), String.join(", ", terms.tiers())));
            }
        }
        if (terms.interval() > 0) {
            tooNear(campaign, proposal, terms)
                    .ifPresent(other -> objections.add(
                            objection("campaign-interval", "/start", terms.code(), terms.interval(), other)));
        }
        return objections;
    }

    /** The date of another lecture of the campaign at one of the branches, if it is too close. */
    private Optional<LocalDate> tooNear(UUID campaign, Proposal proposal, Terms terms) {
        return sql.one(
                """
                SELECT d.day FROM booking_branch v
                CROSS JOIN LATERAL (SELECT cast(v.starts_at AT TIME ZONE ? AS date) AS day) d
                WHERE v.campaign_id = ? AND v.branch_id = ANY (?) AND %s
                  AND v.booking_id IS DISTINCT FROM cast(? AS uuid)
                  AND abs(d.day - cast(? AS date)) < ?
                ORDER BY abs(d.day - cast(? AS date)) LIMIT 1""".formatted(STANDS),
                row -> row.date("day"),
                terms.zone().getId(),
                campaign,
                proposal.branchIds(),
                proposal.bookingId(),
                proposal.start().atZone(terms.zone()).toLocalDate(),
                terms.interval(),
                proposal.start().atZone(terms.zone()).toLocalDate());
    }

    @Override
    public Optional<UUID> idOf(String code) {
        return sql.one("SELECT id FROM campaign WHERE code = ?", row -> row.id("id"), code);
    }

    private static Objection objection(String code, String pointer, Object... arguments) {
        return new Objection(code, new Violation(pointer, "rule." + code, arguments), arguments);
    }

    @Override
    public List<Warning> warnings(UUID campaign, @Nullable UUID booking, UUID topic, Set<UUID> branches) {
        record RepeatedVisit(UUID branch, String name) {}
        List<RepeatedVisit> again = sql.list(
                """
                SELECT b.id, b.name FROM campaign_target t JOIN branch b ON b.id = t.branch_id
                WHERE t.campaign_id = ? AND t.branch_id = ANY (?) AND t.excluded IS NULL
                  AND EXISTS (SELECT FROM booking_branch v
                              WHERE v.campaign_id = t.campaign_id AND v.branch_id = t.branch_id AND v.topic_id = ?
                                AND v.booking_id IS DISTINCT FROM cast(? AS uuid) AND %s)
                ORDER BY b.code""".formatted(STANDS),
                row -> new RepeatedVisit(row.id("id"), row.text("name")),
                campaign,
                branches,
                topic,
                booking);
        if (again.isEmpty()) {
            return List.of();
        }
        int without = sql.one("""
                        SELECT count(*) AS n FROM campaign_target t
                        WHERE t.campaign_id = ? AND t.excluded IS NULL
                          AND NOT EXISTS (SELECT FROM booking_branch v
                                          WHERE v.campaign_id = t.campaign_id AND v.branch_id = t.branch_id
                                            AND v.topic_id = ? AND %s)""".formatted(STANDS), row -> row.number("n"), campaign, topic)
                .orElse(0);
        return without == 0
                ? List.of()
                : again.stream()
                        .map(each -> new Warning(
                                "campaign-repeat-visit",
                                each.branch(),
                                messages.text("warning.campaign-repeat-visit", each.name(), without)))
                        .toList();
    }
}
