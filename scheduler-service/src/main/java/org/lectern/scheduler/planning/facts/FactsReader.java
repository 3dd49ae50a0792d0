package org.lectern.scheduler.planning.facts;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Sql;
import org.lectern.scheduler.campaign.CampaignView;
import org.lectern.scheduler.campaign.Campaigns;
import org.lectern.scheduler.planning.facts.Facts.Busy;
import org.lectern.scheduler.planning.facts.Facts.Engagement;
import org.lectern.scheduler.planning.facts.Facts.Lecturer;
import org.lectern.scheduler.planning.facts.Facts.Target;
import org.lectern.scheduler.planning.facts.Facts.Topic;
import org.lectern.scheduler.planning.facts.Facts.Venue;
import org.lectern.scheduler.planning.facts.Facts.Visit;
import org.lectern.scheduler.schedule.AvailabilityConfig;
import org.lectern.scheduler.schedule.LectureRules;
import org.lectern.scheduler.schedule.Occupancy;
import org.lectern.scheduler.schedule.Schedules;
import org.lectern.scheduler.schedule.Schedules.Dates;
import org.lectern.scheduler.schedule.Span;
import org.lectern.scheduler.schedule.calendar.WorkingCalendar;
import org.lectern.scheduler.schedule.travel.Location;
import org.lectern.scheduler.schedule.travel.Travel;

/** Reads what a plan depends on: one query per kind of data, whatever its amount. */
@ApplicationScoped
class FactsReader {

    /** Limits count whole ISO weeks; travel looks at most four days ahead. */
    private static final Duration AROUND = Duration.ofDays(9);

    private final Sql sql;
    private final Campaigns campaigns;
    private final Schedules schedules;
    private final AvailabilityConfig config;
    private final LectureRules rules;
    private final Travel travel;
    private final Clock clock;

    @Inject
    FactsReader(
            Sql sql,
            Campaigns campaigns,
            Schedules schedules,
            AvailabilityConfig config,
            LectureRules rules,
            Travel travel,
            Clock clock) {
        this.sql = sql;
        this.campaigns = campaigns;
        this.schedules = schedules;
        this.config = config;
        this.rules = rules;
        this.travel = travel;
        this.clock = clock;
    }

    Facts read(Terms terms) {
        CampaignView campaign = campaigns.view(terms.campaignId());
        return sql.reading(reader -> read(reader, campaign, terms));
    }

    private Facts read(Sql.Reader reader, CampaignView campaign, Terms terms) {
        ZoneId zone = ZoneId.of(campaign.zone());
        Instant from = terms.from().atStartOfDay(zone).toInstant();
        Instant until = terms.until().plusDays(1).atStartOfDay(zone).toInstant();
        Dates dates = Dates.around(from.getEpochSecond(), until.getEpochSecond());
        List<Topic> topics = topics(reader, campaign.id());
        List<UUID> ids = topics.stream().map(Topic::id).toList();
        Map<UUID, Target> targets = targets(reader, campaign.id());
        List<Lecturer> lecturers = lecturers(reader, campaign, ids, dates, from, until);
        List<UUID> lecturerIds = lecturers.stream().map(Lecturer::id).toList();
        boolean needsVenue = !rules.isRemote(terms.format());
        List<Venue> venues = needsVenue ? venues(reader, campaign.id(), dates) : List.of();
        Instant now = clock.instant();
        return new Facts(
                now,
                zone,
                campaign.from(),
                campaign.until(),
                campaign.lecturesPerBranch(),
                campaign.minIntervalDays(),
                topics,
                targets,
                visits(reader, campaign),
                requested(reader, campaign.id()),
                lecturers,
                engagements(reader, lecturerIds, from, until),
                venues,
                busyVenues(reader, venues.stream().map(Venue::id).toList(), from, until),
                busyBranches(reader, campaign.id(), from, until),
                WorkingCalendar.between(reader, dates.first(), dates.last()),
                dates.first(),
                dates.last(),
                travel.timesNow(),
                config.tierPoints(),
                schedules.usual(),
                Span.ofText(config.searchHours()),
                (int) Math.max(1, config.searchStep().toMinutes()),
                now.plus(rules.horizon()));
    }

