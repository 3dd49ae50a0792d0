package org.lectern.chaos.evidence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.lectern.chaos.load.City;
import org.lectern.chaos.system.SystemUnderTest;

/** Waits until no event or message is in transit. */
public final class Quiet {

    static final String UNPUBLISHED = """
            SELECT count(*) FROM outbox_queue q
            LEFT JOIN booking b ON b.id = q.aggregate_id
            LEFT JOIN lecture_request r ON r.id = q.aggregate_id
            WHERE coalesce(b.branch_id, r.branch_id) = ANY (?)""";
    static final String HELD = "SELECT count(*) FROM held_event WHERE branch_id = ANY (?)";

    private static final String OVERDUE = "SELECT count(*) FROM booking WHERE branch_id = ANY (?) AND status = 'HELD'"
            + " AND hold_expires_at < now() + interval '1 minute'";
    /** Freed time to offer, and changes of bookings that were not looked at for it. */
    private static final String FREED = """
            SELECT (SELECT count(*) FROM freed_time f WHERE f.lecturer_id IS NULL OR f.lecturer_id = ANY (city.lecturers))
                   + (SELECT count(*) FROM freed_horizon h
                      JOIN audit_entry e ON e.kind = 'BOOKING'
                           AND e.written_in >= pg_snapshot_xmin(cast(h.snapshot AS pg_snapshot))
                           AND NOT pg_visible_in_snapshot(e.written_in, cast(h.snapshot AS pg_snapshot))
                      JOIN booking b ON b.id = cast(e.subject AS uuid) AND b.lecturer_id = ANY (city.lecturers))
            FROM (SELECT cast(? AS uuid[]) AS lecturers) city""";

    private static final String PLANS = """
            SELECT count(*) FROM plan_job j
            WHERE EXISTS (SELECT FROM plan p JOIN campaign_target t ON t.campaign_id = p.campaign_id
                          WHERE p.id = j.plan_id AND t.branch_id = ANY (?))""";

    private static final String UNDER_WAY = """
            SELECT count(*) FROM delivery d JOIN notice n ON n.id = d.notice_id
            WHERE n.branch_id = ANY (?) AND d.state NOT IN ('DELIVERED', 'DEAD', 'PARKED', 'SUPERSEDED')""";
    private static final String ACKNOWLEDGEMENTS = "SELECT count(*) FROM acknowledgement WHERE branch_id = ANY (?)";
    private static final String WAITING_ENDPOINTS = """
            SELECT format('endpoint %s has %s deliveries %s, the next at %s, the breaker %s', e.id, count(*), d.state,
                          min(d.next_attempt_at), coalesce('is open until ' || max(b.open_until), 'is closed'))
            FROM delivery d JOIN notice n ON n.id = d.notice_id JOIN endpoint e ON e.id = d.endpoint_id
            LEFT JOIN endpoint_breaker b ON b.endpoint_id = e.id
            WHERE n.branch_id = ANY (?) AND d.state NOT IN ('DELIVERED', 'DEAD', 'PARKED', 'SUPERSEDED')
            GROUP BY e.id, d.state""";

    private final SystemUnderTest system;
    private final City city;
    private final Topics topics;
    private final Consumer<String> log;

    public Quiet(SystemUnderTest system, City city, Topics topics, Consumer<String> log) {
        this.system = system;
        this.city = city;
        this.topics = topics;
        this.log = log;
    }

    /** Returns when all is quiet or the patience ends; the checker then reports what is missing. */
    public void await(Duration patience) throws InterruptedException {
        Instant deadline = Instant.now().plus(patience);
        String last = "";
        while (Instant.now().isBefore(deadline)) {
            String busy = busy();
            if (busy.isEmpty()) {
                return;
            }
            last = busy;
            TimeUnit.MILLISECONDS.sleep(500);
        }
        log.accept("Not quiet after " + patience.toSeconds() + " s: " + last);
        logWaitingEndpoints();
    }

    private String busy() {
        try (Connection scheduler = system.scheduler().connect();
                Connection notification = system.notification().connect()) {
            Rows there = new Rows(scheduler, city.branches());
            Rows here = new Rows(notification, city.branches());
            Map<String, Long> busy = new LinkedHashMap<>();
            busy.put("events to publish", there.count(UNPUBLISHED));
            busy.put("holds to expire", there.count(OVERDUE));
            busy.put("freed time to offer", new Rows(scheduler, city.lecturers()).count(FREED));
            busy.put("plans at work", there.count(PLANS));
            busy.put(
                    "records to read",
                    unread(notification, topics.bookings()) + unread(notification, topics.requests()));
            busy.put("events held", here.count(HELD));
            busy.put("deliveries under way", here.count(UNDER_WAY));
            busy.put("acknowledgements", Math.abs(here.count(ACKNOWLEDGEMENTS) - there.count(ACKNOWLEDGEMENTS)));
            return busy.entrySet().stream()
                    .filter(each -> each.getValue() != 0)
                    .map(each -> each.getValue() + " " + each.getKey())
                    .collect(Collectors.joining(", "));
        } catch (SQLException e) {
            return "the databases cannot be asked: " + e.getMessage();
        }
    }

    /** Records of the topic that the notification service has not consumed. */
    private static long unread(Connection notification, Topic topic) throws SQLException {
        long unread = 0;
        for (var end : topic.ends().entrySet()) {
            unread += Math.max(0, end.getValue() - next(notification, end.getKey()));
        }
        return unread;
    }

    private static long next(Connection notification, TopicPartition partition) throws SQLException {
        try (PreparedStatement statement = notification.prepareStatement(
                "SELECT coalesce(max(next_offset), 0) FROM consumer_offset WHERE topic = ? AND partition = ?")) {
            statement.setString(1, partition.topic());
            statement.setInt(2, partition.partition());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private void logWaitingEndpoints() {
        try (Connection notification = system.notification().connect()) {
            new Rows(notification, city.branches())
                    .list(WAITING_ENDPOINTS, row -> row.getString(1))
                    .forEach(log);
        } catch (SQLException e) {
            log.accept("The waiting deliveries cannot be shown: " + e.getMessage());
        }
    }
}
