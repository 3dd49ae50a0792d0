package org.lectern.chaos.load;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Organizers who work with bookings and lecture requests in a small city, so that they get into each other's way.
 *
 * <p>What an organizer does is drawn from the seed and the organizer's number; what becomes of it depends on the
 * others, so two runs of one seed are alike, not the same.
 */
public final class Load implements AutoCloseable {

    /** Every so many organizers one answers lecture requests. */
    private static final int ONE_FOR_REQUESTS_OF = 3;

    private final Caller caller;
    private final CallJournal journal;
    private final BookingWork bookings;
    private final RequestWork requests;
    private final long seed;
    private final String run;
    private final Duration pause;
    private final List<Thread> organizers = new ArrayList<>();
    private volatile boolean ending;

    /**
     * @param schedulers base addresses of the replicas that take requests at the moment, without a trailing slash
     * @param run that no other run has: keys of calls begin with it
     * @param pause between two changes of an organizer
     * @param journal where every call is written as a line of JSON
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
        this.seed = seed;
        this.run = run;
        this.pause = pause;
    }

    /** Lets so many organizers begin. */
    public void begin(int count) {
        for (int i = 0; i < count; i++) {
            int number = i;
            organizers.add(Thread.ofVirtual().name("organizer-" + i).start(() -> work(number)));
        }
    }

    /** How many changes were acknowledged so far. */
    public int acknowledged() {
        return caller.acknowledged();
    }

    /** Lets nobody begin anything new, and gives what is under way so long for an answer. */
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

    /** Every attempt that was not answered, or answered that the service is not able to. */
    public List<Felt> felt() {
        return caller.felt();
    }

    @Override
    public void close() {
        ending = true;
        caller.close();
        organizers.forEach(Thread::interrupt);
        journal.close();
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