    private List<Topic> topics(Sql.Reader reader, UUID campaign) {
        return reader.list("""
                        SELECT t.id, t.duration_minutes FROM campaign_topic c JOIN topic t ON t.id = c.topic_id
                        WHERE c.campaign_id = ? AND NOT t.archived ORDER BY t.code""", row -> new Topic(row.id("id"), row.number("duration_minutes")), campaign).stream()
                .filter(topic -> topic.minutes() >= rules.shortest().toMinutes()
                        && topic.minutes() <= rules.longest().toMinutes())
                .toList();
    }

    private static Map<UUID, Target> targets(Sql.Reader reader, UUID campaign) {
        Map<UUID, Target> targets = new HashMap<>();
        reader.list(
                """
                SELECT b.id, b.code, b.latitude, b.longitude, b.zone, b.parallel, b.head_count, t.priority
                FROM campaign_target t JOIN branch b ON b.id = t.branch_id
                WHERE t.campaign_id = ? AND t.excluded IS NULL AND NOT b.archived""",
                row -> {
                    UUID id = row.id("id");
                    return targets.put(
                            id,
                            new Target(
                                    id,
                                    row.text("code"),
                                    new Location(
                                            null, id, row.decimalOrNull("latitude"), row.decimalOrNull("longitude")),
                                    ZoneId.of(row.text("zone")),
                                    row.flag("parallel"),
                                    row.numberOrNull("head_count"),
                                    row.flag("priority")));
                },
                campaign);
        return targets;
    }

    private static List<Visit> visits(Sql.Reader reader, CampaignView campaign) {
        return reader.list(
                """
                SELECT v.booking_id, v.branch_id, v.topic_id, v.lecturer_id, v.guest,
                       cast(v.starts_at AT TIME ZONE ? AS date) AS day
                FROM booking_branch v
                WHERE v.campaign_id = ? AND occupies(v.status) AND NOT is_overdue(v.status, v.hold_expires_at)""",
                row -> new Visit(
                        row.id("booking_id"),
                        row.id("branch_id"),
                        row.id("topic_id"),
                        row.id("lecturer_id"),
                        row.flag("guest"),
                        row.date("day")),
                campaign.zone(),
                campaign.id());
    }

    private static Map<UUID, List<UUID>> requested(Sql.Reader reader, UUID campaign) {
        Map<UUID, List<UUID>> requested = new HashMap<>();
        reader.list(
                """
                SELECT r.branch_id, r.topic_id
                FROM lecture_request r
                JOIN campaign_topic c ON c.campaign_id = ? AND c.topic_id = r.topic_id
                JOIN campaign_target t ON t.campaign_id = c.campaign_id AND t.branch_id = r.branch_id
                WHERE r.status IN ('WAITING', 'OFFERED')""",
                row -> requested
                        .computeIfAbsent(row.id("branch_id"), id -> new ArrayList<>())
                        .add(row.id("topic_id")),
                campaign);
        return requested;
    }

    private List<Lecturer> lecturers(
            Sql.Reader reader,
            CampaignView campaign,
            Collection<UUID> topics,
            Dates dates,
            Instant from,
            Instant until) {
        return reader.list(
                "SELECT l.id, l.code, l.tier, l.latitude, l.longitude, "
                        + "ARRAY(SELECT lt.topic_id FROM lecturer_topic lt WHERE lt.lecturer_id = l.id) AS topics, "
                        + Schedules.LECTURER
                        + """

                 FROM lecturer l
                 LEFT JOIN lecturer_availability a ON a.lecturer_id = l.id
                 WHERE NOT l.archived AND (cast(? AS text[]) = '{}' OR l.tier = ANY (cast(? AS text[])))
                   AND EXISTS (SELECT FROM lecturer_topic lt
                               WHERE lt.lecturer_id = l.id AND lt.topic_id = ANY (cast(? AS uuid[])))
                 ORDER BY l.code""",
                row -> new Lecturer(
                        row.id("id"),
                        row.text("code"),
                        row.text("tier"),
                        Location.at(row.decimalOrNull("latitude"), row.decimalOrNull("longitude")),
                        List.copyOf(row.ids("topics")),
                        schedules.lecturer(row)),
                dates.first(),
                dates.last(),
                from.minus(AROUND),
                until.plus(AROUND),
                campaign.tiers(),
                campaign.tiers(),
                topics);
    }

