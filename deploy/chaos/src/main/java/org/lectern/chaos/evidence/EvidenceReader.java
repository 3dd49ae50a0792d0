package org.lectern.chaos.evidence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.lectern.chaos.evidence.Evidence.History;
import org.lectern.chaos.evidence.Evidence.Position;
import org.lectern.chaos.evidence.Evidence.Travel;
import org.lectern.chaos.evidence.Evidence.Version;
import org.lectern.chaos.load.Acknowledged;
import org.lectern.chaos.load.Call;
import org.lectern.chaos.load.City;
import org.lectern.chaos.system.Receivers;
import org.lectern.chaos.system.SystemUnderTest;

/** Reads the evidence of a run from both databases, the topics, the receivers and the logs. */
public final class EvidenceReader {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The outbox has times of the database; the history has times of replicas, which a clock fault may shift. */
    private static final String VERSIONS = """
            SELECT e.subject::uuid, e.version, e.action, coalesce(o.written_at, e.at), e.reason, e.state FROM audit_entry e
            LEFT JOIN outbox o ON o.aggregate_id::text = e.subject AND o.version = e.version
            WHERE e.kind = '%s' AND (e.state -> 'branch' ->> 'id')::uuid = ANY (?)""";

    private static final String OUTBOX = """
            SELECT o.id, o.aggregate_id, o.version, o.type FROM outbox o JOIN %s s ON s.id = o.aggregate_id
            WHERE s.branch_id = ANY (?) AND o.topic = '%s'""";

    private static final String NOTICES = """
            SELECT id, branch_id, sequence, event_id, coalesce(booking_id, request_id), version, ends_at, created_at
            FROM notice WHERE branch_id = ANY (?) AND coalesce(booking_id, request_id) IS NOT NULL""";

    private static final String DELIVERIES = """
            SELECT d.id, d.notice_id, d.endpoint_id, d.state, d.reason, d.superseded_by FROM delivery d
            JOIN notice n ON n.id = d.notice_id
            WHERE n.branch_id = ANY (?) AND coalesce(n.booking_id, n.request_id) IS NOT NULL""";

    private final SystemUnderTest system;
    private final City city;
    private final Topics topics;
    private final Path logs;

    /** @param logs the folder of the run; its logs are searched for secrets */
    public EvidenceReader(SystemUnderTest system, City city, Topics topics, Path logs) {
        this.system = system;
        this.city = city;
        this.topics = topics;
        this.logs = logs;
    }

    public Evidence read(List<Call> calls, List<Acknowledged> acknowledged, boolean partitionsAdded) {
        try (Connection scheduler = system.scheduler().connect();
                Connection notification = system.notification().connect()) {
            Rows there = new Rows(scheduler, city.branches());
            Rows here = new Rows(notification, city.recipients());
            List<ConsumerRecord<String, String>> bookings = topics.bookings().records();
            List<ConsumerRecord<String, String>> requests = topics.requests().records();
            return new Evidence(
                    calls,
                    history(there, "BOOKING", "booking", topics.bookings(), bookings),
                    history(there, "LECTURE_REQUEST", "lecture_request", topics.requests(), requests),
                    city.lecturers().stream().map(UUID::fromString).collect(Collectors.toSet()),
                    plans(there),
                    notices(here),
                    deliveries(here),
                    city.addresses().stream()
                            .map(each -> new Evidence.Endpoint(each.endpoint(), each.branch(), each.address()))
                            .toList(),
                    system.receivers().map(Receivers::mails).orElse(List.of()),
                    system.receivers().map(Receivers::webhooks).orElse(List.of()),
                    partitionsAdded,
                    topics.planted(),
                    quarantined(notification),
                    (int) here.count(Quiet.HELD),
                    (int) there.count(Quiet.UNPUBLISHED),
                    acknowledged,
                    known(there),
                    travel(scheduler),
                    secrets(
                            here,
                            Stream.concat(bookings.stream(), requests.stream()).toList()));
        } catch (SQLException e) {
            throw new IllegalStateException("The evidence could not be read", e);
        }
    }

