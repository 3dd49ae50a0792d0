package org.lectern.notification.inbound;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A TLS proxy in front of an IMAP server that records what clients send. */
final class ImapFront implements AutoCloseable {

    private final ServerSocket listening;
    private final int target;
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();

    /**
     * @param tls the certificate; null for a server without TLS
     * @param target the port of the IMAP server
     */
    ImapFront(@Nullable SSLContext tls, int target) {
        this.target = target;
        try {
            InetAddress here = InetAddress.getLoopbackAddress();
            this.listening = tls == null
                    ? new ServerSocket(0, 50, here)
                    : tls.getServerSocketFactory().createServerSocket(0, 50, here);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::listen);
    }

    int port() {
        return listening.getLocalPort();
    }

    /** Everything that clients have sent, decrypted. */
    String heard() {
        synchronized (heard) {
            return heard.toString(StandardCharsets.US_ASCII);
        }
    }

    private void listen() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                Socket server = new Socket("127.0.0.1", target)) {
            Thread answers = Thread.ofVirtual().start(() -> {
                try {
                    server.getInputStream().transferTo(client.getOutputStream());
                } catch (IOException e) {
                    // one of them has closed the connection
                }
            });
            copy(client.getInputStream(), server.getOutputStream());
            server.shutdownOutput();
            answers.join();
        } catch (IOException e) {
            // a client that does not trust the certificate closes the connection
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void copy(InputStream from, OutputStream to) throws IOException {
        byte[] some = new byte[4096];
        for (int read = from.read(some); read >= 0; read = from.read(some)) {
            synchronized (heard) {
                heard.write(some, 0, read);
            }
            to.write(some, 0, read);
            to.flush();
        }
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
