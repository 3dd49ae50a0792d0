package org.lectern.chaos.fault;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.lectern.chaos.fault.Fault.Kind;
import org.lectern.chaos.fault.Victims.Victim;
import org.lectern.local.proxy.FaultProxy;
import org.lectern.local.proxy.FaultProxy.Weather;
import org.lectern.local.proxy.Trap;

/** Does what the plan says, heals it again, and notes when. */
public final class Faults {

    /** How long a trap waits for its moment. */
    private static final long TRAP_SECONDS = 20;

    /** How long the victim of a trap may take to be at work again after an earlier fault. */
    private static final int READY_SECONDS = 60;

    /** As long as the manifests let a pod wait before it is told to stop, in small. */
    /** What earlier faults broke is over then: connections that died, requests that were sent before. */
    private static final Duration SETTLED = Duration.ofSeconds(5);

    private static final Duration OUT_OF_BALANCE = Duration.ofSeconds(1);

    private static final Duration BETWEEN_BLOWS = Duration.ofMillis(300);

    /** How many of the newest records of each partition come a second time. */
    private static final long REPEATED = 20;

    private static final String TOPIC = "lectern.bookings";
    private static final String GROUP = "lectern-notification";
    private static final String END_SESSIONS = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            + " WHERE datname = current_database() AND pid <> pg_backend_pid()";
    private static final List<String> DATABASES = List.of("scheduler", "notification");

    private final Victims victims;
    private final Runnable poison;
    private final Consumer<String> log;
    private final List<Healed> healed = new ArrayList<>();
    private Instant began = Instant.EPOCH;

    /**
     * When a fault was over; nothing of it is left but what it broke.
     *
     * @param from when it began
     * @param happened false when the moment it waited for did not come
     * @param trouble what else went wrong with it
     */
    public record Healed(
            Kind kind,
            String victim,
            Instant from,
            Instant at,
            boolean happened,
            @Nullable String trouble) {}

    public Faults(Victims victims, Runnable poison, Consumer<String> log) {
        this.victims = victims;
        this.poison = poison;
        this.log = log;
    }

    public List<Healed> healed() {
        return List.copyOf(healed);
    }

    /** Runs the whole plan; every fault is healed when it returns. */
    public void run(List<Fault> plan, Instant begun) throws InterruptedException {
        for (Fault fault : plan) {
            long wait = Duration.between(Instant.now(), begun.plus(fault.at())).toMillis();
            if (wait > 0) {
                Thread.sleep(wait);
            }
            befall(fault);
        }
    }

