package org.lectern.local.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.lectern.local.chaos.Fault.Kind;
import org.lectern.local.chaos.FaultProxy.Weather;
import org.lectern.local.chaos.Victims.Victim;

/** Does what the plan says, heals it again, and notes when. */
final class Faults {

    /** How long a trap waits for its moment. */
    private static final long TRAP_SECONDS = 10;

    private final Victims victims;
    private final Runnable poison;
    private final Consumer<String> log;
    private final List<Healed> healed = new ArrayList<>();

    /** When a fault was over; nothing of it is left but what it broke. */
    record Healed(Kind kind, String victim, Instant at) {}

    Faults(Victims victims, Runnable poison, Consumer<String> log) {
        this.victims = victims;
        this.poison = poison;
        this.log = log;
    }

    List<Healed> healed() {
        return List.copyOf(healed);
    }

    /** Runs the whole plan; every fault is healed when it returns. */
    void run(List<Fault> plan, Instant begun) throws InterruptedException {
        for (Fault fault : plan) {
            long wait = Duration.between(Instant.now(), begun.plus(fault.at())).toMillis();
            if (wait > 0) {
                Thread.sleep(wait);
            }
            befall(fault);
        }
    }

    private void befall(Fault fault) throws InterruptedException {
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
                    DIE_AFTER_MAIL_ACCEPTED -> trap(fault);
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
        proxy.lay(trap);
        boolean caught = sprung.await(TRAP_SECONDS, TimeUnit.SECONDS);
        proxy.clear(trap);
        if (!caught && sprung.getCount() > 0) {
            log.accept("       " + fault.kind().text() + " (" + victim.name() + "): the moment did not come");
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
                    FREEZE_NOTIFICATION,
                    DIE_AFTER_INTAKE,
                    DIE_AFTER_LEASE,
                    DIE_AFTER_MAIL_SENT,
                    DIE_AFTER_MAIL_ACCEPTED -> of("notification", fault.victim());
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
        healed.add(new Healed(fault.kind(), victim, Instant.now()));
    }
}
