package org.lectern.local.fuzz;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;

/**
 * What a run sends its requests to.
 *
 * @param mailbox of the mail catcher, whose mails hold links; empty without
 */
public record Target(List<Service> services, Tokens tokens, String mailbox) {

    /**
     * A running service.
     *
     * @param name {@code scheduler} or {@code notification}
     * @param management where health and metrics are; empty if unknown
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

    /** Gives the access token of a role, or of {@code branch:CODE}. */
    @FunctionalInterface
    public interface Tokens {
        String of(String client) throws IOException;
    }
}
