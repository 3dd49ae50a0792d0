package org.lectern.scheduler.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Sql;
import org.lectern.scheduler.audit.Kind;
import org.lectern.scheduler.booking.BookingStatus;
import org.lectern.scheduler.schedule.AvailabilityConfig;
import org.lectern.scheduler.schedule.OpenedTime;

/**
 * What a change frees, by the states before and after it: a lecture that falls away or moves, wider windows, a removed
 * blackout, a raised limit, a new lecturer or topic of a lecturer, longer opening hours, a new or larger venue, a
 * holiday that is a workday again.
 */
@ApplicationScoped
class FreedTimes {

    private final OpenedTime opened;
    private final AvailabilityConfig config;
    private final Sql sql;
    private final ObjectMapper json;

    @Inject
    FreedTimes(OpenedTime opened, AvailabilityConfig config, Sql sql, ObjectMapper json) {
        this.sql = sql;
        this.opened = opened;
        this.config = config;
        this.json = json;
    }

    /**
     * A version of a subject in the audit.
     *
     * @param before the state of the version before; null for the first
     */
    record Change(Kind kind, UUID subject, @Nullable String before, String after) {

        static final String COLUMNS = """
                e.kind, e.subject, cast(e.state AS text) AS after,
                (SELECT cast(p.state AS text) FROM audit_entry p
                 WHERE p.kind = e.kind AND p.subject = e.subject AND p.version = e.version - 1) AS before""";

        static Change of(Sql.Row row) throws SQLException {
            Kind kind = Kind.valueOf(row.text("kind"));
            return new Change(
                    kind,
                    kind == Kind.CALENDAR ? new UUID(0, 0) : UUID.fromString(row.text("subject")),
                    row.textOrNull("before"),
                    row.text("after"));
        }
    }

    /**
     * The time that a change frees.
     *
     * @param now nothing before it
     * @param until nothing after it
     */
    List<FreedTime> of(Change change, Instant now, Instant until) {
        JsonNode after = read(change.after());
        String stored = change.before();
        JsonNode before = stored == null ? null : read(stored);
        return switch (change.kind()) {
            case BOOKING -> before == null ? List.of() : booking(before, after);
            case AVAILABILITY ->
                opened.ofLecturer(stored, change.after(), now, until).stream()
                        .map(each -> FreedTime.ofLecturer(change.subject(), each.from(), each.until()))
                        .toList();
            case OPENING_HOURS ->
                opened.ofVenue(stored, change.after(), now, until).stream()
                        .map(each -> FreedTime.ofVenue(change.subject(), each.from(), each.until()))
                        .toList();
            case LECTURER -> lecturer(change.subject(), before, after, now, until);
            case VENUE -> venue(change.subject(), before, after, now, until);
            case BRANCH ->
                before != null && !flag(before, "parallel") && flag(after, "parallel")
                        ? List.of(FreedTime.ofBranch(change.subject(), now, until))
                        : List.of();
            case TOPIC ->
                before != null && number(after, "durationMinutes") < number(before, "durationMinutes")
                        ? List.of(new FreedTime(null, null, null, Set.of(change.subject()), now, until))
                        : List.of();
            case CALENDAR -> before == null ? List.of() : calendar(before, after);
            case LECTURE_REQUEST, LECTURER_ANSWER, AVAILABILITY_PROPOSAL, RATING, CAMPAIGN, TRAVEL_TIME -> List.of();
        };
    }

