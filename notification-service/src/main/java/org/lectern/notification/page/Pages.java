package org.lectern.notification.page;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Base64;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.problem.Language;
import org.lectern.notification.secret.Secrets;

/** Pages that people open by a link in a message, without a login. */
public final class Pages {

    private static final int NONCE_BYTES = 16;

    private static final String ENGLISH = "en";
    private static final String CHINESE = "zh-CN";

    private Pages() {}

    /** The tag of a page's language: what the reader chose, or else what is preferred. */
    public static String language(@Nullable String chosen, @Nullable String preferred) {
        boolean chinese =
                Language.of(chosen == null ? preferred : chosen).getLanguage().equals("zh");
        return chinese ? CHINESE : ENGLISH;
    }

    /** The language that a page offers beside its own. */
    public static String otherLanguage(String language) {
        return language.equals(CHINESE) ? ENGLISH : CHINESE;
    }

    /** What that other language calls itself. */
    public static String nameOfOther(String language) {
        return language.equals(CHINESE) ? "English" : "中文";
    }

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
