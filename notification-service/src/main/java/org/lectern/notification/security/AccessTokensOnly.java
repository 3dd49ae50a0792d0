package org.lectern.notification.security;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Refuses whatever is signed by the right issuer but is no access token, above all ID tokens. An access token has the
 * header {@code typ: at+jwt} (RFC 9068 section 2.1) or, from Keycloak, the claim {@code typ: Bearer}.
 */
@ApplicationScoped
class AccessTokensOnly implements SecurityIdentityAugmentor {

    @Override
    public Uni<SecurityIdentity> augment(SecurityIdentity identity, AuthenticationRequestContext context) {
        if (identity.getPrincipal() instanceof JsonWebToken token && !isAccessToken(token)) {
            return Uni.createFrom().failure(new AuthenticationFailedException("not an access token"));
        }
        return Uni.createFrom().item(identity);
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
