package org.lectern.local.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.lectern.local.fuzz.FuzzRequest.Expectation;

/** Sends the octets of a request over a raw socket, because an HTTP client would correct or refuse them. */
final class Connection {

    private static final int CONNECT_MILLIS = 5_000;
    private static final int BYTES_AT_MOST = 64 * 1024 * 1024;
    private static final int PARSED_EACH_TIME_AT_MOST = 512 * 1024;
    /** How long to wait for a second answer. */
    private static final int QUIET_MILLIS = 250;
    /** How long to observe a server that may wait for more input. */
    private static final int WAITING_MILLIS = 1_500;

    private final InetSocketAddress address;
    private final Duration patience;

    /** @param patience the timeout for an answer; longer than the oracle's limit, to measure how late it is */
    Connection(InetSocketAddress address, Duration patience) {
        this.address = address;
        this.patience = patience;
    }

    Exchange send(byte[] octets, Expectation expectation) {
        long start = System.nanoTime();
        try (Socket socket = new Socket()) {
            socket.connect(address, CONNECT_MILLIS);
            // in parallel: a server that refuses early need not read the rest
            Thread.ofVirtual().start(() -> write(socket, octets));
            return read(socket, expectation, start);
        } catch (IOException e) {
            return Exchange.refused(since(start));
        }
    }

    private static void write(Socket socket, byte[] octets) {
        try {
            socket.getOutputStream().write(octets);
            socket.getOutputStream().flush();
        } catch (IOException e) {
            // the server has closed; the answer, if any, is read by the other thread
        }
    }

    private Exchange read(Socket socket, Expectation expectation, long start) throws IOException {
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        InputStream in = socket.getInputStream();
        byte[] buffer = new byte[16 * 1024];
        Duration wait = expectation == Expectation.MAY_WAIT || expectation == Expectation.NO_UPGRADE
                ? Duration.ofMillis(WAITING_MILLIS)
                : patience;
        Duration complete = null;
        boolean closed = false;
        while (received.size() < BYTES_AT_MOST) {
            long left = complete == null ? wait.minus(since(start)).toMillis() : QUIET_MILLIS;
            if (left <= 0) {
                break;
            }
            socket.setSoTimeout((int) left);
            int count;
            try {
                count = in.read(buffer);
            } catch (SocketTimeoutException e) {
                break;
            } catch (IOException e) {
                count = -1; // a reset also ends the connection
            }
            if (count < 0) {
                closed = true;
                break;
            }
            received.write(buffer, 0, count);
            if (received.size() > PARSED_EACH_TIME_AT_MOST) {
                continue; // the end of the connection is the signal
            }
            var parsed = AnswerParser.parse(received.toByteArray(), false);
            boolean ends = !parsed.answers().isEmpty()
                    && (parsed.answers().getFirst().complete()
                            || parsed.answers().getFirst().isStream());
            if (ends && complete == null) {
                complete = since(start);
            }
            if (ends && parsed.answers().getFirst().isStream()) {
                break;
            }
        }
        var parsed = AnswerParser.parse(received.toByteArray(), closed);
        return new Exchange(parsed.answers(), parsed.rest(), closed, complete == null ? since(start) : complete, true);
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