    private History history(
            Rows rows, String kind, String table, Topic topic, List<ConsumerRecord<String, String>> records)
            throws SQLException {
        List<Version> versions = rows.list(
                VERSIONS.formatted(kind),
                row -> new Version(
                        row.getObject(1, UUID.class),
                        row.getInt(2),
                        row.getString(3),
                        instant(row, 4),
                        row.getString(5),
                        JSON.readTree(row.getString(6))));
        List<Evidence.Written> outbox = rows.list(
                OUTBOX.formatted(table, topic.name()),
                row -> new Evidence.Written(
                        row.getObject(1, UUID.class), row.getObject(2, UUID.class), row.getInt(3), row.getString(4)));
        return new History(versions, outbox, published(records));
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable Instant instantOrNull(ResultSet row, int column) throws SQLException {
        return row.getObject(column) == null ? null : instant(row, column);
    }

    private static List<Evidence.PublishedPlan> plans(Rows rows) throws SQLException {
        return rows.list(
                """
                SELECT p.id, p.campaign_id, p.state, coalesce(p.publication ->> 'outcome', ''), count(i.starts_at)
                FROM plan p JOIN plan_item i ON i.plan_id = p.id
                WHERE i.branch_id = ANY (?) GROUP BY p.id""",
                row -> new Evidence.PublishedPlan(
                        row.getObject(1, UUID.class),
                        row.getObject(2, UUID.class),
                        row.getString(3),
                        row.getString(4),
                        row.getInt(5)));
    }

    private static List<Evidence.Notice> notices(Rows rows) throws SQLException {
        return rows.list(
                NOTICES,
                row -> new Evidence.Notice(
                        row.getObject(1, UUID.class),
                        row.getObject(2, UUID.class),
                        row.getLong(3),
                        row.getObject(4, UUID.class),
                        row.getObject(5, UUID.class),
                        row.getInt(6),
                        instantOrNull(row, 7),
                        instant(row, 8)));
    }

    private static List<Evidence.Delivery> deliveries(Rows rows) throws SQLException {
        return rows.list(
                DELIVERIES,
                row -> new Evidence.Delivery(
                        row.getObject(1, UUID.class),
                        row.getObject(2, UUID.class),
                        row.getObject(3, UUID.class),
                        row.getString(4),
                        row.getString(5),
                        row.getObject(6, UUID.class)));
    }

    private static List<Acknowledged> known(Rows rows) throws SQLException {
        return rows.list(
                "SELECT booking_id, branch_id, version FROM acknowledgement WHERE branch_id = ANY (?)",
                row -> new Acknowledged(row.getObject(1, UUID.class), row.getObject(2, UUID.class), row.getInt(3)));
    }

    private Travel travel(Connection scheduler) throws SQLException {
        try (PreparedStatement statement =
                        scheduler.prepareStatement("SELECT kilometres_per_hour, detour FROM travel_rule");
                ResultSet row = statement.executeQuery()) {
            row.next();
            return new Travel(row.getDouble(1), row.getDouble(2), city.venues());
        }
    }

    /** The time since the run began. */
    private List<Position> quarantined(Connection notification) throws SQLException {
        List<Position> found = new ArrayList<>();
        Topic topic = topics.bookings();
        try (PreparedStatement statement =
                notification.prepareStatement("SELECT partition, record_offset FROM quarantine WHERE topic = ?")) {
            statement.setString(1, topic.name());
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    Position position = new Position(row.getInt(1), row.getLong(2));
                    if (position.offset() >= topic.beginning(position.partition())) {
                        found.add(position);
                    }
                }
            }
        }
        return found;
    }

    private List<Evidence.Published> published(List<ConsumerRecord<String, String>> records) {
        List<Evidence.Published> found = new ArrayList<>();
        for (ConsumerRecord<String, String> each : records) {
            Position position = new Position(each.partition(), each.offset());
            boolean isPlanted = each.topic().equals(topics.bookings().name())
                    && topics.planted().contains(position);
            if (!isPlanted && concernsUs(each)) {
                found.add(new Evidence.Published(
                        position,
                        UUID.fromString(header(each, "ce_id")),
                        UUID.fromString(String.valueOf(each.key())),
                        Integer.parseInt(header(each, "ce_sequence")),
                        header(each, "ce_type")));
            }
        }
        return found;
    }

    /** True if an event is about a branch of the run. Unreadable records count: only the run produces them. */
    private boolean concernsUs(ConsumerRecord<String, String> each) {
        try {
            String branch =
                    JSON.readTree(each.value()).path("branch").path("id").asText("");
            return branch.isEmpty() || city.branches().contains(branch);
        } catch (JsonProcessingException e) {
            return true;
        }
    }

    private static String header(ConsumerRecord<String, String> message, String name) {
        return new String(message.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    /** Forbidden locations that contain the canary. */
    private List<String> secrets(Rows here, List<ConsumerRecord<String, String>> records) throws SQLException {
        List<String> places = new ArrayList<>();
        String canary = city.canary();
        if (records.stream().anyMatch(each -> String.valueOf(each.value()).contains(canary))) {
            places.add("on a topic");
        }
        if (here.count("SELECT count(*) FROM notice WHERE branch_id = ANY (?) AND position('" + canary
                        + "' IN title || body) > 0")
                > 0) {
            places.add("in notices");
        }
        try (Stream<Path> files = Files.list(logs)) {
            for (Path log :
                    files.filter(file -> file.toString().endsWith(".log")).toList()) {
                try (Stream<String> lines = Files.lines(log)) {
                    if (lines.anyMatch(line -> line.contains(canary))) {
                        places.add("in " + log.getFileName());
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return places;
    }
}
