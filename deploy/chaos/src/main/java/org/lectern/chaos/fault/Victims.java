package org.lectern.chaos.fault;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lectern.local.proxy.FaultProxy;

/** What faults can be done to. */
public interface Victims {

    /** One process of a service. */
    interface Victim {

        String name();

        /** Its way to PostgreSQL. */
        FaultProxy database();

        /** Its way to the mail server, if it sends mail. */
        @Nullable
        FaultProxy mail();

        /** Starts it; who waits for it asks its health. */
        void start();

        /** As by {@code kill -9}. */
        void kill();

        /** Asks it to stop (SIGTERM); whether it ended by itself within half a minute. */
        boolean terminate() throws InterruptedException;

        /** Sends it no more requests, or sends them again once it is ready. */
        void balance(boolean in);

        /** Freezes it where it is, whatever it holds (SIGSTOP). */
        void stop();

        /** Lets a frozen one go on, as if no time had passed for it. */
        void resume();

        boolean isRunning();

        /** Whether it says that it can do its work. */
        boolean isReady();
    }

    List<? extends Victim> replicas();

    /** The way of all of them to the broker. */
    FaultProxy kafka();

    /** The way of all of them to the branches' own systems. */
    FaultProxy webhooks();

    /** The way of all of them to the identity provider. */
    FaultProxy identity();

    /** Around every proxy. */
    String bootstrapServers();

    /** The database of that name, around every proxy; its owner has the same name and password. */
    String jdbcUrl(String database);

    void killBroker() throws InterruptedException;

    void reviveBroker();

    void crashDatabase() throws InterruptedException;

    void restartDatabase() throws InterruptedException;

    void startDatabase();
}