    private void befall(Fault fault) throws InterruptedException {
        began = Instant.now();
        long lasts = fault.lasts().toMillis();
        switch (fault.kind()) {
            case KILL_SCHEDULER, KILL_NOTIFICATION -> {
                Victim victim = victim(fault);
                tell(fault, victim.name());
                victim.kill();
                Thread.sleep(lasts);
                victim.start();
                note(fault, victim.name());
            }
            case STOP_SCHEDULER, STOP_NOTIFICATION -> {
                Victim victim = victim(fault);
                tell(fault, victim.name());
                boolean ended = victim.terminate();
                Thread.sleep(lasts / 2);
                victim.start();
                note(fault, victim.name(), ended ? null : victim.name() + " did not stop by itself");
            }
            case ROLLING_RESTART -> {
                tell(fault, "all replicas");
                List<String> trouble = new ArrayList<>();
                for (Victim victim : victims.replicas()) {
                    if (!awaitReady(victim)) {
                        trouble.add(victim.name() + " did not recover from an earlier fault");
                    }
                }
                Thread.sleep(SETTLED);
                began = Instant.now();
                for (Victim victim : victims.replicas()) {
                    victim.balance(false);
                    Thread.sleep(OUT_OF_BALANCE);
                    if (!victim.terminate()) {
                        trouble.add(victim.name() + " did not stop by itself");
                    }
                    victim.start();
                    awaitReady(victim);
                    victim.balance(true);
                }
                note(fault, "all replicas", trouble.isEmpty() ? null : String.join(", ", trouble));
            }
            case FREEZE_SCHEDULER, FREEZE_NOTIFICATION -> {
                Victim victim = victim(fault);
                tell(fault, victim.name());
                victim.stop();
                Thread.sleep(lasts);
                victim.resume();
                note(fault, victim.name());
            }
            case KILL_BROKER -> {
                tell(fault, "broker");
                victims.killBroker();
                Thread.sleep(lasts);
                victims.reviveBroker();
                note(fault, "broker");
            }
            case CRASH_DATABASE, RESTART_DATABASE -> {
                tell(fault, "database");
                if (fault.kind() == Kind.CRASH_DATABASE) {
                    victims.crashDatabase();
                } else {
                    victims.restartDatabase();
                }
                Thread.sleep(lasts / 2);
                victims.startDatabase();
                note(fault, "database");
            }
            case DATABASE_SLOW, DATABASE_RESET, DATABASE_BLACK_HOLE, DATABASE_HALF_OPEN -> {
                Victim victim = victims.replicas().get(fault.victim());
                tell(fault, victim.name());
                weather(victim.database(), fault);
                note(fault, victim.name());
            }
            case DATABASE_SESSIONS_ENDED -> {
                tell(fault, "database");
                for (long left = lasts; left > 0; left -= BETWEEN_BLOWS.toMillis()) {
                    for (String database : DATABASES) {
                        inDatabase(database, 0, END_SESSIONS);
                    }
                    Thread.sleep(BETWEEN_BLOWS);
                }
                note(fault, "database");
            }
            case DATABASE_READ_ONLY -> {
                tell(fault, "databases");
                standby("SET default_transaction_read_only = on");
                Thread.sleep(lasts);
                standby("RESET default_transaction_read_only");
                note(fault, "databases");
            }
            case DATABASE_TABLE_LOCKED -> {
                tell(fault, "lecturers");
                inDatabase("scheduler", lasts, "SET LOCAL lock_timeout = '5s'; LOCK TABLE lecturer");
                note(fault, "lecturers");
            }
            case DATABASE_LONG_TRANSACTION -> {
                tell(fault, "databases");
                Thread other = Thread.ofVirtual().start(() -> {
                    try {
                        inDatabase("notification", lasts, "SELECT pg_current_xact_id()");
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
                inDatabase("scheduler", lasts, "SELECT pg_current_xact_id()");
                other.join();
                note(fault, "databases");
            }
            case EVENTS_REPEATED -> {
                tell(fault, "topic");
                repeatEvents();
                note(fault, "topic");
            }
            case REBALANCES -> {
                tell(fault, "consumer group");
                for (long left = lasts; left > 0; left -= 700) {
                    try (var guest = new KafkaConsumer<>(
                            Map.of("bootstrap.servers", victims.bootstrapServers(), "group.id", GROUP),
                            new ByteArrayDeserializer(),
                            new ByteArrayDeserializer())) {
                        guest.subscribe(List.of(TOPIC));
                        guest.poll(Duration.ofMillis(700));
                    }
                }
                note(fault, "consumer group");
            }
            case GROUP_OFFSETS_LOST -> {
                tell(fault, "consumer group");
                forgetGroup();
                note(fault, "consumer group");
            }
            case PARTITION_ADDED -> {
                tell(fault, "topic");
                addPartition();
                note(fault, "topic");
            }
            case IDENTITY_AWAY -> {
                tell(fault, "identity provider");
                weather(victims.identity(), fault);
                note(fault, "identity provider");
            }
            case KAFKA_SLOW, KAFKA_RESET, KAFKA_BLACK_HOLE -> {
                tell(fault, "kafka");
                weather(victims.kafka(), fault);
                note(fault, "kafka");
            }
            case MAIL_RESET, MAIL_BLACK_HOLE -> {
                Victim victim = of("notification", fault.victim());
                FaultProxy mail = victim.mail();
                tell(fault, victim.name());
                if (mail != null) {
                    weather(mail, fault);
                }
                note(fault, victim.name());
            }
            case WEBHOOK_RESET, WEBHOOK_BLACK_HOLE -> {
                tell(fault, "webhooks");
                weather(victims.webhooks(), fault);
                note(fault, "webhooks");
            }
            case POISON -> {
                tell(fault, "topic");
                poison.run();
                note(fault, "topic");
            }
            case COMMIT_REPLY_LOST,
                    DIE_BEFORE_COMMIT,
                    DIE_AFTER_COMMIT,
                    DIE_AFTER_CLAIM,
                    DIE_AFTER_ACKNOWLEDGEMENT,
                    DIE_AFTER_INTAKE,
                    DIE_AFTER_LEASE,
                    DIE_AFTER_MAIL_SENT,
                    DIE_AFTER_MAIL_ACCEPTED,
                    DIE_BEFORE_NOTED -> trap(fault);
        }
    }

    /** Turns what every new session may do, and makes all sessions new. */
    private void standby(String setting) throws InterruptedException {
        for (String database : DATABASES) {
            inDatabase(database, 0, "ALTER DATABASE " + database + " " + setting);
            inDatabase(database, 0, END_SESSIONS);
        }
    }

    /** Nobody may be in the group meanwhile, so all its members leave it. */
    private void forgetGroup() throws InterruptedException {
        List<? extends Victim> members = victims.replicas().stream()
                .filter(each -> each.name().startsWith("notification"))
                .toList();
        for (Victim member : members) {
            member.terminate();
        }
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", victims.bootstrapServers()))) {
            Instant deadline = Instant.now().plusSeconds(60);
            boolean gone = false;
            while (!gone && Instant.now().isBefore(deadline)) {
                try {
                    admin.deleteConsumerGroups(List.of(GROUP)).all().get();
                    gone = true;
                } catch (ExecutionException e) {
                    log.accept("       the group is not forgotten yet: " + e.getCause());
                    Thread.sleep(2000);
                }
            }
        } finally {
            members.forEach(Victim::start);
        }
    }

    private void addPartition() throws InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", victims.bootstrapServers()))) {
            TopicDescription topic = admin.describeTopics(List.of(TOPIC))
                    .allTopicNames()
                    .get()
                    .values()
                    .iterator()
                    .next();
            admin.createPartitions(Map.of(
                            TOPIC, NewPartitions.increaseTo(topic.partitions().size() + 1)))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            log.accept("       no partition was added: " + e.getCause());
        }
    }

