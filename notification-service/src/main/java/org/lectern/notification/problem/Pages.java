package org.lectern.notification.problem;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Base64;
import java.util.function.Function;
import org.lectern.notification.secret.Secrets;

/** Pages that people open by a link in a message, without a login. */
public final class Pages {

    private static final int NONCE_BYTES = 16;

    private Pages() {}

    /**
     * A page that runs no scripts, loads nothing, is in no frame, cache or index, and tells no other site its address.
     *
     * @param html makes the page with the nonce by which its policy allows its style
     */
    public static Response.ResponseBuilder page(int status, Function<String, String> html) {
        String nonce = Base64.getEncoder().encodeToString(Secrets.random(NONCE_BYTES));
        return Response.status(status)
                .type("text/html;charset=UTF-8")
                .entity(html.apply(nonce))
                .header(
                        "Content-Security-Policy",
                        "default-src 'none'; style-src 'nonce-" + nonce
                                + "'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
                .header("Referrer-Policy", "no-referrer")
                .header("X-Robots-Tag", "noindex, nofollow")
                .header(HttpHeaders.CACHE_CONTROL, "no-store");
    }
}
