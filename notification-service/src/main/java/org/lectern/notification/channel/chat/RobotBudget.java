package org.lectern.notification.channel.chat;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.database.Transactions;

/**
 * The rate limit of each robot: a token bucket in the database, shared by all processes and timed by the database's
 * clock. The capacity counts towards the minute, so no minute exceeds the platform's limit. The capacity is small,
 * because some platforms also limit messages per second.
 */
@ApplicationScoped
class RobotBudget {

    private static final String TAKE = """
            INSERT INTO robot_budget AS b (robot, tokens, filled_at) VALUES (?, ? - 1, clock_timestamp())
            ON CONFLICT (robot) DO UPDATE SET
                tokens = least(?, b.tokens + greatest(0, extract(epoch FROM clock_timestamp() - b.filled_at)) * ?) - 1,
                filled_at = clock_timestamp()
            WHERE (b.paused_until IS NULL OR b.paused_until <= clock_timestamp())
              AND least(?, b.tokens + greatest(0, extract(epoch FROM clock_timestamp() - b.filled_at)) * ?) >= 1""";

    private static final String WHEN = """
            SELECT greatest(coalesce(paused_until, filled_at),
                            filled_at + greatest(0, 1 - tokens) / ? * interval '1 second') AS at
            FROM robot_budget WHERE robot = ?""";

    private static final double MOST_AT_ONCE = 3;

    private final Sql sql;

    @Inject
    RobotBudget(Sql sql) {
        this.sql = sql;
    }

    /** Takes one message from the budget. If it is empty, returns the time of the next token. */
    Optional<Instant> take(String robot, int perMinute) {
        double most = Math.clamp(perMinute / 4.0, 1, MOST_AT_ONCE);
        double perSecond = (perMinute - most) / 60;
        return Transactions.inNew(() -> sql.update(TAKE, robot, most, most, perSecond, most, perSecond) == 1
                ? Optional.empty()
                : sql.one(WHEN, row -> row.time("at"), perSecond, robot));
    }

    /** Blocks the robot after the platform reported too many messages. */
    void pause(String robot, Duration howLong) {
        Transactions.inNew(() -> sql.update(
                "UPDATE robot_budget SET tokens = 0, paused_until = clock_timestamp() + ? * interval '1 millisecond' WHERE robot = ?",
                howLong.toMillis(),
                robot));
    }
}