    private List<FreedTime> booking(JsonNode before, JsonNode after) {
        if (!status(before).isActive()) {
            return List.of();
        }
        Instant start = time(before, "start");
        Instant end = time(before, "end");
        boolean leaves =
                !status(after).occupies() || !start.equals(time(after, "start")) || !end.equals(time(after, "end"));
        List<FreedTime> freed = new ArrayList<>();
        UUID lecturer = id(before.path("lecturer"));
        if (lecturer != null && (leaves || !lecturer.equals(id(after.path("lecturer"))))) {
            freed.add(FreedTime.ofLecturer(lecturer, start, end));
            opened.byLimit(lecturer, start)
                    .ifPresent(each -> freed.add(FreedTime.ofLecturer(lecturer, each.from(), each.until())));
        }
        UUID venue = id(before.path("venue"));
        if (venue != null && (leaves || !venue.equals(id(after.path("venue"))))) {
            // the owner's room; who may use any hall had others to choose from
            owner(venue).ifPresent(owner -> freed.add(new FreedTime(null, venue, owner, Set.of(), start, end)));
        }
        Set<UUID> left = branches(before);
        if (!leaves) {
            left.removeAll(branches(after));
        }
        left.forEach(branch -> freed.add(FreedTime.ofBranch(branch, start, end)));
        return freed;
    }

    private Optional<UUID> owner(UUID venue) {
        return sql.one(
                "SELECT branch_id FROM venue WHERE id = ? AND branch_id IS NOT NULL",
                row -> row.id("branch_id"),
                venue);
    }

    private static Set<UUID> branches(JsonNode booking) {
        Set<UUID> branches = new HashSet<>();
        UUID host = id(booking.path("branch"));
        if (host != null) {
            branches.add(host);
        }
        for (JsonNode guest : booking.path("guests")) {
            UUID id = id(guest);
            if (id != null) {
                branches.add(id);
            }
        }
        return branches;
    }

    private static List<FreedTime> lecturer(
            UUID id, @Nullable JsonNode before, JsonNode after, Instant now, Instant until) {
        Set<UUID> topics = ids(after.path("topicIds"));
        if (before != null && !flag(before, "archived")) {
            topics.removeAll(ids(before.path("topicIds")));
        }
        return flag(after, "archived") || topics.isEmpty()
                ? List.of()
                : List.of(new FreedTime(id, null, null, topics, now, until));
    }

    private static List<FreedTime> venue(
            UUID id, @Nullable JsonNode before, JsonNode after, Instant now, Instant until) {
        boolean usable = before == null
                || flag(before, "archived")
                || before.has("capacity")
                        && (!after.has("capacity") || number(after, "capacity") > number(before, "capacity"));
        return usable && !flag(after, "archived") ? List.of(FreedTime.ofVenue(id, now, until)) : List.of();
    }

    private List<FreedTime> calendar(JsonNode before, JsonNode after) {
        Set<String> off = daysOff(before);
        off.removeAll(daysOff(after));
        ZoneId zone = config.defaultZone();
        return off.stream()
                .map(LocalDate::parse)
                .map(day -> new FreedTime(
                        null,
                        null,
                        null,
                        Set.of(),
                        day.atStartOfDay(zone).toInstant(),
                        day.plusDays(1).atStartOfDay(zone).toInstant()))
                .toList();
    }

    private static Set<String> daysOff(JsonNode year) {
        Set<String> off = new HashSet<>();
        for (JsonNode day : year.path("days")) {
            if (flag(day, "isOffDay")) {
                off.add(day.path("date").asText());
            }
        }
        return off;
    }

    private static BookingStatus status(JsonNode booking) {
        return BookingStatus.valueOf(booking.path("status").asText());
    }

    private static Instant time(JsonNode node, String member) {
        return OffsetDateTime.parse(node.path(member).asText()).toInstant();
    }

    private static @Nullable UUID id(JsonNode party) {
        return party.has("id") ? UUID.fromString(party.path("id").asText()) : null;
    }

    private static Set<UUID> ids(JsonNode array) {
        Set<UUID> ids = new HashSet<>();
        array.forEach(each -> ids.add(UUID.fromString(each.asText())));
        return ids;
    }

    private static boolean flag(JsonNode node, String member) {
        return node.path(member).asBoolean();
    }

    private static int number(JsonNode node, String member) {
        return node.path(member).asInt();
    }

    private JsonNode read(String state) {
        try {
            return json.readTree(state);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A stored version cannot be read", e);
        }
    }
}
