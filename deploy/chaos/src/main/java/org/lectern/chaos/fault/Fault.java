package org.lectern.chaos.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lectern.local.proxy.FaultProxy.Direction;
import org.lectern.local.proxy.FaultProxy.Weather;
import org.lectern.local.proxy.Trap;

/**
 * Something that goes wrong, from a moment of the run on, for a while.
 *
 * @param at since the load began
 * @param lasts until it is healed; what heals by itself lasts no time
 * @param victim which of those that it can befall
 */
public record Fault(Kind kind, Duration at, Duration lasts, int victim) {

    /** What can go wrong. */
    public enum Kind {
        KILL_SCHEDULER,
        KILL_NOTIFICATION,
        /** Told to stop in the middle of its work: it has to end by itself and in time. */
        STOP_SCHEDULER,
        STOP_NOTIFICATION,
        /** Every replica in turn leaves the balance, is told to stop, and is back before the next: nobody may feel it. */
        ROLLING_RESTART,
        FREEZE_SCHEDULER,
        FREEZE_NOTIFICATION,
        KILL_BROKER,
        CRASH_DATABASE,
        RESTART_DATABASE,
        DATABASE_SLOW,
        DATABASE_RESET,
        DATABASE_BLACK_HOLE,
        DATABASE_HALF_OPEN,
        /** Every session with the database is ended by an administrator, again and again. */
        DATABASE_SESSIONS_ENDED,
        /** Somebody locks the lecturers and goes to lunch: bookings wait, all else goes on. */
        DATABASE_TABLE_LOCKED,
        /** A transaction that has written stays open beside everything. */
        DATABASE_LONG_TRANSACTION,
        /** The services are led to a standby: reading works, writing does not. */
        DATABASE_READ_ONLY,
        KAFKA_SLOW,
        KAFKA_RESET,
        KAFKA_BLACK_HOLE,
        MAIL_RESET,
        MAIL_BLACK_HOLE,
        WEBHOOK_RESET,
        WEBHOOK_BLACK_HOLE,
        POISON,
        /** The newest events come a second time, in their order. */
        EVENTS_REPEATED,
        /** Members join and leave the consumer group, and read nothing while they have their part. */
        REBALANCES,
        /** Nobody knows any more how far the consumer group has read. */
        GROUP_OFFSETS_LOST,
        /** The topic gets one partition more: what is new of a booking may lie beside what is old. */
        PARTITION_ADDED,
        /** Whoever grants tokens and keys is gone. */
        IDENTITY_AWAY,
        /** The reply to a commit is lost. */
        COMMIT_REPLY_LOST,
        /** The scheduler dies when a change is written, before its commit arrives. */
        DIE_BEFORE_COMMIT,
        /** It dies when the change is committed, before anybody is answered. */
        DIE_AFTER_COMMIT,
        /** The relay dies with events claimed and not sent. */
        DIE_AFTER_CLAIM,
        /** The relay dies when the broker has acknowledged, before it can take what was sent out of the queue. */
        DIE_AFTER_ACKNOWLEDGEMENT,
        /** The intake dies when an event took effect, before anybody else knows. */
        DIE_AFTER_INTAKE,
        /** A worker dies with a delivery leased and not sent. */
        DIE_AFTER_LEASE,
        /** A worker dies when a mail is on its way, before the answer. */
        DIE_AFTER_MAIL_SENT,
        /** A worker dies when a mail was accepted, before it can say so. */
        DIE_AFTER_MAIL_ACCEPTED,
        /** A worker dies when it knows how an attempt went, over whichever channel, before that is written down. */
        DIE_BEFORE_NOTED;

        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }

