package org.lectern.chaos.fault;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lectern.chaos.fault.FaultTarget.Replica;
import org.lectern.local.proxy.CrashPoint;
import org.lectern.local.proxy.FaultProxy;
import org.lectern.local.proxy.FaultProxy.Direction;
import org.lectern.local.proxy.NetworkCondition;

/** All kinds of faults. */
public enum FaultKind {
    KILL_SCHEDULER(context -> new ReplicaFaults.Kill(context.scheduler())),
    KILL_NOTIFICATION(context -> new ReplicaFaults.Kill(context.notification())),
    STOP_SCHEDULER(2, context -> new ReplicaFaults.Terminate(context.scheduler())),
    STOP_NOTIFICATION(2, context -> new ReplicaFaults.Terminate(context.notification())),
    ROLLING_RESTART(context -> new ReplicaFaults.RollingRestart(context.target().replicas())),
    FREEZE_SCHEDULER(12, context -> new ReplicaFaults.Freeze(context.scheduler())),
    FREEZE_NOTIFICATION(12, context -> new ReplicaFaults.Freeze(context.notification())),
    /** The clock of a replica is ahead. */
    CLOCK_FORWARDS(8, Need.CLOCKS, context -> new ClockFault(context.replica(), Duration.ofMinutes(4))),
    /** The clock of a replica is behind. */
    CLOCK_BACKWARDS(8, Need.CLOCKS, context -> new ClockFault(context.replica(), Duration.ofMinutes(-4))),
    KILL_BROKER(context -> new BrokerFaults.AllDown(context.target())),
    KILL_ONE_BROKER_OF_THREE(
            12,
            Need.THREE_BROKERS,
            context -> new BrokerFaults.OneDown(context.target(), context.index() % 3, context.log())),
    /** Kafka's disk is full. */
    KAFKA_DISK_FULL(
            Need.DISKS,
            context -> new DiskFault("broker", context.target().brokerDisk(), context.target()::startBrokers)),
    CRASH_DATABASE(2, context -> new DatabaseFaults.Down(context.target(), true)),
    RESTART_DATABASE(2, context -> new DatabaseFaults.Down(context.target(), false)),
    /** PostgreSQL's disk is full. */
    DATABASE_DISK_FULL(
            Need.DISKS,
            context -> new DiskFault("database", context.target().databaseDisk(), context.target()::startDatabase)),
    DATABASE_SLOW(context -> database(context, delayed())),
    DATABASE_RESET(context -> database(context, new NetworkCondition.Resetting())),
    DATABASE_BLACK_HOLE(8, context -> database(context, new NetworkCondition.BlackHole())),
    DATABASE_HALF_OPEN(8, context -> database(context, new NetworkCondition.HalfOpen(Direction.TO_CLIENT))),
    DATABASE_SESSIONS_ENDED(context -> new DatabaseFaults.SessionsEnded(context.target(), context.log())),
    /** Bookings wait for a lock that a person holds; everything else works. */
    DATABASE_TABLE_LOCKED(context -> DatabaseFaults.OpenTransaction.lockOfLecturers(context.target(), context.log())),
    DATABASE_LONG_TRANSACTION(context -> DatabaseFaults.OpenTransaction.idle(context.target(), context.log())),
    DATABASE_READ_ONLY(context -> new DatabaseFaults.ReadOnly(context.target(), context.log())),
    KAFKA_SLOW(context -> kafka(context, delayed())),
    KAFKA_RESET(context -> kafka(context, new NetworkCondition.Resetting())),
    KAFKA_BLACK_HOLE(8, context -> kafka(context, new NetworkCondition.BlackHole())),
    MAIL_RESET(context -> mail(context, new NetworkCondition.Resetting())),
    MAIL_BLACK_HOLE(8, context -> mail(context, new NetworkCondition.BlackHole())),
    WEBHOOK_RESET(context -> webhooks(context, new NetworkCondition.Resetting())),
    WEBHOOK_BLACK_HOLE(8, context -> webhooks(context, new NetworkCondition.BlackHole())),
    POISON(context -> new TopicFaults.Poison(context.poison())),
    EVENTS_REPEATED(context -> new TopicFaults.Repeated(context.target())),
    REBALANCES(context -> new TopicFaults.Rebalances(context.target())),
    GROUP_OFFSETS_LOST(
            context -> new TopicFaults.OffsetsLost(context.target(), context.notifications(), context.log())),
    PARTITION_ADDED(context -> new TopicFaults.PartitionAdded(context.target(), context.log())),
    /** Tokens and keys are unavailable. */
    IDENTITY_AWAY(context -> new NetworkFault(
            "identity provider", List.of(context.target().identity()), new NetworkCondition.BlackHole())),
    COMMIT_REPLY_LOST(context -> new CrashPointFault(
            context.scheduler(), context.scheduler().database(), false, committed("INSERT INTO outbox"))),
    /** The scheduler dies after it wrote a change and before its commit arrives. */
    DIE_BEFORE_COMMIT(context ->
            crash(context.scheduler(), List.of(CrashPoint.sent("INSERT INTO outbox"), CrashPoint.sent("COMMIT")))),
    /** It dies after the commit and before the caller gets an answer. */
    DIE_AFTER_COMMIT(context -> crash(context.scheduler(), committed("INSERT INTO outbox"))),
    /** The relay dies after it claimed events and before it sent them. */
    DIE_AFTER_CLAIM(context -> crash(context.scheduler(), List.of(CrashPoint.sent("FROM outbox_queue w")))),
    /** The relay dies after the broker acknowledged and before it removes the events from the queue. */
    DIE_AFTER_ACKNOWLEDGEMENT(
            context -> crash(context.scheduler(), List.of(CrashPoint.sent("DELETE FROM outbox_queue")))),
    /** The intake dies as soon as the transaction of an event has committed. */
    DIE_AFTER_INTAKE(context -> crash(context.notification(), committed("INSERT INTO inbox"))),
    /** A worker dies after it leased a delivery and before it sent it. */
    DIE_AFTER_LEASE(context -> crash(context.notification(), committed("INSERT INTO delivery_attempt"))),
    /** A worker dies after it sent a mail and before the reply. */
    DIE_AFTER_MAIL_SENT(context -> crashAtMail(context.notification(), CrashPoint.sent("\r\n.\r\n"))),
    /** A worker dies after a mail was accepted and before it records that. */
    DIE_AFTER_MAIL_ACCEPTED(context -> crashAtMail(
            context.notification(),
            CrashPoint.sent("\r\n.\r\n"),
            new CrashPoint.Step(Direction.TO_CLIENT, new byte[] {'2', '5', '0'}))),
    /** A worker dies after it knows the outcome of an attempt, on any channel, and before it records it. */
    DIE_BEFORE_NOTED(
            context -> crash(context.notification(), List.of(CrashPoint.sent("UPDATE delivery_attempt SET ended_at"))));

