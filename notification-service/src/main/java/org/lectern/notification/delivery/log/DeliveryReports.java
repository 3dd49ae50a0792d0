package org.lectern.notification.delivery.log;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.lectern.chassis.database.AfterCommit;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.database.Sql.Row;
import org.lectern.chassis.database.Transactions;
import org.lectern.notification.delivery.MailStatus;
import org.lectern.notification.directory.EndpointSwitch;
import org.lectern.notification.receipt.DeliveryReceipts;

/**
 * Reports of mail servers about mails that they had accepted. A bounced mail counts like an immediate refusal. The
 * endpoint is disabled if the mailbox does not exist; otherwise the delivery fails and a fallback may be used. The
 * scheduler learns that the branch was not reached after all, unless another message reached it. A report
 * affects only its own delivery and endpoint, and counts once.
 */
@ApplicationScoped
public class DeliveryReports {

    private static final String ADD = """
            INSERT INTO delivery_report (delivery_id, message, at, action, status)
            SELECT id, ?, ?, ?, ? FROM delivery WHERE id = ? AND channel = 'email' ON CONFLICT DO NOTHING""";

    /**
     * The deliveries of that mail; several for a digest. A mail sent before the endpoint changed does not affect the
     * endpoint now.
     */
    private static final String CONCERNED = """
            SELECT d.id, d.endpoint_id, coalesce(e.updated_at <= (
                       SELECT max(a.started_at) FROM delivery_attempt a WHERE a.delivery_id = d.id), false) AS unchanged,
                   NOT e.enabled AND e.disabled_reason IS NOT NULL AND e.removed_at IS NULL AS switched_off
            FROM delivery d JOIN endpoint e ON e.id = d.endpoint_id
            WHERE (d.id = ? OR d.message = (SELECT m.message FROM delivery m WHERE m.id = ?)) AND d.state = 'DELIVERED'
            ORDER BY d.id FOR UPDATE OF d""";

    private static final String PARK = """
            UPDATE delivery SET state = 'PARKED', next_attempt_at = clock_timestamp(), finished_at = NULL WHERE id = ?""";

    private static final String END = """
            UPDATE delivery SET state = 'DEAD', reason = ?, finished_at = clock_timestamp() WHERE id = ?""";

    private final EndpointSwitch endpoints;
    private final DeliveryReceipts receipts;
    private final Sql sql;
    private final AfterCommit afterCommit;
    private final MeterRegistry metrics;
    private final Clock clock;

    @Inject
    DeliveryReports(
            EndpointSwitch endpoints,
            DeliveryReceipts receipts,
            Sql sql,
            AfterCommit afterCommit,
            MeterRegistry metrics,
            Clock clock) {
        this.endpoints = endpoints;
        this.receipts = receipts;
        this.sql = sql;
        this.afterCommit = afterCommit;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** The reported result of the mail. */
    @Schema(name = "DeliveryReportAction")
    public enum Action {
        /** The mail bounced. */
        @JsonProperty("failed")
        FAILED,
        /** The server still tries; no effect. */
        @JsonProperty("delayed")
        DELAYED,
        /** The mail arrived or left the reporting domain; no effect. */
        @JsonProperty("relayed")
        RELAYED
    }

    private record Concerned(UUID delivery, UUID endpoint, boolean unchanged, boolean switchedOff) {}

    /**
     * Records a report. The same message a second time changes nothing.
     *
     * @param message identifies the message
     * @param status the enhanced code (RFC 3463)
     */
    public void take(UUID delivery, byte[] message, Action action, String status) {
        Transactions.inNew(() -> {
            int added = sql.update(
                    ADD, message, clock.instant().truncatedTo(ChronoUnit.MICROS), action.name(), status, delivery);
            if (added == 1) {
                afterCommit.run(() -> metrics.counter(
                                "lectern.delivery.reports",
                                "action",
                                action.name().toLowerCase(Locale.ROOT))
                        .increment());
                if (action == Action.FAILED) {
                    failed(delivery, status);
                }
            }
            return added;
        });
    }

    private void failed(UUID delivery, String status) {
        String reason = "bounced-" + status;
        List<Concerned> mail = sql.list(
                CONCERNED,
                row -> new Concerned(
                        row.id("id"), row.id("endpoint_id"), row.flag("unchanged"), row.flag("switched_off")),
                delivery,
                delivery);
        for (Concerned each : mail) {
            if (MailStatus.saysNoSuchMailbox(status) && (each.unchanged() || each.switchedOff())) {
                sql.update(PARK, each.delivery());
            } else {
                sql.update(END, reason, each.delivery());
            }
        }
        receipts.withdraw(mail.stream().map(Concerned::delivery).toList(), reason);
        mail.stream()
                .filter(each -> MailStatus.saysNoSuchMailbox(status) && each.unchanged())
                .findFirst()
                .ifPresent(each -> endpoints.off(each.endpoint(), reason));
    }

    /** The reports about a delivery, oldest first. */
    List<DeliveryDetail.Report> of(UUID delivery) {
        return sql.list(
                "SELECT at, action, status FROM delivery_report WHERE delivery_id = ? ORDER BY at, message",
                DeliveryReports::report,
                delivery);
    }

    private static DeliveryDetail.Report report(Row row) throws SQLException {
        return new DeliveryDetail.Report(row.time("at"), Action.valueOf(row.text("action")), row.text("status"));
    }
}
