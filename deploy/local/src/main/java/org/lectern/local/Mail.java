package org.lectern.local;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;

/** A mail catcher: a real SMTP server that keeps what it is given. */
final class Mail implements AutoCloseable {

    private final GreenMail server;
    private final int port;

    Mail(int port) {
        this.port = port;
        server = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
    }

    int port() {
        return port;
    }

    GreenMail server() {
        return server;
    }

    @Override
    public void close() {
        server.stop();
    }
}
