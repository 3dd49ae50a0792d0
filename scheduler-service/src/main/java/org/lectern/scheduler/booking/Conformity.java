package org.lectern.scheduler.booking;

import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.http.Cursor;
import org.lectern.chassis.problem.Messages;
import org.lectern.chassis.problem.Violation;
import org.lectern.scheduler.booking.Bookings.Criteria;
import org.lectern.scheduler.booking.SoftRule.Objection;
import org.lectern.scheduler.booking.SoftRule.Proposal;
import org.lectern.scheduler.consequence.Consequences.Scope;

/**
 * Finds upcoming bookings that could not be booked today: windows, limits, places or the calendar changed since. The
 * rules are those that judge a new booking. A rule that an organizer overrode for a booking does not count against it.
 */
@ApplicationScoped
public class Conformity {

    /** A booking may be short on purpose, so it counts only when a topic changes or when asked for. */
    static final String SHORT = "shorter-than-topic";

    /** What can come of a change of a topic. */
    static final List<String> OF_TOPICS = List.of("topic-archived", SHORT);

    private static final int CHUNK = 500;

    private final Bookings bookings;
    private final List<SoftRule> rules;
    private final Sql sql;
    private final Messages messages;

    @Inject
    Conformity(Bookings bookings, @All List<SoftRule> rules, Sql sql, Messages messages) {
        this.bookings = bookings;
        this.rules = rules;
        this.sql = sql;
        this.messages = messages;
    }

    /** A booking that does not fit, and why. */
    record Unfit(BookingView booking, List<Objection> objections) {}

    /**
     * Bookings that do not fit, by start, each with the broken rules as warnings.
     *
     * @param codes only these rules; empty for any but {@link #SHORT}
     * @param overridden also rules that an organizer overrode
     */
    public List<BookingView> list(
            Criteria criteria, Set<String> codes, boolean overridden, @Nullable Cursor after, int limit) {
        List<BookingView> found = new ArrayList<>();
        Cursor position = after;
        while (found.size() < limit) {
            List<BookingView> chunk = bookings.upcoming(criteria, Scope.ALL, position, CHUNK);
            for (Unfit unfit : unfit(chunk, overridden)) {
                List<Objection> wanted = unfit.objections().stream()
                        .filter(each -> codes.isEmpty() ? !each.code().equals(SHORT) : codes.contains(each.code()))
                        .toList();
                if (!wanted.isEmpty() && found.size() < limit) {
                    found.add(unfit.booking()
                            .warned(RuleViolation.ofRules(wanted, messages).stream()
                                    .map(finding -> new Warning(finding.code(), null, finding.detail()))
                                    .toList()));
                }
            }
            if (chunk.size() < CHUNK) {
                break;
            }
            BookingView last = chunk.getLast();
            position = new Cursor(last.start().toInstant().toString(), last.id());
        }
        return found;
    }

    /** All upcoming bookings of a scope that do not fit. */
    List<Unfit> all(Scope scope) {
        Criteria criteria = Criteria.of(Optional.empty());
        List<Unfit> found = new ArrayList<>();
        Cursor position = null;
        List<BookingView> chunk;
        do {
            chunk = bookings.upcoming(criteria, scope, position, CHUNK);
            found.addAll(unfit(chunk, false));
            if (!chunk.isEmpty()) {
                BookingView last = chunk.getLast();
                position = new Cursor(last.start().toInstant().toString(), last.id());
            }
        } while (chunk.size() == CHUNK);
        return found;
    }

    private List<Unfit> unfit(List<BookingView> some, boolean withOverridden) {
        if (some.isEmpty()) {
            return List.of();
        }
        List<Proposal> lectures = some.stream().map(Proposal::of).toList();
        Map<UUID, List<Objection>> broken = references(some);
        for (SoftRule rule : rules) {
            rule.standing(lectures)
                    .forEach((booking, objections) -> broken.computeIfAbsent(booking, id -> new ArrayList<>())
                            .addAll(objections));
        }
        Map<UUID, Set<String>> overridden = withOverridden ? Map.of() : overridden(some);
        List<Unfit> unfit = new ArrayList<>();
        for (BookingView booking : some) {
            Set<String> accepted = overridden.getOrDefault(booking.id(), Set.of());
            List<Objection> counting = broken.getOrDefault(booking.id(), List.of()).stream()
                    .filter(each -> !accepted.contains(each.code()))
                    .toList();
            if (!counting.isEmpty()) {
                unfit.add(new Unfit(booking, counting));
            }
        }
        return unfit;
    }

    /** What a booking refers to must be in use, and its lecturer must lecture on the topic. */
    private Map<UUID, List<Objection>> references(List<BookingView> some) {
        Map<UUID, List<Objection>> broken = new HashMap<>();
        sql.list(
                """
                SELECT b.id, l.archived AS lecturer, t.archived AS topic, r.archived AS branch,
                       coalesce(v.archived, false) AS venue,
                       b.ends_at - b.starts_at < make_interval(mins => t.duration_minutes) AS short,
                       NOT EXISTS (SELECT FROM lecturer_topic o
                                   WHERE o.lecturer_id = b.lecturer_id AND o.topic_id = b.topic_id) AS untaught
                FROM booking b JOIN lecturer l ON l.id = b.lecturer_id JOIN topic t ON t.id = b.topic_id
                JOIN branch r ON r.id = b.branch_id LEFT JOIN venue v ON v.id = b.venue_id
                WHERE b.id = ANY (?)""",
                row -> {
                    List<Objection> objections = new ArrayList<>();
                    for (String kind : List.of("lecturer", "topic", "branch", "venue")) {
                        if (row.flag(kind)) {
                            objections.add(reference(kind + "-archived", "/" + kind + "Id"));
                        }
                    }
                    if (row.flag("short")) {
                        objections.add(reference(SHORT, "/end"));
                    }
                    if (row.flag("untaught")) {
                        objections.add(reference("lecturer-not-on-topic", "/lecturerId"));
                    }
                    return broken.put(row.id("id"), objections);
                },
                some.stream().map(BookingView::id).toList());
        return broken;
    }

    private static Objection reference(String code, String pointer) {
        return new Objection(code, new Violation(pointer, "unfit." + code));
    }

    private Map<UUID, Set<String>> overridden(List<BookingView> some) {
        Map<UUID, Set<String>> overridden = new HashMap<>();
        sql.list(
                """
                SELECT e.subject, e.overridden FROM audit_entry e
                WHERE e.kind = 'BOOKING' AND e.overridden <> '{}' AND e.subject = ANY (cast(? AS text[]))""",
                row -> overridden.merge(
                        UUID.fromString(row.text("subject")),
                        Set.copyOf(row.texts("overridden")),
                        (one, other) ->
                                Stream.concat(one.stream(), other.stream()).collect(Collectors.toSet())),
                some.stream().map(each -> each.id().toString()).toList());
        return overridden;
    }
}