    private static final int SECONDS_AT_MOST = 5;

    private final Duration longest;
    private final @Nullable Need need;
    private final Function<FaultContext, Fault> create;

    /**
     * A capability that a fault needs from the system. It is costly, so a run provides it only if its plan needs it.
     */
    public enum Need {
        THREE_BROKERS,
        CLOCKS,
        DISKS
    }

    FaultKind(Function<FaultContext, Fault> create) {
        this(SECONDS_AT_MOST, null, create);
    }

    FaultKind(int seconds, Function<FaultContext, Fault> create) {
        this(seconds, null, create);
    }

    FaultKind(Need need, Function<FaultContext, Fault> create) {
        this(SECONDS_AT_MOST, need, create);
    }

    /** @param seconds the maximum length */
    FaultKind(int seconds, @Nullable Need need, Function<FaultContext, Fault> create) {
        this.longest = Duration.ofSeconds(seconds);
        this.need = need;
        this.create = create;
    }

    Fault create(FaultContext context) {
        return create.apply(context);
    }

    Duration longest() {
        return longest;
    }

    @Nullable
    Need need() {
        return need;
    }

    /** The name for people. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** The name on the command line. */
    public String option() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @throws IllegalArgumentException if no kind has that name */
    public static FaultKind of(String option) {
        return Arrays.stream(values())
                .filter(kind -> kind.option().equalsIgnoreCase(option.strip()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no fault " + option + ", but: "
                        + Stream.of(values()).map(FaultKind::option).collect(Collectors.joining(", "))));
    }

    private static NetworkCondition delayed() {
        return new NetworkCondition.Delayed(Duration.ofMillis(60));
    }

    private static Fault database(FaultContext context, NetworkCondition condition) {
        Replica replica = context.replica();
        return new NetworkFault(replica.name(), List.of(replica.database()), condition);
    }

    private static Fault kafka(FaultContext context, NetworkCondition condition) {
        return new NetworkFault("kafka", context.target().kafka(), condition);
    }

    private static Fault mail(FaultContext context, NetworkCondition condition) {
        Replica replica = context.notification();
        return new NetworkFault(replica.name(), List.of(mail(replica)), condition);
    }

    private static Fault webhooks(FaultContext context, NetworkCondition condition) {
        return new NetworkFault("webhooks", List.of(context.target().webhooks()), condition);
    }

    private static Fault crash(Replica replica, List<CrashPoint.Step> steps) {
        return new CrashPointFault(replica, replica.database(), true, steps);
    }

    private static Fault crashAtMail(Replica replica, CrashPoint.Step... steps) {
        return new CrashPointFault(replica, mail(replica), true, List.of(steps));
    }

    private static FaultProxy mail(Replica replica) {
        return Objects.requireNonNull(replica.mail(), "a replica that sends mail");
    }

    private static List<CrashPoint.Step> committed(String statement) {
        return List.of(CrashPoint.sent(statement), CrashPoint.answered(CrashPoint.COMMITTED));
    }
}
