package org.lectern.local;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A raw connection for requests that HTTP clients cannot send. Octets are ISO 8859-1. */
public final class RawHttp implements AutoCloseable {

    private final Socket socket = new Socket();

    public RawHttp(int port) throws IOException {
        socket.connect(new InetSocketAddress("127.0.0.1", port), 10_000);
        socket.setTcpNoDelay(true);
    }

    /** Sends the text; lines end as written. */
    public RawHttp send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        return this;
    }

    /** Everything received until the server closes the connection or is silent for this time. */
    public String read(Duration silence) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        socket.setSoTimeout((int) silence.toMillis());
        byte[] some = new byte[8192];
        InputStream in = socket.getInputStream();
        try {
            for (int read = in.read(some); read >= 0; read = in.read(some)) {
                all.write(some, 0, read);
            }
        } catch (SocketTimeoutException e) {
            // still open
        }
        return all.toString(StandardCharsets.ISO_8859_1);
    }

    /** True if the server closes the connection within that time; its output is ignored. */
    public boolean isClosedWithin(Duration time) throws IOException {
        long end = System.nanoTime() + time.toNanos();
        byte[] some = new byte[8192];
        try {
            while (System.nanoTime() < end) {
                socket.setSoTimeout((int) Math.max(1, (end - System.nanoTime()) / 1_000_000));
                if (socket.getInputStream().read(some) < 0) {
                    return true;
                }
            }
            return false;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true; // reset
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
