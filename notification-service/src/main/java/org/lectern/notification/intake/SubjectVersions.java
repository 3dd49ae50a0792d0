package org.lectern.notification.intake;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Sql;
import org.lectern.notification.directory.Branch;
import org.lectern.notification.directory.Branches;

/**
 * The last applied versions of bookings and requests in a batch, under their row locks. It reads all with a few
 * statements, changes them in memory, and writes them in {@link #settle}. A round trip per event would be most of the
 * cost.
 */
final class SubjectVersions {

    /** Locks in the order of ids, like every other writer. */
    private static final String APPEAR = """
            INSERT INTO subject_view (subject_id, incarnation, version, state, updated_at)
            SELECT s.subject_id, s.incarnation, 0, 'UNKNOWN', ?
            FROM unnest(cast(? AS uuid[]), cast(? AS uuid[])) s (subject_id, incarnation)
            ORDER BY s.subject_id
            ON CONFLICT DO NOTHING""";

    private static final String LOCK = """
            SELECT subject_id, version, incarnation FROM subject_view WHERE subject_id = ANY (?)
            ORDER BY subject_id FOR UPDATE""";

    /** A separate statement after the lock, so that it sees what the transactions that held the lock committed. */
    private static final String SEEN = """
            SELECT event_id AS id, true AS taken FROM inbox WHERE event_id = ANY (cast(? AS uuid[]))
            UNION ALL
            SELECT DISTINCT subject_id, false FROM held_event WHERE subject_id = ANY (?)""";

    private static final String APPLY = """
            UPDATE subject_view v
            SET incarnation = s.incarnation, version = s.version, state = coalesce(s.state, v.state), updated_at = ?
            FROM unnest(cast(? AS uuid[]), cast(? AS uuid[]), cast(? AS integer[]), cast(? AS text[]))
                 s (subject_id, incarnation, version, state)
            WHERE v.subject_id = s.subject_id""";

    private final Sql sql;
    private final Inbox inbox;
    private final Branches directory;
    private final Map<UUID, SubjectState> standings = new HashMap<>();
    private final Set<UUID> taken = new HashSet<>();
    private final Map<UUID, Branch> branches = new HashMap<>();
    private final List<Incoming> news = new ArrayList<>();

    SubjectVersions(Sql sql, Inbox inbox, Branches directory) {
        this.sql = sql;
        this.inbox = inbox;
        this.directory = directory;
    }

    /** The last applied version of a booking or request. */
    static final class SubjectState {

        private final UUID subject;
        private int version;
        private UUID incarnation;
        private @Nullable String state;
        private boolean waits;
        private boolean changed;

        private SubjectState(UUID subject, int version, UUID incarnation) {
            this.subject = subject;
            this.version = version;
            this.incarnation = incarnation;
        }

        UUID subject() {
            return subject;
        }

        int version() {
            return version;
        }

        UUID incarnation() {
            return incarnation;
        }

        /** Whether an event of it may be held. */
        boolean waits() {
            return waits;
        }

        void holds() {
            waits = true;
        }

        void applied(int version, UUID incarnation, String state) {
            this.version = version;
            this.incarnation = incarnation;
            this.state = state;
            changed = true;
        }

        void skipped(int version) {
            this.version = version;
            changed = true;
        }
    }

    /** Loads the subjects of these events. A new subject stands before its first version. */
    void open(List<Incoming> events, Set<UUID> concerned, Instant now) {
        if (events.isEmpty()) {
            return;
        }
        Map<UUID, UUID> lives = new HashMap<>();
        events.forEach(event -> lives.putIfAbsent(event.event().subject(), event.incarnation()));
        List<UUID> subjects = List.copyOf(lives.keySet());
        sql.update(APPEAR, now, subjects, Sql.each(subjects, lives::get));
        lock(subjects, Sql.each(events, Incoming::id));
        branches.putAll(directory.find(concerned));
    }

    /** Loads subjects that are already known. */
    void open(List<UUID> subjects) {
        List<UUID> closed = subjects.stream()
                .filter(subject -> !standings.containsKey(subject))
                .toList();
        if (!closed.isEmpty()) {
            lock(closed, List.of());
        }
    }

    private void lock(List<UUID> subjects, Collection<?> events) {
        sql.list(
                        LOCK,
                        row -> new SubjectState(row.id("subject_id"), row.number("version"), row.id("incarnation")),
                        subjects)
                .forEach(standing -> standings.put(standing.subject, standing));
        record Found(UUID id, boolean taken) {}
        sql.list(SEEN, row -> new Found(row.id("id"), row.flag("taken")), events, subjects)
                .forEach(found -> {
                    if (found.taken()) {
                        taken.add(found.id());
                    } else {
                        of(found.id()).holds();
                    }
                });
    }

    SubjectState of(UUID subject) {
        SubjectState standing = find(subject);
        if (standing == null) {
            throw new IllegalStateException("A subject's row went away under its lock");
        }
        return standing;
    }

    /** Null when the subject is unknown, or was not loaded. */
    @Nullable
    SubjectState find(UUID subject) {
        return standings.get(subject);
    }

    /** Whether that event, one of those loaded, was processed before. */
    boolean knows(UUID event) {
        return taken.contains(event);
    }

    void remember(Incoming incoming) {
        taken.add(incoming.id());
        news.add(incoming);
    }

    /** Null when the directory does not know it. */
    @Nullable
    Branch branch(UUID id) {
        Branch known = branches.get(id);
        if (known == null) {
            known = directory.find(id).orElse(null);
            if (known != null) {
                branches.put(id, known);
            }
        }
        return known;
    }

    /** Writes the changes. */
    void settle(Instant now) {
        if (!news.isEmpty()) {
            inbox.remember(news);
            news.clear();
        }
        List<SubjectState> changed =
                standings.values().stream().filter(standing -> standing.changed).toList();
        if (!changed.isEmpty()) {
            sql.update(
                    APPLY,
                    now,
                    Sql.each(changed, standing -> standing.subject),
                    Sql.each(changed, standing -> standing.incarnation),
                    Sql.each(changed, standing -> standing.version),
                    Sql.each(changed, standing -> standing.state));
            changed.forEach(standing -> standing.changed = false);
        }
    }
}
