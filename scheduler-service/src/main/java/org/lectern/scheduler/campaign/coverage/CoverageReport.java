package org.lectern.scheduler.campaign.coverage;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.problem.Messages;
import org.lectern.scheduler.campaign.CampaignView;
import org.lectern.scheduler.campaign.Campaigns;
import org.lectern.scheduler.campaign.coverage.Coverage.Totals;
import org.lectern.scheduler.campaign.coverage.Inventory.Criteria;
import org.lectern.scheduler.campaign.coverage.Inventory.Order;

/** Coverage as one printable HTML page: no script, no image, no external resource. */
@ApplicationScoped
class CoverageReport {

    private static final int MOST_LINES = 2000;

    private static final List<CoverageState> OPEN = List.of(
            CoverageState.MISSED,
            CoverageState.REQUESTED,
            CoverageState.NOT_PLANNED,
            CoverageState.BOOKED,
            CoverageState.NOTIFIED,
            CoverageState.ACKNOWLEDGED);

    private static final String STYLE = """
            body{font:11pt/1.45 "Noto Sans CJK SC","PingFang SC","Microsoft YaHei",system-ui,sans-serif;margin:2em auto;max-width:62em;color:#111}
            h1{font-size:1.5em;margin:0}h2{font-size:1.1em;margin:1.6em 0 .4em}p{margin:.3em 0}
            table{border-collapse:collapse;width:100%}caption{text-align:left;font-weight:600}
            th,td{border-bottom:1px solid #bbb;padding:.2em .5em;text-align:left;vertical-align:top}
            td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}tr.sum td{border-top:2px solid #111;font-weight:600}
            thead{display:table-header-group}tr{break-inside:avoid}
            @page{size:A4 landscape;margin:14mm}@media print{body{margin:0;max-width:none;font-size:9pt}}
            """;

    private final Campaigns campaigns;
    private final CoverageReader reader;
    private final Inventory inventory;
    private final ReasonCounts reasons;
    private final Messages messages;

    @Inject
    CoverageReport(
            Campaigns campaigns, CoverageReader reader, Inventory inventory, ReasonCounts reasons, Messages messages) {
        this.campaigns = campaigns;
        this.reader = reader;
        this.inventory = inventory;
        this.reasons = reasons;
        this.messages = messages;
    }

    String page(UUID id, @Nullable UUID under) {
        CampaignView campaign = campaigns.view(id);
        Coverage coverage = reader.coverage(id, under);
        var page = new StringBuilder(1 << 16);
        page.append("<!doctype html>\n<html lang=\"")
                .append(messages.language())
                .append("\"><head><meta charset=\"utf-8\">");
        page.append("<title>")
                .append(escaped(coverage.name()))
                .append("</title><style>")
                .append(STYLE);
        page.append("</style></head><body>\n<h1>").append(escaped(coverage.code() + " " + coverage.name()));
        page.append("</h1>\n");
        paragraph(
                page,
                text(
                        "report.window",
                        campaign.from().toString(),
                        campaign.until().toString(),
                        DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm (VV)")
                                .format(coverage.asOf().atZone(ZoneId.of(campaign.zone())))));
        Coverage.Place place = coverage.under();
        if (place != null) {
            paragraph(page, text("report.under", place.code() + " " + place.name()));
        }
        Totals totals = coverage.totals();
        paragraph(
                page,
                text(
                        "report.summary",
                        totals.held(),
                        totals.items() - totals.excluded(),
                        totals.percentHeld(),
                        totals.branchesCovered() == null ? 0 : totals.branchesCovered(),
                        totals.branches() == null ? 0 : totals.branches(),
                        totals.headCount()));
        paragraph(page, coverage.forecast().detail());
        table(
                page,
                "report.districts",
                coverage.districts().stream()
                        .map(each -> new Line(
                                each.branch().code() + " " + each.branch().name(), each.totals()))
                        .toList(),
                totals);
        table(
                page,
                "report.kinds",
                coverage.kinds().stream()
                        .map(each -> new Line(messages.word("kind", each.kind()), each.totals()))
                        .toList(),
                totals);
        table(
                page,
                "report.topics",
                coverage.topics().stream()
                        .map(each -> new Line(
                                each.topic().code() + " " + each.topic().title(), each.totals()))
                        .toList(),
                totals);
        table(
                page,
                "report.tiers",
                coverage.tiers().stream()
                        .map(each -> new Line(
                                each.tier() == null ? text("report.no-tier") : messages.word("tier", each.tier()),
                                each.totals()))
                        .toList(),
                totals);
        reasons(page, reasons.of(id, under));
        open(page, campaign, under);
        return page.append("</body></html>\n").toString();
    }

