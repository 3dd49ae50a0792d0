package org.lectern.chassis.security;

import io.quarkus.oidc.runtime.OidcUtils;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.json.JsonString;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Text;
import org.lectern.chassis.session.SessionPaths;

/**
 * Refuses tokens from the right issuer that are not access tokens, above all ID tokens, or have unusable claims. An
 * access token has the header {@code typ: at+jwt} (RFC 9068 section 2.1) or, from Keycloak, the claim
 * {@code typ: Bearer}. It must have a subject and an expiry (section 2.2).
 */
@ApplicationScoped
public class AccessTokens implements SecurityIdentityAugmentor {

    private static final int LONGEST_NAME = 255;
    private static final int MOST_NAMES = 500;
    private static final int MOST_ROLES = 100;

    private final List<String> scopes;

    /** @param scopes the claims that restrict a caller's scope, beside {@code roles} */
    @Inject
    AccessTokens(@ConfigProperty(name = "lectern.security.scope-claims") List<String> scopes) {
        this.scopes = scopes;
    }

    /** The names listed by a claim, as JSON or as a collection; empty if the claim is absent. */
    public static List<String> names(JsonWebToken token, String claim) {
        return switch (token.getClaim(claim)) {
            case JsonArray array ->
                array.stream()
                        .map(each -> each instanceof JsonString name ? name.getString() : each.toString())
                        .toList();
            case Collection<?> names -> names.stream().map(String::valueOf).toList();
            case null, default -> List.of();
        };
    }

    @Override
    public Uni<SecurityIdentity> augment(SecurityIdentity identity, AuthenticationRequestContext context) {
        if (isLogin(identity)) {
            return Uni.createFrom().item(withoutRoles(identity));
        }
        if (identity.getPrincipal() instanceof JsonWebToken token && (!isAccessToken(token) || !isUsable(token))) {
            return Uni.createFrom().failure(new AuthenticationFailedException("not an access token"));
        }
        return Uni.createFrom().item(identity);
    }

    /** Whether this is the login of a browser at one of its own addresses: there the principal is the ID token. */
    private static boolean isLogin(SecurityIdentity identity) {
        RoutingContext exchange = identity.getAttribute(RoutingContext.class.getName());
        return SessionPaths.TENANT.equals(identity.getAttribute(OidcUtils.TENANT_ID_ATTRIBUTE))
                && exchange != null
                && SessionPaths.contains(exchange.request().path());
    }

    /** An ID token permits nothing but to obtain the access token of its login. */
    private static SecurityIdentity withoutRoles(SecurityIdentity identity) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(identity.getPrincipal())
                .addCredentials(identity.getCredentials())
                .addAttributes(identity.getAttributes())
                .build();
    }

    /** Whether the subject is storable, an expiry is present, and no list has more names than a query accepts. */
    private boolean isUsable(JsonWebToken token) {
        String subject = token.getSubject();
        return subject != null
                && !subject.isBlank()
                && subject.length() <= LONGEST_NAME
                && Text.isStorable(subject)
                && token.getExpirationTime() > 0
                && areNames(token.getClaim("roles"), MOST_ROLES)
                && scopes.stream().allMatch(claim -> areNames(token.getClaim(claim), MOST_NAMES));
    }

    private static boolean areNames(@Nullable Object claim, int most) {
        return switch (claim) {
            case null -> true;
            case JsonArray array ->
                array.size() <= most
                        && array.stream().allMatch(each -> each instanceof JsonString name && isName(name.getString()));
            case Collection<?> names ->
                names.size() <= most && names.stream().allMatch(each -> each instanceof String name && isName(name));
            default -> false;
        };
    }

    private static boolean isName(String name) {
        return name.length() <= LONGEST_NAME && Text.isStorable(name);
    }

    private static boolean isAccessToken(JsonWebToken token) {
        if ("Bearer".equals(token.getClaim("typ"))) {
            return true;
        }
        String raw = token.getRawToken();
        int dot = raw == null ? -1 : raw.indexOf('.');
        if (dot < 0) {
            return false;
        }
        byte[] header = Base64.getUrlDecoder().decode(raw.substring(0, dot));
        String type = new JsonObject(new String(header, StandardCharsets.UTF_8)).getString("typ", "");
        return type.equalsIgnoreCase("at+jwt") || type.equalsIgnoreCase("application/at+jwt");
    }
}
