package org.lectern.local.smtp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * An SMTP server (RFC 5321) on the loopback interface. It is strict: a message that violates a rule of
 * {@link WireRules} gets {@code 554}, so errors appear in development and not at the first strict receiver.
 */
public final class SmtpServer implements AutoCloseable {

    private static final int BACKLOG = 500;
    private static final int SILENCE_MILLIS = 30_000;

    /**
     * The security of connections.
     *
     * @param tls the server's certificate; null for a server without TLS
     * @param implicit true if TLS begins with the first octet instead of by STARTTLS
     * @param login true if the server requires AUTH
     */
    public record Protection(@Nullable SSLContext tls, boolean implicit, boolean login) {

        /** No TLS, no login. */
        public static final Protection NONE = new Protection(null, false, false);

        public static Protection startTls(SSLContext tls) {
            return new Protection(tls, false, false);
        }

        public static Protection implicitTls(SSLContext tls) {
            return new Protection(tls, true, false);
        }

        public Protection withLogin() {
            return new Protection(tls, implicit, true);
        }
    }

    private final ServerSocket server;
    private final SmtpPolicy policy;
    private final Protection protection;
    private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
    private final AtomicInteger dialogues = new AtomicInteger();
    private final Thread listening;

    public SmtpServer(int port, SmtpPolicy policy) {
        this(port, policy, Protection.NONE);
    }

    /** @param port 0 selects a free one */
    public SmtpServer(int port, SmtpPolicy policy, Protection protection) {
        this.policy = policy;
        this.protection = protection;
        try {
            server = new ServerSocket();
            server.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), BACKLOG);
        } catch (IOException e) {
            throw new UncheckedIOException("The mail server could not listen on port " + port, e);
        }
        listening = Thread.ofVirtual().start(this::listen);
    }

    public int port() {
        return server.getLocalPort();
    }

    /** The number of connections so far. */
    public int dialogues() {
        return dialogues.get();
    }

    /** Ends open dialogues too, as a crash would. The port is free when this returns. */
    @Override
    public void close() {
        try {
            server.close();
            listening.join();
            for (Socket client : clients) {
                client.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void listen() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                dialogues.incrementAndGet();
                Thread.ofVirtual().start(() -> converse(client));
            } catch (IOException closed) {
                // next client, or the end
            }
        }
    }

    private void converse(Socket client) {
        clients.add(client);
        try (client) {
            client.setSoTimeout(SILENCE_MILLIS);
            new SmtpDialogue(client, policy, protection).run();
        } catch (IOException gone) {
            // the client disconnected, or the server was closed
        } finally {
            clients.remove(client);
        }
    }
}