    private record Line(String name, Totals totals) {}

    private void table(StringBuilder page, String title, List<Line> lines, Totals sum) {
        page.append("<h2>").append(escaped(text(title))).append("</h2>\n<table><thead><tr><th></th>");
        for (CoverageState state : CoverageState.values()) {
            page.append("<th class=\"n\">")
                    .append(escaped(text("coverage.state." + state)))
                    .append("</th>");
        }
        page.append("<th class=\"n\">").append(escaped(text("report.all")));
        for (String heading : List.of("report.heads", "report.accepted", "report.rated")) {
            page.append("</th><th class=\"n\">").append(escaped(text(heading)));
        }
        page.append("</th></tr></thead><tbody>\n");
        lines.forEach(line -> row(page, "<tr>", line));
        row(page, "<tr class=\"sum\">", new Line(text("report.sum"), sum));
        page.append("</tbody></table>\n");
    }

    private void reasons(StringBuilder page, List<ReasonCounts.Line> lines) {
        if (lines.isEmpty()) {
            return;
        }
        page.append("<h2>").append(escaped(text("report.reasons"))).append("</h2>\n<table><thead><tr><th>");
        page.append(escaped(text("report.reason")));
        for (String heading : List.of("report.cancelled", "report.changed")) {
            page.append("</th><th class=\"n\">").append(escaped(text(heading)));
        }
        page.append("</th></tr></thead><tbody>\n");
        for (ReasonCounts.Line line : lines) {
            String code = line.code();
            page.append("<tr><td>")
                    .append(escaped(code == null ? text("report.no-reason-code") : messages.word("reason-code", code)))
                    .append("</td><td class=\"n\">")
                    .append(line.cancelled())
                    .append("</td><td class=\"n\">")
                    .append(line.changed())
                    .append("</td></tr>\n");
        }
        page.append("</tbody></table>\n");
    }

    private static void row(StringBuilder page, String start, Line line) {
        Totals totals = line.totals();
        page.append(start).append("<td>").append(escaped(line.name())).append("</td>");
        for (long number : new long[] {
            totals.notPlanned(),
            totals.requested(),
            totals.booked(),
            totals.notified(),
            totals.acknowledged(),
            totals.held(),
            totals.missed(),
            totals.excluded(),
            totals.items(),
            totals.headCount(),
            totals.lecturerAccepted(),
            totals.rated()
        }) {
            page.append("<td class=\"n\">").append(number).append("</td>");
        }
        page.append("</tr>\n");
    }

    /** Items that are not held yet, those that need action first. */
    private void open(StringBuilder page, CampaignView campaign, @Nullable UUID under) {
        page.append("<h2>").append(escaped(text("report.open"))).append("</h2>\n<table><thead><tr>");
        for (String heading : List.of("report.branch", "report.topic", "report.state", "report.why", "report.next")) {
            page.append("<th>").append(escaped(text(heading))).append("</th>");
        }
        page.append("</tr></thead><tbody>\n");
        int left = MOST_LINES;
        for (CoverageState state : OPEN) {
            if (left == 0) {
                break;
            }
            for (Inventory.Listed each :
                    inventory.items(campaign, Criteria.of(under, state, Order.BRANCH), null, left)) {
                CoverageItem item = each.item();
                page.append("<tr>");
                for (String cell : List.of(
                        item.branch().code() + " " + item.branch().name(),
                        item.topic().code() + " " + item.topic().title(),
                        text("coverage.state." + item.state()),
                        item.detail(),
                        item.nextStep())) {
                    page.append("<td>").append(escaped(cell)).append("</td>");
                }
                page.append("</tr>\n");
                left--;
            }
        }
        page.append("</tbody></table>\n");
        if (left == 0) {
            paragraph(page, text("report.cut", MOST_LINES));
        }
    }

    private static void paragraph(StringBuilder page, String text) {
        page.append("<p>").append(escaped(text)).append("</p>\n");
    }

    private String text(String key, Object... arguments) {
        return messages.text(key, arguments);
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
