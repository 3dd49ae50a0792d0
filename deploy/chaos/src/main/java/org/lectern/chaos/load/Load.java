package org.lectern.chaos.load;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Organizers who change bookings and lecture requests in a small city, so that their changes conflict.
 *
 * <p>The seed and the organizer's number determine the actions. Their outcome depends on other organizers, so two runs
 * of one seed are similar but not identical.
 */
public final class Load implements AutoCloseable {

    /** One organizer in this number answers lecture requests. */
    private static final int ONE_FOR_REQUESTS_OF = 3;

    private final Caller caller;
    private final CallJournal journal;
    private final BookingWork bookings;
    private final RequestWork requests;
    private final PlanWork plans;
    private final long seed;
    private final String run;
    private final Duration pause;
    private final List<Thread> organizers = new ArrayList<>();
    private volatile boolean ending;

    /**
     * @param schedulers base addresses of the replicas in the balance, without a trailing slash
     * @param run unique id of the run, prefix of all idempotency keys
     * @param pause between two changes of an organizer
     * @param journal receives every call as a line of JSON
     */
    public Load(
            Supplier<List<String>> schedulers,
            Supplier<String> bearer,
            City city,
            long seed,
            String run,
            Duration pause,
            Path journal) {
        this.journal = new CallJournal(journal);
        caller = new Caller(schedulers, bearer, this.journal);
        bookings = new BookingWork(caller, city);
        requests = new RequestWork(caller, city);
        plans = new PlanWork(schedulers, bearer, city, run, () -> ending);
        this.seed = seed;
        this.run = run;
        this.pause = pause;
    }

    /** Starts this number of organizers. */
    public void begin(int count) {
        for (int i = 0; i < count; i++) {
            int number = i;
            organizers.add(Thread.ofVirtual().name("organizer-" + i).start(() -> work(number)));
        }
        organizers.add(Thread.ofVirtual().name("planner").start(this::plan));
    }

    /** The number of acknowledged changes so far. */
    public int acknowledged() {
        return caller.acknowledged();
    }

    /** Stops new changes, and waits at most this long for calls in progress. */
    public void end(Duration patience) throws InterruptedException {
        ending = true;
        caller.giveUpAt(Instant.now().plus(patience));
        for (Thread organizer : organizers) {
            organizer.join();
        }
    }

    public List<Call> calls() {
        return journal.calls();
    }

    /** Every attempt without an answer, or with an answer that the service is unavailable. */
    public List<Felt> felt() {
        return caller.felt();
    }

    @Override
    public void close() {
        ending = true;
        caller.close();
        plans.close();
        organizers.forEach(Thread::interrupt);
        journal.close();
    }

    private void plan() {
        try {
            for (int i = 0; !ending; i++) {
                plans.one(i);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void work(int number) {
        Random random = new Random(seed * 1_000_003 + number);
        boolean answersRequests = number % ONE_FOR_REQUESTS_OF == ONE_FOR_REQUESTS_OF - 1;
        try {
            for (int i = 0; !ending; i++) {
                String token = Call.TOKEN + run + "-" + number + "-" + i;
                if (answersRequests) {
                    requests.one(random, token);
                } else {
                    bookings.one(random, token);
                }
                Thread.sleep(pause.toMillis() / 2 + random.nextLong(pause.toMillis() + 1));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
