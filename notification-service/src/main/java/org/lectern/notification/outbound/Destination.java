package org.lectern.notification.outbound;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * A web address in a canonical form for storage and use, so that every parser reads the same host.
 *
 * @param host in lower case without a final dot; an IPv6 address without brackets
 * @param target path and query
 */
public record Destination(boolean tls, String host, int port, String target) {

    public String asText() {
        String name = host.contains(":") ? "[" + host + "]" : host;
        boolean usual = port == (tls ? 443 : 80);
        return (tls ? "https://" : "http://") + name + (usual ? "" : ":" + port) + target;
    }

    /** The host only: enough to recognise it. Path and query may contain credentials. */
    public static String masked(String address) {
        int path = address.indexOf('/', address.indexOf("//") + 2);
        return path < 0 ? "***" : address.substring(0, path) + "/***";
    }

    /** Tells secret addresses apart without showing them: the first bytes of a digest. */
    public static String fingerprint(String address) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(address.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 4);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM lacks SHA-256", e);
        }
    }

    /** Masked, to keep addresses out of logs. */
    @Override
    public String toString() {
        return masked(asText());
    }
}