        public String option() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** What a person calls it on the command line. */
    public static Kind kind(String name) {
        try {
            return Kind.valueOf(name.strip().toUpperCase(Locale.ROOT).replace('-', '_'));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "There is no fault " + name + ", but: "
                            + Stream.of(Kind.values()).map(Kind::option).collect(Collectors.joining(", ")),
                    e);
        }
    }

    /** Exactly these, one after the other, with lengths and victims drawn from the seed. */
    public static List<Fault> plan(long seed, List<Kind> kinds) {
        Random random = new Random(seed);
        List<Fault> plan = new ArrayList<>();
        long at = 2000;
        for (Kind kind : kinds) {
            long lasts = Math.min(longest(kind), 2000 + random.nextInt(2000));
            plan.add(new Fault(kind, Duration.ofMillis(at), Duration.ofMillis(lasts), random.nextInt(2)));
            at += lasts + 2000;
        }
        return plan;
    }

    /**
     * All faults of a run, drawn from its seed: one after the other with pauses, so that each is seen to heal; every
     * kind once before any comes again, as far as there is time.
     */
    public static List<Fault> plan(long seed, Duration length) {
        Random random = new Random(seed);
        List<Fault> plan = new ArrayList<>();
        List<Kind> left = new ArrayList<>();
        long at = 3000;
        long end = length.toMillis() - 8000;
        while (at < end) {
            if (left.isEmpty()) {
                left.addAll(List.of(Kind.values()));
            }
            Kind kind = left.remove(random.nextInt(left.size()));
            long lasts = Math.min(longest(kind), 1000 + random.nextInt(6000));
            plan.add(new Fault(kind, Duration.ofMillis(at), Duration.ofMillis(lasts), random.nextInt(2)));
            at += lasts + 1500 + random.nextInt(4000);
        }
        plan.sort(Comparator.comparing(Fault::at));
        return plan;
    }

    private static long longest(Kind kind) {
        return switch (kind) {
            case FREEZE_SCHEDULER, FREEZE_NOTIFICATION -> 12_000;
            case DATABASE_BLACK_HOLE, KAFKA_BLACK_HOLE, MAIL_BLACK_HOLE, WEBHOOK_BLACK_HOLE, DATABASE_HALF_OPEN -> 8000;
            default -> 5000;
        };
    }

    /** The trap that makes a service die, or lose a reply, at a named moment; none for other faults. */
    static List<Trap.Step> moment(Kind kind) {
        return switch (kind) {
            case COMMIT_REPLY_LOST, DIE_AFTER_COMMIT ->
                List.of(Trap.sent("INSERT INTO outbox"), Trap.answered(Trap.COMMITTED));
            case DIE_BEFORE_COMMIT -> List.of(Trap.sent("INSERT INTO outbox"), Trap.sent("COMMIT"));
            case DIE_AFTER_CLAIM -> List.of(Trap.sent("FROM outbox_queue w"));
            case DIE_AFTER_ACKNOWLEDGEMENT -> List.of(Trap.sent("DELETE FROM outbox_queue"));
            case DIE_AFTER_INTAKE -> List.of(Trap.sent("INSERT INTO inbox"), Trap.answered(Trap.COMMITTED));
            case DIE_AFTER_LEASE -> List.of(Trap.sent("INSERT INTO delivery_attempt"), Trap.answered(Trap.COMMITTED));
            case DIE_AFTER_MAIL_SENT -> List.of(Trap.sent("\r\n.\r\n"));
            case DIE_AFTER_MAIL_ACCEPTED ->
                List.of(Trap.sent("\r\n.\r\n"), new Trap.Step(Direction.TO_CLIENT, new byte[] {'2', '5', '0'}));
            case DIE_BEFORE_NOTED -> List.of(Trap.sent("UPDATE delivery_attempt SET ended_at"));
            default -> List.of();
        };
    }

    static Weather weather(Kind kind) {
        return switch (kind) {
            case DATABASE_SLOW, KAFKA_SLOW -> new Weather.Slow(Duration.ofMillis(60));
            case DATABASE_RESET, KAFKA_RESET, MAIL_RESET, WEBHOOK_RESET -> new Weather.Resetting();
            case DATABASE_BLACK_HOLE, KAFKA_BLACK_HOLE, MAIL_BLACK_HOLE, WEBHOOK_BLACK_HOLE, IDENTITY_AWAY ->
                new Weather.BlackHole();
            case DATABASE_HALF_OPEN -> new Weather.HalfOpen(Direction.TO_CLIENT);
            default -> new Weather.Fair();
        };
    }
}