    /** In order of the time they occupy. The spot is that of {@code lecture_place} in the database. */
    private static Map<UUID, List<Engagement>> engagements(
            Sql.Reader reader, Collection<UUID> lecturers, Instant from, Instant until) {
        Map<UUID, List<Engagement>> byLecturer = new HashMap<>();
        reader.list(
                """
                SELECT b.id, b.lecturer_id, b.starts_at, b.occupied_from, b.occupied_until, %s
                FROM %s
                WHERE %s AND b.lecturer_id = ANY (cast(? AS uuid[])) AND b.occupied_from > ? AND b.occupied_from < ?
                ORDER BY b.occupied_from, b.occupied_until""".formatted(Occupancy.PLACE, Occupancy.WITH_PLACES, Occupancy.ACTIVE),
                row -> byLecturer
                        .computeIfAbsent(row.id("lecturer_id"), id -> new ArrayList<>())
                        .add(new Engagement(
                                row.id("id"),
                                row.time("starts_at").getEpochSecond(),
                                row.time("occupied_from").getEpochSecond(),
                                ceil(row.time("occupied_until")),
                                spot(row))),
                lecturers,
                from.minus(AROUND),
                until.plus(AROUND));
        return byLecturer;
    }

    private static long ceil(Instant moment) {
        return moment.getEpochSecond() + (moment.getNano() > 0 ? 1 : 0);
    }

    private static @Nullable Location spot(Sql.Row row) throws SQLException {
        UUID venue = row.idOrNull("venue_id");
        return venue == null
                ? null
                : new Location(
                        venue,
                        row.idOrNull("at_branch"),
                        row.decimalOrNull("latitude"),
                        row.decimalOrNull("longitude"));
    }

    /** The rooms of the targets, and all halls with a place of their own. */
    private List<Venue> venues(Sql.Reader reader, UUID campaign, Dates dates) {
        return reader.list(
                "SELECT v.id, v.code, v.kind = 'lecture-hall' AS hall, v.branch_id, v.capacity, v.id AS venue_id, r.id AS at_branch,"
                        + " coalesce(v.latitude, r.latitude) AS latitude,"
                        + " coalesce(v.longitude, r.longitude) AS longitude, " + Schedules.VENUE + """

                 FROM venue v
                 LEFT JOIN branch r ON r.id = v.branch_id
                 LEFT JOIN venue_hours h ON h.venue_id = v.id
                 WHERE NOT v.archived
                   AND (v.kind = 'lecture-hall' AND (v.latitude IS NOT NULL OR v.branch_id IS NOT NULL)
                        OR v.branch_id IN (SELECT branch_id FROM campaign_target
                                           WHERE campaign_id = ? AND excluded IS NULL))
                 ORDER BY v.code""",
                row -> new Venue(
                        row.id("id"),
                        row.text("code"),
                        row.flag("hall"),
                        row.idOrNull("branch_id"),
                        row.numberOrNull("capacity"),
                        Objects.requireNonNull(spot(row)),
                        schedules.hours(row)),
                dates.first(),
                dates.last(),
                campaign);
    }

    private static Map<UUID, List<Busy>> busyVenues(
            Sql.Reader reader, Collection<UUID> venues, Instant from, Instant until) {
        return busy(reader, """
                SELECT b.id, b.venue_id AS subject, b.occupied_from, b.occupied_until FROM booking b
                WHERE %s AND b.venue_id = ANY (cast(? AS uuid[])) AND b.occupied_from > ? AND b.occupied_from < ?""".formatted(Occupancy.ACTIVE), venues, from.minus(AROUND), until.plus(AROUND));
    }

    private static Map<UUID, List<Busy>> busyBranches(Sql.Reader reader, UUID campaign, Instant from, Instant until) {
        return busy(reader, """
                SELECT b.id, p.branch_id AS subject, p.occupied_from, p.occupied_until
                FROM campaign_target t
                JOIN booking_branch p ON p.branch_id = t.branch_id
                JOIN booking b ON b.id = p.booking_id
                WHERE t.campaign_id = ? AND t.excluded IS NULL AND p.exclusive AND %s
                  AND p.occupied_from > ? AND p.occupied_from < ?""".formatted(Occupancy.ACTIVE), campaign, from.minus(AROUND), until.plus(AROUND));
    }

    private static Map<UUID, List<Busy>> busy(Sql.Reader reader, String query, Object... parameters) {
        Map<UUID, List<Busy>> busy = new HashMap<>();
        reader.list(
                query,
                row -> busy.computeIfAbsent(row.id("subject"), id -> new ArrayList<>())
                        .add(new Busy(
                                row.id("id"),
                                row.time("occupied_from").getEpochSecond(),
                                ceil(row.time("occupied_until")))),
                parameters);
        return busy;
    }
}
