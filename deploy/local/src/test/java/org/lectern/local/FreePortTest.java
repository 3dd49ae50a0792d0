package org.lectern.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FreePortTest {

    @Test
    void reservedPort_isGivenToNoConnection() throws Exception {
        Set<Integer> given = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            int port = FreePort.any();
            assertTrue(port < 32_768, "the system may give " + port + " to an outgoing connection");
            given.add(port);
            try (ServerSocket server = new ServerSocket()) {
                server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            }
        }
        assertEquals(100, given.size(), "ports given twice");
    }
}
