package org.lectern.notification.support;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** A mail server that knows none of its recipients, and says so with their address. */
public final class RefusingMailServer implements AutoCloseable {

    private final ServerSocket server;
    private final AtomicInteger dialogues = new AtomicInteger();

    public RefusingMailServer(int port) throws IOException {
        server = new ServerSocket(port, 10, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try (Socket client = server.accept()) {
                    dialogues.incrementAndGet();
                    converse(client);
                } catch (IOException closed) {
                    // the next client, or the end
                }
            }
        });
    }

    public int dialogues() {
        return dialogues.get();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private static void converse(Socket client) throws IOException {
        var in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
        answer(client, "220 refusing.example.org");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.startsWith("RCPT")) {
                answer(client, "550 5.1.1 no such mailbox: " + line.substring(8));
            } else if (line.startsWith("QUIT")) {
                answer(client, "221 bye");
                return;
            } else {
                answer(client, "250 ok");
            }
        }
    }

    private static void answer(Socket client, String line) throws IOException {
        client.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }
}
