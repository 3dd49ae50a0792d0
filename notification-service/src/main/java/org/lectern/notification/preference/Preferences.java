package org.lectern.notification.preference;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.database.Sql.Row;
import org.lectern.chassis.database.Transactions;
import org.lectern.chassis.http.Etag;
import org.lectern.chassis.problem.NotFound;
import org.lectern.notification.directory.RecipientKind;
import org.lectern.notification.directory.Recipients;
import org.lectern.notification.directory.Scope;

/** The delivery preferences of branches. */
@ApplicationScoped
class Preferences {

    private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

    private static final String LOOK = """
            SELECT b.id, b.kind, b.zone, p.quiet_from, p.quiet_until, p.digest_at, coalesce(p.reminders, true) AS reminders,
                   coalesce(p.version, 1) AS version, p.updated_at
            FROM recipient b LEFT JOIN recipient_preference p ON p.branch_id = b.id
            WHERE b.id = ?""";

    /** Of two concurrent first changes, the second finds a row that is not at version 1 and fails. */
    private static final String PUT = """
            INSERT INTO recipient_preference AS p
                (branch_id, quiet_from, quiet_until, digest_at, reminders, version, updated_at, updated_by)
            VALUES (?, cast(? AS time), cast(? AS time), cast(? AS time), ?, 2, ?, ?)
            ON CONFLICT (branch_id) DO UPDATE SET
                quiet_from = excluded.quiet_from, quiet_until = excluded.quiet_until, digest_at = excluded.digest_at,
                reminders = excluded.reminders, version = p.version + 1, updated_at = excluded.updated_at,
                updated_by = excluded.updated_by
            WHERE p.version = ?""";

    private final Recipients branches;
    private final Sql sql;
    private final Event<PreferencesChanged> changed;
    private final Clock clock;

    @Inject
    Preferences(Recipients branches, Sql sql, Event<PreferencesChanged> changed, Clock clock) {
        this.branches = branches;
        this.sql = sql;
        this.changed = changed;
        this.clock = clock;
    }

    PreferencesView of(Scope scope, UUID branch) {
        branches.demandVisible(scope, branch);
        return view(branch);
    }

    PreferencesView put(Scope scope, UUID branch, int expected, PreferencesChange.Accepted wanted, String by) {
        return Transactions.inNew(() -> {
            branches.demandVisible(scope, branch);
            Etag.check(expected, view(branch).version());
            int written = sql.update(
                    PUT,
                    branch,
                    text(wanted.quietFrom()),
                    text(wanted.quietUntil()),
                    text(wanted.digestAt()),
                    wanted.reminders(),
                    clock.instant(),
                    by,
                    expected);
            PreferencesView now = view(branch);
            if (written == 0) {
                Etag.check(expected, now.version());
            }
            changed.fire(new PreferencesChanged(branch));
            return now;
        });
    }

    private PreferencesView view(UUID branch) {
        return sql.one(LOOK, Preferences::view, branch).orElseThrow(NotFound::new);
    }

    private static PreferencesView view(Row row) throws SQLException {
        String from = row.textOrNull("quiet_from");
        String until = row.textOrNull("quiet_until");
        String digest = row.textOrNull("digest_at");
        RecipientKind kind = RecipientKind.valueOf(row.text("kind"));
        return new PreferencesView(
                kind.branch(row.id("id")),
                kind.lecturer(row.id("id")),
                row.text("zone"),
                from == null || until == null ? null : new PreferencesView.Hours(minutes(from), minutes(until)),
                digest == null ? null : new PreferencesView.Daily(minutes(digest)),
                row.flag("reminders"),
                row.number("version"),
                row.timeOrNull("updated_at"));
    }

    private static String minutes(String time) {
        return MINUTES.format(LocalTime.parse(time));
    }

    private static @Nullable String text(@Nullable LocalTime time) {
        return time == null ? null : time.toString();
    }
}
