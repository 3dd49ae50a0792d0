package org.lectern.notification.outbound;

/**
 * An address on the web in the one form that is kept and used: whoever reads it elsewhere reads the same host.
 *
 * @param host in lower case without a final dot; an IPv6 address without brackets
 * @param target path and query
 */
public record Destination(boolean tls, String host, int port, String target) {

    /** As text. */
    public String asText() {
        String name = host.contains(":") ? "[" + host + "]" : host;
        boolean usual = port == (tls ? 443 : 80);
        return (tls ? "https://" : "http://") + name + (usual ? "" : ":" + port) + target;
    }

    /** Enough to recognise it by: the host. Path and query may hold what proves that one may call it. */
    public static String masked(String address) {
        int path = address.indexOf('/', address.indexOf("//") + 2);
        return path < 0 ? "***" : address.substring(0, path) + "/***";
    }

    /** Masked too: addresses must not get into logs by accident. */
    @Override
    public String toString() {
        return masked(asText());
    }
}
