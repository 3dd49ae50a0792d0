package org.lectern.chassis.session;

import io.netty.handler.codec.http.cookie.ServerCookieDecoder;
import io.vertx.core.MultiMap;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpHeaders;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The access token as a cookie that no script can read and no other site can send. The prefix {@code __Host-} binds it
 * to this host and to https (RFC 6265bis, section 4.1.3.2).
 */
@ApplicationScoped
class TokenCookie {

    /** Browsers keep 4,096 bytes of name, value and attributes. */
    static final int LARGEST_TOKEN = 3_900;

    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/=-]+");

    private final boolean secure;

    @Inject
    TokenCookie(SessionConfig config) {
        secure = config.secure();
    }

    /** The token; null if there is none, or more than one. */
    @Nullable
    String read(MultiMap headers) {
        List<String> tokens = headers.getAll(HttpHeaders.COOKIE).stream()
                .flatMap(line -> ServerCookieDecoder.LAX.decodeAll(line).stream())
                .filter(cookie -> cookie.name().equals(name()))
                .map(io.netty.handler.codec.http.cookie.Cookie::value)
                .toList();
        return tokens.size() == 1 && TOKEN.matcher(tokens.getFirst()).matches() ? tokens.getFirst() : null;
    }

    Cookie of(String token, Duration life) {
        return cookie(token).setMaxAge(life.toSeconds());
    }

    Cookie removed() {
        return cookie("").setMaxAge(0);
    }

    private Cookie cookie(String value) {
        return Cookie.cookie(name(), value)
                .setPath("/")
                .setHttpOnly(true)
                .setSecure(secure)
                .setSameSite(CookieSameSite.STRICT);
    }

    private String name() {
        return secure ? "__Host-lectern" : "lectern";
    }
}
