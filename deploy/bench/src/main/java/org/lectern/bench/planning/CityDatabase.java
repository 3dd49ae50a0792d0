package org.lectern.bench.planning;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.lectern.scheduler.planning.search.Cost;
import org.lectern.scheduler.planning.search.Plan;
import org.lectern.scheduler.planning.search.Problem;

/**
 * A {@link City} in the database of the scheduler service, with the same hours, limits, places, travel times and
 * bookings. Each topic has a campaign of its own for the branches that miss it. Several cities can be in one database.
 */
final class CityDatabase {

    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final String INSERT_BOOKING = """
        INSERT INTO booking (id, version, status, lecturer_id, topic_id, branch_id, venue_id, format, starts_at, ends_at, zone,
                             occupied_from, occupied_until, branch_exclusive, travel_overridden, created_at, created_by,
                             updated_at)
        VALUES (uuidv7(), 1, 'CONFIRMED', ?, ?, ?, ?, 'lecture', ?, ?, 'Asia/Shanghai', ?, ?, true, true, now(), 'bench', now())""";

    private final City city;
    private final String jdbcUrl;
    private final String prefix;
    private final LocalDate monday;
    private final List<UUID> topics = new ArrayList<>();
    private final List<UUID> lecturers = new ArrayList<>();
    /** Of each location, but those of homes. */
    private final Map<Integer, UUID> branches = new HashMap<>();

    private final Map<Integer, UUID> venues = new HashMap<>();
    private final List<UUID> campaigns = new ArrayList<>();

    /** @param prefix of all codes, another one for each city of a database */
    CityDatabase(City city, String jdbcUrl, String prefix) {
        this.city = city;
        this.jdbcUrl = jdbcUrl;
        this.prefix = prefix;
        monday = LocalDate.now(ZONE).plusDays(2).with(TemporalAdjusters.nextOrSame(DayOfWeek.MONDAY));
    }

    List<UUID> campaigns() {
        return campaigns;
    }

    Instant from() {
        return at(0);
    }

    Instant until() {
        return at(city.days * 1440);
    }

    private Instant at(int minute) {
        return monday.atStartOfDay(ZONE).toInstant().plusSeconds(minute * 60L);
    }

    private static OffsetDateTime stamp(Instant instant) {
        return instant.atZone(ZONE).toOffsetDateTime();
    }

    /**
     * The request of a lecture after the weeks of the city, when all lecturers and rooms are free.
     *
     * @param number another one for each request: no two are on one day
     */
    String later(int lecturer, int branch, int number) {
        int topic = 0;
        while (!city.able[lecturer][topic]) {
            topic++;
        }
        return """
            {"lecturerId": "%s", "topicId": "%s", "branchId": "%s", "venueId": "%s", "format": "lecture", "start": "%s"}""".formatted(
                        lecturers.get(lecturer),
                        topics.get(topic),
                        branches.get(branch),
                        venues.get(branch),
                        stamp(at((city.days + 7 + number % 500) * 1440 + City.FIRST + number / 500 * 240)));
    }

