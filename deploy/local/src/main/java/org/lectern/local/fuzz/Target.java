package org.lectern.local.fuzz;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;

/**
 * The system under fuzz.
 *
 * @param mailbox of the mail catcher, which contains links; empty without one
 */
public record Target(List<Service> services, Tokens tokens, String mailbox) {

    /**
     * A running service.
     *
     * @param name {@code scheduler} or {@code notification}
     * @param management address of health and metrics; empty if unknown
     * @param pid 0 if it does not run on this machine
     */
    public record Service(String name, String url, String management, long pid) {

        InetSocketAddress address() {
            URI parsed = URI.create(url);
            return new InetSocketAddress(parsed.getHost(), parsed.getPort());
        }

        String host() {
            return URI.create(url).getAuthority();
        }
    }

    /** Returns the access token of a role, or of {@code branch:CODE}. */
    @FunctionalInterface
    public interface Tokens {
        String of(String client) throws IOException;
    }
}
