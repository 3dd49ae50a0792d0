package org.lectern.notification.support;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** A mail server that takes nothing for anybody, and says so with the address. */
public final class RefusingMailServer implements AutoCloseable {

    private final ServerSocket server;
    private final AtomicInteger dialogues = new AtomicInteger();

    /** @param refusal what it says before the address */
    public RefusingMailServer(int port, String refusal) throws IOException {
        server = new ServerSocket(port, 10, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try (Socket client = server.accept()) {
                    dialogues.incrementAndGet();
                    converse(client, refusal);
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

    private static void converse(Socket client, String refusal) throws IOException {
        var in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
        answer(client, "220 refusing.example.org");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.startsWith("RCPT")) {
                answer(client, refusal + ": " + line.substring(8));
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