    void load() throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbcUrl, "scheduler", "scheduler")) {
            connection.setAutoCommit(false);
            topics(connection);
            branches(connection);
            lecturers(connection);
            bookings(connection);
            campaigns(connection);
            connection.commit();
            connection.setAutoCommit(true);
            try (Statement statement = connection.createStatement()) {
                statement.execute("VACUUM ANALYZE");
            }
        }
    }

    private void topics(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
            INSERT INTO topic (id, version, code, title, duration_minutes, created_at, updated_at)
            VALUES (?, 1, ?, ?, ?, now(), now())""")) {
            for (int topic = 0; topic < city.able[0].length; topic++) {
                topics.add(UUID.randomUUID());
                set(insert, topics.getLast(), prefix + "topic-" + topic, "Topic " + topic, City.LENGTH);
            }
            insert.executeBatch();
        }
    }

    /** Branches with a room each, also where bookings take place. */
    private void branches(Connection connection) throws SQLException {
        try (PreparedStatement branch = connection.prepareStatement("""
            INSERT INTO branch (id, version, code, name, kind, zone, locale, parallel, latitude, longitude,
                                created_at, updated_at)
            VALUES (?, 1, ?, ?, 'village', 'Asia/Shanghai', 'zh-CN', false, ?, ?, now(), now())""");
                PreparedStatement venue = connection.prepareStatement("""
                    INSERT INTO venue (id, version, code, name, kind, branch_id, created_at, updated_at)
                    VALUES (?, 1, ?, ?, 'branch-room', ?, now(), now())""");
                PreparedStatement hours = connection.prepareStatement("""
                    INSERT INTO venue_hours (venue_id, version, zone, weekly, updated_at)
                    VALUES (?, 2, 'Asia/Shanghai', '{}', now())""");
                PreparedStatement open = connection.prepareStatement("""
                    INSERT INTO venue_hours_exception (venue_id, on_date, windows) VALUES (?, ?, ?::int4multirange)""")) {
            for (int location = 0; location < city.points.size(); location++) {
                if (location >= city.branches && location < city.branches + city.lecturers) {
                    continue; // a home
                }
                UUID id = UUID.randomUUID();
                UUID room = UUID.randomUUID();
                branches.put(location, id);
                venues.put(location, room);
                String code = prefix + "branch-" + location;
                set(branch, id, code, code, city.latitude(location), city.longitude(location));
                set(venue, room, code, code, id);
                if (location < city.branches) {
                    set(hours, room);
                    for (int day = 0; day < city.days; day++) {
                        set(open, room, monday.plusDays(day), windows(city.room[location][day]));
                    }
                }
            }
            for (PreparedStatement each : List.of(branch, venue, hours, open)) {
                each.executeBatch();
            }
        }
    }

    /** The windows that allow these starts and no others. */
    private static String windows(long starts) {
        List<String> windows = new ArrayList<>();
        int from = -1;
        for (int slot = 0; slot <= City.STARTS; slot++) {
            boolean allowed = slot < City.STARTS && (starts >>> slot & 1) == 1;
            if (allowed && from < 0) {
                from = slot;
            } else if (!allowed && from >= 0) {
                int last = City.FIRST + (slot - 1) * City.STEP;
                windows.add("[%d,%d)".formatted(City.FIRST + from * City.STEP, last + City.LENGTH));
                from = -1;
            }
        }
        return "{" + String.join(",", windows) + "}";
    }

    private void lecturers(Connection connection) throws SQLException {
        try (PreparedStatement lecturer = connection.prepareStatement("""
            INSERT INTO lecturer (id, version, code, name, tier, zone, locale, latitude, longitude, created_at, updated_at)
            VALUES (?, 1, ?, ?, 'county', 'Asia/Shanghai', 'zh-CN', ?, ?, now(), now())""");
                PreparedStatement topic = connection.prepareStatement(
                        "INSERT INTO lecturer_topic (lecturer_id, topic_id) VALUES (?, ?)");
                PreparedStatement available = connection.prepareStatement("""
                    INSERT INTO lecturer_availability (lecturer_id, version, zone, weekly, lectures_per_day,
                                                       lectures_per_week, notice_hours, updated_at)
                    VALUES (?, 2, 'Asia/Shanghai', '{}', ?, ?, 0, now())""");
                PreparedStatement free = connection.prepareStatement("""
                    INSERT INTO lecturer_exception (lecturer_id, on_date, windows) VALUES (?, ?, ?::int4multirange)""")) {
            for (int i = 0; i < city.lecturers; i++) {
                UUID id = UUID.randomUUID();
                lecturers.add(id);
                String code = prefix + "lecturer-" + i;
                set(lecturer, id, code, code, city.latitude(city.home(i)), city.longitude(city.home(i)));
                for (int each = 0; each < topics.size(); each++) {
                    if (city.able[i][each]) {
                        set(topic, id, topics.get(each));
                    }
                }
                set(available, id, city.perDay[i], city.perWeek[i]);
                for (int day = 0; day < city.days; day++) {
                    set(free, id, monday.plusDays(day), windows(city.free[i][day]));
                }
            }
            for (PreparedStatement each : List.of(lecturer, topic, available, free)) {
                each.executeBatch();
            }
        }
    }

    private void bookings(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT_BOOKING)) {
            for (int lecturer = 0; lecturer < city.lecturers; lecturer++) {
                for (List<City.Standing> day : city.standing.get(lecturer)) {
                    for (City.Standing each : day) {
                        set(
                                insert,
                                lecturers.get(lecturer),
                                topics.get(city.able[lecturer][0] ? 0 : city.able[lecturer][1] ? 1 : 2),
                                Objects.requireNonNull(branches.get(each.location())),
                                Objects.requireNonNull(venues.get(each.location())),
                                stamp(at(each.start())),
                                stamp(at(each.start() + City.LENGTH)),
                                stamp(at(each.start() - City.BUFFER)),
                                stamp(at(each.start() + City.LENGTH + City.BUFFER)));
                    }
                }
            }
            insert.executeBatch();
        }
    }

    private void campaigns(Connection connection) throws SQLException {
        try (PreparedStatement campaign = connection.prepareStatement("""
            INSERT INTO campaign (id, version, code, name, status, starts_on, ends_on, zone, lectures_per_branch,
                                  min_interval_days, formats, tiers, subtrees, kinds, branches, priority, targets_at,
                                  created_at, updated_at)
            VALUES (?, 1, ?, ?, 'ACTIVE', ?, ?, 'Asia/Shanghai', 1, 0, '{lecture}', '{}', '{}', '{}', ?, ?, now(),
                    now(), now())""");
                PreparedStatement topic = connection.prepareStatement("INSERT INTO campaign_topic VALUES (?, ?)");
                PreparedStatement targets = connection.prepareStatement("""
                    INSERT INTO campaign_target (campaign_id, branch_id, priority, excluded, branch_code)
                    SELECT c.id, b.id, s.priority, s.excluded, b.code
                    FROM campaign c CROSS JOIN LATERAL campaign_selection(c.id) s JOIN branch b ON b.id = s.branch_id
                    WHERE c.id = ?""");
                PreparedStatement count = connection.prepareStatement("""
                    UPDATE campaign c SET target_count = (SELECT count(*) FROM campaign_target t WHERE t.campaign_id = c.id)
                    WHERE c.id = ?""")) {
            for (int each = 0; each < topics.size(); each++) {
                List<UUID> missing = new ArrayList<>();
                List<UUID> priority = new ArrayList<>();
                for (int branch = 0; branch < city.branches; branch++) {
                    if (city.topic[branch] == each) {
                        missing.add(branches.get(branch));
                        if (city.priority[branch]) {
                            priority.add(branches.get(branch));
                        }
                    }
                }
                UUID id = UUID.randomUUID();
                campaigns.add(id);
                set(
                        campaign,
                        id,
                        prefix + "campaign-" + each,
                        "Campaign " + each,
                        monday,
                        monday.plusDays(city.days - 1L),
                        connection.createArrayOf("uuid", missing.toArray()),
                        connection.createArrayOf("uuid", priority.toArray()));
                set(topic, id, topics.get(each));
                set(targets, id);
                set(count, id);
            }
            for (PreparedStatement each : List.of(campaign, topic, targets, count)) {
                each.executeBatch();
            }
        }
    }

    private static void set(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        statement.addBatch();
    }

    /** What is booked for the campaigns, as a plan. */
    Plan booked(Problem problem) throws SQLException {
        Map<UUID, Integer> lecturer = new HashMap<>();
        lecturers.forEach(id -> lecturer.put(id, lecturer.size()));
        Map<UUID, Integer> branch = new HashMap<>();
        branches.forEach((location, id) -> branch.put(id, location));
        Map<List<Integer>, Integer> shifts = new HashMap<>();
        for (int shift = 0; shift < problem.shiftCount(); shift++) {
            shifts.put(
                    List.of(
                            problem.shift(shift).lecturer(),
                            problem.shift(shift).day()),
                    shift);
        }
        List<Plan.Placement> placed = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(jdbcUrl, "scheduler", "scheduler");
                PreparedStatement query = connection.prepareStatement("""
                    SELECT lecturer_id, branch_id, starts_at FROM booking
                    WHERE campaign_id = ANY (?) AND status = 'CONFIRMED'""")) {
            query.setArray(1, connection.createArrayOf("uuid", campaigns.toArray()));
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    Instant start = row.getObject(3, OffsetDateTime.class).toInstant();
                    int minute = (int) ((start.getEpochSecond() - from().getEpochSecond()) / 60);
                    int at = branch.getOrDefault(row.getObject(2, UUID.class), Plan.NONE);
                    int who = lecturer.getOrDefault(row.getObject(1, UUID.class), Plan.NONE);
                    int shift = shifts.getOrDefault(List.of(who, minute / 1440), Plan.NONE);
                    placed.add(new Plan.Placement(at, shift, at, minute, Plan.NONE, false));
                }
            }
        }
        return new Plan(city.branches, placed, Cost.NONE);
    }
}
