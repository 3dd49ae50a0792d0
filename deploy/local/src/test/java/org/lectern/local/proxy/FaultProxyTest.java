package org.lectern.local.proxy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lectern.local.proxy.FaultProxy.Direction;

/** Each network condition affects a connection as documented, and ends when the next one is set. */
class FaultProxyTest {

    private final AtomicInteger received = new AtomicInteger();
    private ServerSocket echo;
    private FaultProxy proxy;

    @BeforeEach
    void up() throws IOException {
        echo = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            while (!echo.isClosed()) {
                try {
                    Socket client = echo.accept();
                    Thread.ofVirtual().start(() -> answer(client));
                } catch (IOException e) {
                    return;
                }
            }
        });
        proxy = new FaultProxy("test", 0, (InetSocketAddress) echo.getLocalSocketAddress());
    }

    private void answer(Socket client) {
        try (client) {
            byte[] chunk = new byte[1000];
            for (int read = client.getInputStream().read(chunk);
                    read >= 0;
                    read = client.getInputStream().read(chunk)) {
                received.addAndGet(read);
                client.getOutputStream().write(chunk, 0, read);
            }
        } catch (IOException e) {
            // the client has disconnected
        }
    }

    @AfterEach
    void down() throws IOException {
        proxy.close();
        echo.close();
    }

    private Socket connected(int patienceMillis) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        socket.setSoTimeout(patienceMillis);
        return socket;
    }

    private static String said(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        byte[] answer = socket.getInputStream().readNBytes(text.length());
        if (answer.length < text.length()) {
            throw new IOException("cut off");
        }
        return new String(answer, StandardCharsets.US_ASCII);
    }

    @Test
    void withoutFault_everythingPasses() throws IOException {
        try (Socket socket = connected(20_000)) {
            assertEquals("hello", said(socket, "hello"));
            byte[] much = new byte[300_000];
            Thread.ofVirtual().start(() -> {
                try {
                    socket.getOutputStream().write(much);
                } catch (IOException e) {
                    // the assertion fails
                }
            });
            assertArrayEquals(much, socket.getInputStream().readNBytes(much.length));
        }
    }

    @Test
    void reset_cutsPresentAndNewConnections() throws IOException {
        try (Socket before = connected(20_000)) {
            said(before, "hello");
            proxy.set(new NetworkCondition.Resetting());
            assertThrows(IOException.class, () -> said(before, "again"));
            assertThrows(IOException.class, () -> said(connected(20_000), "hello"));
        }
        proxy.set(new NetworkCondition.Healthy());
        try (Socket after = connected(20_000)) {
            assertEquals("hello", said(after, "hello"));
        }
    }

    @Test
    void blackHole_delaysUntilItEnds() throws IOException {
        try (Socket socket = connected(300)) {
            said(socket, "hello");
            proxy.set(new NetworkCondition.BlackHole());
            socket.getOutputStream().write("later".getBytes(StandardCharsets.US_ASCII));
            assertThrows(
                    SocketTimeoutException.class, () -> socket.getInputStream().read());
            proxy.set(new NetworkCondition.Healthy());
            socket.setSoTimeout(20_000);
            assertEquals("later", new String(socket.getInputStream().readNBytes(5), StandardCharsets.US_ASCII));
        }
    }

    @Test
    void halfOpenLosesOneDirectionOnly() throws IOException {
        try (Socket socket = connected(300)) {
            said(socket, "hello");
            proxy.set(new NetworkCondition.HalfOpen(Direction.TO_CLIENT));
            socket.getOutputStream().write("lost".getBytes(StandardCharsets.US_ASCII));
            assertThrows(
                    SocketTimeoutException.class, () -> socket.getInputStream().read());
            assertEquals(9, received.get());
        }
    }

    @Test
    void slowIsLate() throws IOException {
        proxy.set(new NetworkCondition.Delayed(Duration.ofMillis(150)));
        try (Socket socket = connected(20_000)) {
            long start = System.nanoTime();
            said(socket, "hello");
            assertTrue(Duration.ofNanos(System.nanoTime() - start).toMillis() >= 300);
        }
    }

    @Test
    void trap_closesOnceAfterItsSteps() throws IOException {
        AtomicInteger sprung = new AtomicInteger();
        proxy.arm(new CrashPoint(
                "test",
                List.of(CrashPoint.sent("first"), CrashPoint.answered("second".getBytes(StandardCharsets.US_ASCII))),
                sprung::incrementAndGet));
        try (Socket socket = connected(20_000)) {
            assertEquals("second", said(socket, "second"), "not yet: the first step has not been seen");
            assertEquals("fir", said(socket, "fir"));
            assertEquals("st", said(socket, "st"), "steps may come in pieces");
            assertThrows(IOException.class, () -> said(socket, "second"));
        }
        assertEquals(1, sprung.get());
        try (Socket socket = connected(20_000)) {
            assertEquals("firstsecond", said(socket, "firstsecond"));
        }
        assertEquals(1, sprung.get());
    }
}
