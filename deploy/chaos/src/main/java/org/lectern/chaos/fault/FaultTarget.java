package org.lectern.chaos.fault;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lectern.local.proxy.FaultProxy;

/** The running system, as far as faults can be injected into it. */
public interface FaultTarget {

    /** One process of a service. */
    interface Replica {

        String name();

        /** The proxy to PostgreSQL. */
        FaultProxy database();

        /** The proxy to the mail server; null if the service sends no mail. */
        @Nullable
        FaultProxy mail();

        /** Starts the process; {@link #isReady} tells when it can work. */
        void start();

        /** Kills the process, as {@code kill -9} does. */
        void kill();

        /** Sends SIGTERM. Returns true if the process ended by itself within 30 seconds. */
        boolean terminate() throws InterruptedException;

        /** Removes it from the balance, or adds it back once it is ready. */
        void balance(boolean in);

        /** Freezes the process with all the locks it holds (SIGSTOP). */
        void freeze();

        /** Continues a frozen process, which does not notice the pause. */
        void resume();

        /**
         * Shifts its wall clock by this offset; its monotonic clock stays correct.
         *
         * @return true if the process sees the shifted time
         */
        boolean shiftClock(Duration by) throws InterruptedException;

        boolean isRunning();

        /** True if its readiness check succeeds. */
        boolean isReady();
    }

    /** The data folder of an engine. */
    interface Disk {

        /** Fills the disk. Returns false where the run may not limit disks. */
        boolean fill();

        void makeRoom();

        /** True if a write of the engine failed since the disk was filled. */
        boolean refusedWrites();
    }

    /** Order: first scheduler, first notification service, second scheduler, second notification service. */
    List<? extends Replica> replicas();

    /** The proxies between all replicas and the brokers, one per broker. */
    List<FaultProxy> kafka();

    /** The proxy between all replicas and the branches' own systems. */
    FaultProxy webhooks();

    /** The proxy between all replicas and the identity provider. */
    FaultProxy identity();

    String bootstrapServers();

    /** JDBC URL of the database of that name, bypassing all proxies; its owner has the same name and password. */
    String jdbcUrl(String database);

    void killBroker(int which) throws InterruptedException;

    /** Starts all stopped brokers. */
    void startBrokers();

    /** Stops PostgreSQL as a power cut does: it recovers from its log. */
    void crashDatabase() throws InterruptedException;

    /** Stops PostgreSQL as an update does: sessions are cut off, and no recovery is necessary. */
    void restartDatabase() throws InterruptedException;

    /** Starts PostgreSQL if it is stopped. */
    void startDatabase();

    Disk databaseDisk();

    Disk brokerDisk();
}
