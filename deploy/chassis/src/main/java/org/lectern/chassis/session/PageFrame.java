package org.lectern.chassis.session;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;

/**
 * The answer with the frame of our pages. It holds no data, so everyone may read it. Its policy allows scripts and
 * styles of this origin only, no inline ones, and no frames around it.
 */
public final class PageFrame {

    private static final List<String> POLICY = List.of(
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "connect-src 'self'",
            "font-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'");

    private PageFrame() {}

    /** A page that is read in a browser. */
    public static Response of(String html) {
        return answer(html, "trusted-types lit-html");
    }

    /** A page that can be installed and has a service worker, also of this origin. */
    public static Response installable(String html) {
        return answer(html, "manifest-src 'self'", "worker-src 'self'", "trusted-types lit-html lectern-worker");
    }

    private static Response answer(String html, String... more) {
        List<String> policy = new ArrayList<>(POLICY);
        policy.addAll(List.of(more));
        return Response.ok(html, MediaType.TEXT_HTML)
                .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE)
                .header("Content-Security-Policy", String.join("; ", policy))
                .header("X-Frame-Options", "DENY")
                .header("Referrer-Policy", "same-origin")
                .header("Cross-Origin-Opener-Policy", "same-origin")
                .header("Cross-Origin-Resource-Policy", "same-origin")
                .header("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
                .build();
    }
}
