package org.lectern.local.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A TCP proxy that simulates failures of networks and machines. Its port stays the same; a condition applies to new and
 * existing connections until the next one is set.
 */
public final class FaultProxy implements AutoCloseable {

    private static final int CHUNK = 16 * 1024;
    private static final int CONNECT_MILLIS = 2000;

    /** The direction of bytes. */
    public enum Direction {
        TO_SERVER,
        TO_CLIENT
    }

    private final String name;
    private final InetSocketAddress target;
    private final ServerSocket server;
    private final Set<Pair> pairs = ConcurrentHashMap.newKeySet();
    private final AtomicReference<@Nullable CrashPoint> crashPoint = new AtomicReference<>();
    private final AtomicLong bytes = new AtomicLong();
    private volatile NetworkCondition condition = new NetworkCondition.Healthy();
    private volatile CountDownLatch change = new CountDownLatch(1);

    /**
     * Listens on the loopback interface; port 0 selects a free one.
     *
     * @throws UncheckedIOException if the port is in use
     */
    public FaultProxy(String name, int port, InetSocketAddress target) {
        this.name = name;
        this.target = target;
        try {
            server = new ServerSocket();
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
        } catch (IOException e) {
            throw new UncheckedIOException("The proxy " + name + " cannot listen on port " + port, e);
        }
        Thread.ofVirtual().name("proxy-" + name).start(this::accept);
    }

    public String name() {
        return name;
    }

    public int port() {
        return server.getLocalPort();
    }

    /** The number of forwarded bytes. */
    public long passed() {
        return bytes.get();
    }

    /** Applies to existing connections too. Data that was lost stays lost. */
    public void set(NetworkCondition condition) {
        this.condition = condition;
        CountDownLatch before = change;
        change = new CountDownLatch(1);
        before.countDown();
        if (condition instanceof NetworkCondition.Resetting) {
            resetAll();
        }
    }

    /** Resets every existing connection; new ones are not affected. */
    public void resetAll() {
        pairs.forEach(Pair::reset);
    }

    /** Arms a crash point; it replaces one that was not reached. */
    public void arm(CrashPoint crashPoint) {
        this.crashPoint.set(crashPoint);
    }

    /** Disarms a crash point that was not reached. */
    public void disarm(CrashPoint crashPoint) {
        this.crashPoint.compareAndSet(crashPoint, null);
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        set(new NetworkCondition.Resetting());
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException e) {
                // the client left before it was accepted, or the proxy was closed
            }
        }
    }

    private void serve(Socket client) {
        Pair pair = new Pair(client);
        pairs.add(pair);
        try {
            if (condition instanceof NetworkCondition.Resetting) {
                pair.reset();
                return;
            }
            for (CountDownLatch next = change; condition instanceof NetworkCondition.BlackHole; next = change) {
                next.await();
            }
            pair.run();
        } catch (IOException e) {
            pair.reset();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            pair.reset();
        } finally {
            pairs.remove(pair);
        }
    }

    /** The two connections of one client. */
    private final class Pair {

        private final Socket client;
        private final Socket upstream = new Socket();
        private @Nullable CrashPoint followed;
        private int step;
        private byte[] seen = new byte[0];

        Pair(Socket client) {
            this.client = client;
        }

        void run() throws IOException, InterruptedException {
            client.setTcpNoDelay(true);
            upstream.setTcpNoDelay(true);
            upstream.connect(target, CONNECT_MILLIS);
            Thread back = Thread.ofVirtual().start(() -> pump(upstream, client, Direction.TO_CLIENT));
            pump(client, upstream, Direction.TO_SERVER);
            back.join();
        }

        private void pump(Socket from, Socket to, Direction direction) {
            byte[] chunk = new byte[CHUNK];
            try {
                for (int read = from.getInputStream().read(chunk);
                        read >= 0;
                        read = from.getInputStream().read(chunk)) {
                    if (reaches(chunk, read, direction)) {
                        reset();
                        return;
                    }
                    if (passes(direction)) {
                        to.getOutputStream().write(chunk, 0, read);
                        bytes.addAndGet(read);
                    }
                }
                to.shutdownOutput();
            } catch (IOException e) {
                reset();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                reset();
            }
        }

        /** Waits as the condition requires. Returns true if the chunk is forwarded. */
        private boolean passes(Direction direction) throws InterruptedException {
            while (true) {
                CountDownLatch next = change; // read before the condition, so that no change is missed
                switch (condition) {
                    case NetworkCondition.Healthy healthy -> {
                        return true;
                    }
                    case NetworkCondition.Resetting resetting -> {
                        return true; // the reset closes these sockets
                    }
                    case NetworkCondition.Delayed delayed -> {
                        Thread.sleep(delayed.by());
                        return true;
                    }
                    case NetworkCondition.HalfOpen half -> {
                        return half.lost() != direction;
                    }
                    // held back until the condition ends, like a network partition shorter than TCP's timeout
                    case NetworkCondition.BlackHole hole -> next.await();
                }
            }
        }

        private synchronized boolean reaches(byte[] chunk, int length, Direction direction) {
            CrashPoint armed = crashPoint.get();
            if (armed == null) {
                followed = null;
                return false;
            }
            if (followed != armed) {
                followed = armed;
                step = 0;
                seen = new byte[0];
            }
            if (armed.steps().get(step).direction() != direction) {
                return false;
            }
            byte[] window = Arrays.copyOf(seen, seen.length + length);
            System.arraycopy(chunk, 0, window, seen.length, length);
            int from = 0;
            while (armed.steps().get(step).direction() == direction) {
                byte[] wanted = armed.steps().get(step).bytes();
                int at = indexOf(window, wanted, from);
                if (at < 0) {
                    seen = Arrays.copyOfRange(window, Math.max(from, window.length - wanted.length + 1), window.length);
                    return false;
                }
                from = at + wanted.length;
                step++;
                seen = new byte[0];
                if (step == armed.steps().size()) {
                    if (crashPoint.compareAndSet(armed, null)) {
                        armed.reached().run();
                        return true;
                    }
                    followed = null;
                    return false;
                }
            }
            return false;
        }

        /** Aborts the connection: both sides get an RST, and data in transit is lost. */
        void reset() {
            for (Socket socket : new Socket[] {client, upstream}) {
                try {
                    socket.setSoLinger(true, 0);
                } catch (IOException e) {
                    // already closed
                }
                try {
                    socket.close();
                } catch (IOException e) {
                    // already closed
                }
            }
        }
    }

    private static int indexOf(byte[] text, byte[] wanted, int from) {
        for (int i = from; i <= text.length - wanted.length; i++) {
            if (Arrays.equals(text, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        return -1;
    }
}
