package org.lectern.chassis.http;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/** The addresses of requests that are accepted: those of RFC 3986, in the form that {@link URI} reads. */
public final class Addresses {

    private static final String QUARKUS_CHECK_OFF = "vertx.disableURIValidation";

    private Addresses() {}

    /**
     * Leaves malformed addresses to {@link RequestGuard}, which answers with a problem document; Quarkus answers with a
     * bare status. Must be called before Quarkus starts.
     */
    public static void checkedByGuard() {
        System.setProperty(QUARKUS_CHECK_OFF, "true");
    }

    static boolean isWellFormed(@Nullable String address) {
        if (address == null) {
            return false;
        }
        try {
            new URI(address);
            return true;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
