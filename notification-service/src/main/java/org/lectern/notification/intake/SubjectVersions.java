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
import org.lectern.notification.directory.Recipient;
import org.lectern.notification.directory.Recipients;

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
            SELECT event_id AS id, 'taken' AS found FROM inbox WHERE event_id = ANY (cast(? AS uuid[]))
            UNION ALL
            SELECT DISTINCT subject_id, 'held' FROM held_event WHERE subject_id = ANY (?)
            UNION ALL
            SELECT DISTINCT subject_id, 'awaiting' FROM awaited_lecturer WHERE subject_id = ANY (?)""";

    private static final String APPLY = """
            UPDATE subject_view v
            SET incarnation = s.incarnation, version = s.version, state = coalesce(s.state, v.state), updated_at = ?
            FROM unnest(cast(? AS uuid[]), cast(? AS uuid[]), cast(? AS integer[]), cast(? AS text[]))
                 s (subject_id, incarnation, version, state)
            WHERE v.subject_id = s.subject_id""";

    private final Sql sql;
    private final Inbox inbox;
    private final Recipients directory;
    private final Map<UUID, SubjectState> standings = new HashMap<>();
    private final Set<UUID> taken = new HashSet<>();
    private final Map<UUID, Recipient> branches = new HashMap<>();
    private final Set<UUID> looked = new HashSet<>();
    private final List<Incoming> news = new ArrayList<>();

    SubjectVersions(Sql sql, Inbox inbox, Recipients directory) {
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
        private boolean awaiting;
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

        /** Whether an event of it may wait for its lecturer to become known. */
        boolean isAwaiting() {
            return awaiting;
        }

        void awaits() {
            awaiting = true;
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
        looked.addAll(concerned);
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
        record Found(UUID id, String what) {}
        sql.list(SEEN, row -> new Found(row.id("id"), row.text("found")), events, subjects, subjects)
                .forEach(found -> {
                    switch (found.what()) {
                        case "taken" -> taken.add(found.id());
                        case "held" -> of(found.id()).holds();
                        default -> of(found.id()).awaits();
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
    Recipient branch(UUID id) {
        Recipient known = branches.get(id);
        if (known == null) {
            known = directory.find(id).orElse(null);
            if (known != null) {
                branches.put(id, known);
            }
        }
        return known;
    }

    /** Null when the directory does not know that lecturer. Looks once: no event waits for a lecturer. */
    @Nullable
    Recipient lecturer(UUID id) {
        return looked.add(id) ? branch(id) : branches.get(id);
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