    /** Does it in a transaction that stays open so long and is then given up; without a length in one that commits. */
    private void inDatabase(String database, long openMillis, String statement) throws InterruptedException {
        try (Connection connection = DriverManager.getConnection(
                        victims.jdbcUrl(database) + "?options=-c%20default_transaction_read_only=off",
                        database,
                        database);
                Statement work = connection.createStatement()) {
            connection.setAutoCommit(openMillis == 0);
            work.execute(statement);
            Thread.sleep(openMillis);
            if (openMillis > 0) {
                connection.rollback();
            }
        } catch (SQLException e) {
            log.accept("       " + database + ": " + e.getMessage());
        }
    }

    private void repeatEvents() {
        Map<String, Object> kafka = Map.of("bootstrap.servers", victims.bootstrapServers(), "acks", "all");
        try (var reader = new KafkaConsumer<>(kafka, new ByteArrayDeserializer(), new ByteArrayDeserializer());
                var writer = new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer())) {
            List<TopicPartition> partitions = reader.partitionsFor(TOPIC).stream()
                    .map(each -> new TopicPartition(TOPIC, each.partition()))
                    .toList();
            var ends = reader.endOffsets(partitions);
            reader.assign(partitions);
            ends.forEach((partition, end) -> reader.seek(partition, Math.max(0, end - REPEATED)));
            while (partitions.stream().anyMatch(each -> reader.position(each) < ends.getOrDefault(each, 0L))) {
                reader.poll(Duration.ofMillis(200)).forEach(found -> {
                    if (found.headers().lastHeader("ce_id") != null) {
                        writer.send(new ProducerRecord<>(
                                TOPIC, found.partition(), found.key(), found.value(), found.headers()));
                    }
                });
            }
        }
    }

    private void weather(FaultProxy proxy, Fault fault) throws InterruptedException {
        proxy.set(Fault.weather(fault.kind()));
        Thread.sleep(fault.lasts().toMillis());
        proxy.set(new Weather.Fair());
    }

    private void trap(Fault fault) throws InterruptedException {
        Victim victim = victim(fault);
        FaultProxy mail = victim.mail();
        boolean byMail = fault.kind() == Kind.DIE_AFTER_MAIL_SENT || fault.kind() == Kind.DIE_AFTER_MAIL_ACCEPTED;
        FaultProxy proxy = byMail && mail != null ? mail : victim.database();
        CountDownLatch sprung = new CountDownLatch(1);
        Trap trap = new Trap(fault.kind().text(), Fault.moment(fault.kind()), () -> {
            if (fault.kind() != Kind.COMMIT_REPLY_LOST) {
                victim.kill();
            }
            sprung.countDown();
        });
        awaitReady(victim);
        proxy.lay(trap);
        boolean caught = sprung.await(TRAP_SECONDS, TimeUnit.SECONDS);
        proxy.clear(trap);
        if (!caught && sprung.getCount() > 0) {
            log.accept("       " + fault.kind().text() + " (" + victim.name() + "): the moment did not come");
            healed.add(new Healed(fault.kind(), victim.name(), began, Instant.now(), false, null));
            return;
        }
        tell(fault, victim.name());
        if (!victim.isRunning()) {
            Thread.sleep(Math.min(2000, fault.lasts().toMillis()));
            victim.start();
        }
        note(fault, victim.name());
    }

    private Victim victim(Fault fault) {
        return switch (fault.kind()) {
            case KILL_NOTIFICATION,
                    STOP_NOTIFICATION,
                    FREEZE_NOTIFICATION,
                    DIE_AFTER_INTAKE,
                    DIE_AFTER_LEASE,
                    DIE_AFTER_MAIL_SENT,
                    DIE_AFTER_MAIL_ACCEPTED,
                    DIE_BEFORE_NOTED -> of("notification", fault.victim());
            default -> of("scheduler", fault.victim());
        };
    }

    private Victim of(String service, int which) {
        return victims.replicas().stream()
                .filter(each -> each.name().startsWith(service))
                .skip(which)
                .findFirst()
                .orElseThrow();
    }

    private void tell(Fault fault, String victim) {
        log.accept("       " + fault.kind().text() + " (" + victim + ")");
    }

    private void note(Fault fault, String victim) {
        note(fault, victim, null);
    }

    private void note(Fault fault, String victim, @Nullable String trouble) {
        healed.add(new Healed(fault.kind(), victim, began, Instant.now(), true, trouble));
    }

    private static boolean awaitReady(Victim victim) throws InterruptedException {
        for (int waited = 0; waited < READY_SECONDS && !victim.isReady(); waited++) {
            Thread.sleep(1000);
        }
        return victim.isReady();
    }
}
