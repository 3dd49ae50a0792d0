package org.lectern.chaos.fault;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lectern.local.proxy.FaultProxy;

/** The running system as far as faults can be injected into it. */
public interface FaultTarget {

    /** One process of a service. */
    interface Replica {

        String name();

        /** Its way to PostgreSQL. */
        FaultProxy database();

        /** Its way to the mail server, if it sends mail. */
        @Nullable
        FaultProxy mail();

        /** Starts it; {@link #isReady} says when it can work. */
        void start();

        /** As by {@code kill -9}. */
        void kill();

        /** Asks it to stop (SIGTERM); whether it ended by itself within half a minute. */
        boolean terminate() throws InterruptedException;

        /** Takes it out of the balance, or back in once it is ready. */
        void balance(boolean in);

        /** Stops it where it is, whatever locks it holds (SIGSTOP). */
        void freeze();

        /** Lets a frozen one continue, as if no time had passed for it. */
        void resume();

        /**
         * Lets its wall clock be wrong by so much; its monotonic clock stays right.
         *
         * @return whether the process sees the new time
         */
        boolean shiftClock(Duration by) throws InterruptedException;

        boolean isRunning();

        /** Whether its readiness check succeeds. */
        boolean isReady();
    }

    /** Where an engine keeps its data. */
    interface Disk {

        /** Leaves no room; false where the run may not limit disks. */
        boolean fill();

        void makeRoom();

        /** Whether the engine was refused a write since the disk was filled. */
        boolean refusedWrites();
    }

    /** The first of the scheduler, the first of the notification service, the second of each. */
    List<? extends Replica> replicas();

    /** The ways of all replicas to the brokers, one for each broker. */
    List<FaultProxy> kafka();

    /** The way of all replicas to the branches' own systems. */
    FaultProxy webhooks();

    /** The way of all replicas to the identity provider. */
    FaultProxy identity();

    String bootstrapServers();

    /** The database of that name, around every proxy; its owner has the same name and password. */
    String jdbcUrl(String database);

    void killBroker(int which) throws InterruptedException;

    /** Starts all brokers that do not run. */
    void startBrokers();

    /** As when the machine loses power: PostgreSQL recovers from its log. */
    void crashDatabase() throws InterruptedException;

    /** As when it is updated: sessions are cut off, nothing has to be recovered. */
    void restartDatabase() throws InterruptedException;

    /** Starts PostgreSQL if it does not run. */
    void startDatabase();

    Disk databaseDisk();

    Disk brokerDisk();
}
