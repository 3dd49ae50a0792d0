package org.lectern.local;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for servers that are started later, or stopped and started again.
 *
 * <p>They lie below the range out of which the operating system gives a port to every outgoing connection (from 32768 on
 * with Linux, from 49152 by RFC 6335). A port out of that range may be the source of somebody's connection by the time
 * its server wants to listen there, and then the server does not start.
 */
public final class FreePort {

    private static final int FIRST = 12_000;
    private static final int END = 32_000;
    private static final int ATTEMPTS = 200;
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private FreePort() {}

    /**
     * A port on which nothing listens, on any interface, and which this JVM was not given before.
     *
     * @throws IllegalStateException if there seems to be none
     */
    public static int any() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, END);
            if (free(port) && GIVEN.add(port)) {
                return port;
            }
        }
        throw new IllegalStateException("No free port between %d and %d".formatted(FIRST, END));
    }

    private static boolean free(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(port));
            return true;
        } catch (IOException inUse) {
            return false;
        }
    }
}
