package org.lectern.notification.calendar;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.database.Sql.Row;
import org.lectern.chassis.database.Transactions;
import org.lectern.chassis.problem.NotFound;
import org.lectern.chassis.time.Uuid7;
import org.lectern.notification.directory.Recipients;
import org.lectern.notification.directory.Scope;

/**
 * Secret addresses of calendar feeds. The token gives read access without a login until it is revoked. It is shown
 * once; the database stores only its hash.
 */
@ApplicationScoped
class CalendarFeeds {

    private static final int TOKEN_OCTETS = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private static final String LOOK =
            "SELECT id, branch_id, label, created_by, created_at, read_at FROM calendar_feed ";

    private final Recipients branches;
    private final Calendars calendars;
    private final FeedConfig config;
    private final Sql sql;
    private final Clock clock;

    @Inject
    CalendarFeeds(Recipients branches, Calendars calendars, FeedConfig config, Sql sql, Clock clock) {
        this.branches = branches;
        this.calendars = calendars;
        this.config = config;
        this.sql = sql;
        this.clock = clock;
    }

    /** Adds a feed for a branch or a lecturer. Only this response contains its token. */
    CalendarFeedView add(Scope scope, UUID owner, @Nullable String label, String by) {
        return Transactions.inNew(() -> {
            branches.demandVisible(scope, owner);
            return add(owner, label, by);
        });
    }

    /** Two concurrent requests may exceed the limit by one. The limit prevents abuse; it is not exact. */
    private CalendarFeedView add(UUID owner, @Nullable String label, String by) {
        int there = sql.one(
                        "SELECT count(*) AS count FROM calendar_feed WHERE branch_id = ? AND revoked_at IS NULL",
                        row -> row.number("count"),
                        owner)
                .orElse(0);
        if (there >= config.maxPerOwner()) {
            throw new TooManyFeeds(config.maxPerOwner());
        }
        byte[] secret = new byte[TOKEN_OCTETS];
        RANDOM.nextBytes(secret);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        UUID feed = Uuid7.next();
        Instant now = clock.instant();
        sql.update(
                "INSERT INTO calendar_feed (id, branch_id, label, token_hash, created_by, created_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?)",
                feed,
                owner,
                label,
                hash(token),
                by,
                now);
        return new CalendarFeedView(feed, label, by, now, null, token, "/feeds/" + token + ".ics");
    }

    List<CalendarFeedView> of(Scope scope, UUID owner) {
        branches.demandVisible(scope, owner);
        return sql.list(LOOK + "WHERE branch_id = ? AND revoked_at IS NULL ORDER BY id", CalendarFeeds::view, owner);
    }

    void revoke(Scope scope, UUID owner, UUID feed, String by) {
        Transactions.inNew(() -> {
            branches.demandVisible(scope, owner);
            return revoke(owner, feed, by);
        });
    }

    /** Revokes a feed immediately. A repeated call finds nothing to revoke. */
    private int revoke(UUID owner, UUID feed, String by) {
        int revoked = sql.update(
                "UPDATE calendar_feed SET revoked_at = ?, revoked_by = ? WHERE id = ? AND branch_id = ?"
                        + " AND revoked_at IS NULL",
                clock.instant(),
                by,
                feed,
                owner);
        if (revoked == 0) {
            throw new NotFound();
        }
        return revoked;
    }

    /**
     * A calendar as read.
     *
     * @param changedAt no later than the read that first found it, and later than the content before it
     */
    record FeedContent(byte[] calendar, byte[] digest, Instant changedAt) {}

    /**
     * The calendar behind a token. Lectures leave a calendar as time passes, and texts and names change too: so the
     * content itself tells whether it changed since it was read last.
     *
     * @throws NotFound when the token is unknown or revoked
     */
    FeedContent read(String token) {
        var feed = sql.one(LOOK + "WHERE token_hash = ? AND revoked_at IS NULL", CalendarFeeds::found, hash(token))
                .orElseThrow(NotFound::new);
        Instant now = clock.instant();
        sql.update(
                "UPDATE calendar_feed SET read_at = ? WHERE id = ?"
                        + " AND (read_at IS NULL OR read_at < cast(? AS timestamptz) - interval '1 hour')",
                now,
                feed.id(),
                now);
        byte[] calendar = calendars.of(branches.find(feed.owner()).orElseThrow(NotFound::new));
        byte[] digest = sha256(calendar);
        return new FeedContent(calendar, digest, changedAt(feed.id(), digest, now));
    }

    private Instant changedAt(UUID feed, byte[] digest, Instant now) {
        sql.update(
                "UPDATE calendar_feed SET content = ?, changed_at = greatest(changed_at, ?)"
                        + " WHERE id = ? AND content IS DISTINCT FROM ?",
                digest,
                now,
                feed,
                digest);
        return sql.one("SELECT changed_at FROM calendar_feed WHERE id = ?", row -> row.time("changed_at"), feed)
                .orElse(now);
    }

    private record Found(UUID id, UUID owner) {}

    private static Found found(Row row) throws SQLException {
        return new Found(row.id("id"), row.id("branch_id"));
    }

    private static CalendarFeedView view(Row row) throws SQLException {
        return new CalendarFeedView(
                row.id("id"),
                row.textOrNull("label"),
                row.text("created_by"),
                row.time("created_at"),
                row.timeOrNull("read_at"),
                null,
                null);
    }

    private static byte[] hash(String token) {
        return sha256(token.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] sha256(byte[] octets) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(octets);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
