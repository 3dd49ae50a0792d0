package org.lectern.local;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/**
 * Started resources, stopped in reverse order. Once closing has begun nothing new starts, and close waits for and stops
 * anything that is starting. Whenever the stop occurs, nothing is left running.
 */
public final class Running implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private int starting;
    private boolean closing;

    /** The stack is stopping, so nothing can start. */
    public static final class Stopping extends RuntimeException {
        private static final long serialVersionUID = 1;

        public Stopping() {
            super("The stack is being stopped");
        }
    }

    public <T extends AutoCloseable> T start(Supplier<T> service) {
        synchronized (this) {
            if (closing) {
                throw new Stopping();
            }
            starting++;
        }
        try {
            T running = service.get();
            synchronized (this) {
                started.addLast(running);
            }
            return running;
        } finally {
            synchronized (this) {
                starting--;
                notifyAll();
            }
        }
    }

    synchronized boolean isClosing() {
        return closing;
    }

    /** A resource that fails to stop does not prevent the others from stopping. A second call has no effect. */
    @Override
    public void close() {
        awaitStarting();
        while (true) {
            AutoCloseable next;
            synchronized (this) {
                next = started.pollLast();
            }
            if (next == null) {
                return;
            }
            try {
                next.close();
            } catch (Exception e) {
                System.err.println("While stopping: " + e);
            }
        }
    }

    private synchronized void awaitStarting() {
        closing = true;
        Instant deadline = Instant.now().plus(PATIENCE);
        try {
            while (starting > 0 && Instant.now().isBefore(deadline)) {
                wait(1000);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
