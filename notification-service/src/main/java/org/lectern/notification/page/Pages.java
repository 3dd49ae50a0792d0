package org.lectern.notification.page;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Base64;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.problem.Language;
import org.lectern.notification.secret.Secrets;

/** Builds pages that people open by a link in a message, without a login. */
public final class Pages {

    private static final int NONCE_BYTES = 16;

    private static final String ENGLISH = "en";
    private static final String CHINESE = "zh-CN";

    private Pages() {}

    /** The tag of a page's language: the reader's choice, or else the preferred one. */
    public static String language(@Nullable String chosen, @Nullable String preferred) {
        boolean chinese =
                Language.of(chosen == null ? preferred : chosen).getLanguage().equals("zh");
        return chinese ? CHINESE : ENGLISH;
    }

    /** The other language that a page offers. */
    public static String otherLanguage(String language) {
        return language.equals(CHINESE) ? ENGLISH : CHINESE;
    }

    /** The other language's own name. */
    public static String nameOfOther(String language) {
        return language.equals(CHINESE) ? "English" : "中文";
    }

    /**
     * A page without scripts or external resources. It cannot be framed, cached or indexed, and sends no referrer.
     *
     * @param html builds the page with the nonce that allows its style
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
