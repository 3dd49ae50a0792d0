package org.lectern.notification.channel.chat;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.database.Transactions;

/**
 * How many messages a robot may still be sent: a token bucket per robot, in the database, for all processes together
 * and by its clock. What the bucket holds is counted into the minute, so that never more than the platform allows go out
 * within any minute, wherever it begins; and it holds few, for some platforms count by the second too.
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

    /** Takes one message out of the budget; if there is none, says when there will be. */
    Optional<Instant> take(String robot, int perMinute) {
        double most = Math.clamp(perMinute / 4.0, 1, MOST_AT_ONCE);
        double perSecond = (perMinute - most) / 60;
        return Transactions.inNew(() -> sql.update(TAKE, robot, most, most, perSecond, most, perSecond) == 1
                ? Optional.empty()
                : sql.one(WHEN, row -> row.time("at"), perSecond, robot));
    }

    /** The platform says that there were too many. */
    void pause(String robot, Duration howLong) {
        Transactions.inNew(() -> sql.update(
                "UPDATE robot_budget SET tokens = 0, paused_until = clock_timestamp() + ? * interval '1 millisecond' WHERE robot = ?",
                howLong.toMillis(),
                robot));
    }
}
