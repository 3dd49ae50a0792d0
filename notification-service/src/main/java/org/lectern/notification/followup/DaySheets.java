package org.lectern.notification.followup;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.database.Transactions;
import org.lectern.chassis.time.Zones;
import org.lectern.notification.calendar.Calendars;
import org.lectern.notification.delivery.Deliveries;
import org.lectern.notification.directory.Recipient;
import org.lectern.notification.directory.Recipients;
import org.lectern.notification.notice.DaySheetNotices;
import org.lectern.notification.notice.Lecture;

/**
 * Notifies lecturers, on the evening before a day with lectures, of all that they give then, in order. At most one
 * sheet per lecturer and day, whatever the number of processes: the notice is unique by a name of both. Later changes
 * are notices of their own, and urgent.
 */
@ApplicationScoped
class DaySheets {

    private static final Logger LOG = Logger.getLogger(DaySheets.class);

    /** The newest notices to lecturers about lectures that may be tomorrow, in any zone. */
    private static final String AHEAD = """
            SELECT n.id, n.branch_id, n.starts_at
            FROM notice n
            JOIN recipient r ON r.id = n.branch_id AND r.kind = 'LECTURER' AND NOT r.archived
            JOIN calendar_revision c ON c.notice_id = n.id AND NOT c.cancelled
            LEFT JOIN recipient_preference p ON p.branch_id = n.branch_id
            WHERE n.starts_at BETWEEN ? AND cast(? AS timestamptz) + interval '2 days'
              AND n.repeats IS NULL AND n.booking_id IS NOT NULL AND coalesce(p.reminders, true)
              AND NOT EXISTS (
                  SELECT 1 FROM notice later
                  WHERE later.booking_id = n.booking_id AND later.branch_id = n.branch_id
                    AND later.repeats IS NULL AND later.sequence > n.sequence)
            ORDER BY n.branch_id, n.starts_at, n.id""";

    private final DaySheetConfig config;
    private final Recipients recipients;
    private final Calendars calendars;
    private final DaySheetNotices notices;
    private final Deliveries deliveries;
    private final Sql sql;
    private final Clock clock;

    @Inject
    DaySheets(
            DaySheetConfig config,
            Recipients recipients,
            Calendars calendars,
            DaySheetNotices notices,
            Deliveries deliveries,
            Sql sql,
            Clock clock) {
        this.config = config;
        this.recipients = recipients;
        this.calendars = calendars;
        this.notices = notices;
        this.deliveries = deliveries;
        this.sql = sql;
        this.clock = clock;
    }

    /** A lecture as its lecturer knows it. */
    private record Ahead(UUID notice, UUID lecturer, Instant start) {}

    /** Sends all sheets that are due now. */
    void send() {
        send(clock.instant());
    }

    /** Sends all sheets that are due at that time. */
    void send(Instant now) {
        Map<UUID, List<Ahead>> ahead = sql
                .list(AHEAD, row -> new Ahead(row.id("id"), row.id("branch_id"), row.time("starts_at")), now, now)
                .stream()
                .collect(Collectors.groupingBy(Ahead::lecturer, LinkedHashMap::new, Collectors.toList()));
        Map<UUID, Recipient> known = recipients.find(ahead.keySet());
        ahead.forEach((lecturer, lectures) -> {
            Recipient reader = known.get(lecturer);
            if (reader != null) {
                try {
                    send(reader, lectures, now.atZone(Zones.of(reader.zone())));
                } catch (RuntimeException e) {
                    LOG.warnf("The day sheet of lecturer %s is postponed: %s", lecturer, e);
                }
            }
        });
    }

    private void send(Recipient reader, List<Ahead> ahead, ZonedDateTime now) {
        if (now.toLocalTime().isBefore(config.at())) {
            return;
        }
        LocalDate day = now.toLocalDate().plusDays(1);
        List<UUID> ofDay = ahead.stream()
                .filter(lecture ->
                        lecture.start().atZone(now.getZone()).toLocalDate().equals(day))
                .map(Ahead::notice)
                .toList();
        if (!ofDay.isEmpty()) {
            Transactions.inNew(() -> {
                List<Lecture> lectures = ofDay.stream()
                        .flatMap(notice -> calendars.lecture(notice).stream())
                        .toList();
                return notices.write(reader, day, lectures).map(deliveries::announce);
            });
        }
    }
}
