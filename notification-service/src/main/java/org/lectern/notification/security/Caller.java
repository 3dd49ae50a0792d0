package org.lectern.notification.security;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonString;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.security.AccessTokens;

/** The caller of the present request, and the caller's scope. */
@RequestScoped
public class Caller {

    private final SecurityIdentity identity;

    @Inject
    Caller(SecurityIdentity identity) {
        this.identity = identity;
    }

    /** The caller's stable name at the identity provider ({@code sub}). */
    public String name() {
        return identity.getPrincipal().getName();
    }

    /** Whether the caller has the organizer role. */
    public boolean isOrganizer() {
        return identity.hasRole(Role.ORGANIZER);
    }

    /** Whether the request has an authenticated caller. */
    public boolean isKnown() {
        return !identity.isAnonymous();
    }

    /** Whether the caller may read everything but has no need to see addresses. */
    public boolean onlyAudits() {
        return identity.hasRole(Role.AUDITOR)
                && !identity.hasRole(Role.ORGANIZER)
                && !identity.hasRole(Role.OPERATOR)
                && !identity.hasRole(Role.BRANCH)
                && !identity.hasRole(Role.LECTURER);
    }

    /** The expiry of the caller's token, if it has one. */
    public Optional<Instant> until() {
        return identity.getPrincipal() instanceof JsonWebToken token && token.getExpirationTime() > 0
                ? Optional.of(Instant.ofEpochSecond(token.getExpirationTime()))
                : Optional.empty();
    }

    /** Whether the caller sees only {@link #branches} and {@link #lecturer}. */
    public boolean isConfined() {
        return !identity.hasRole(Role.ORGANIZER) && !identity.hasRole(Role.AUDITOR) && !identity.hasRole(Role.OPERATOR);
    }

    /**
     * The codes of the branches that a confined caller sees, each with its subtree. Without codes in its token it sees
     * none.
     */
    public List<String> branches() {
        return identity.hasRole(Role.BRANCH) && identity.getPrincipal() instanceof JsonWebToken token
                ? AccessTokens.names(token, "branches")
                : List.of();
    }

    /** The code of the lecturer that a confined caller is, if any. */
    public Optional<String> lecturer() {
        return identity.hasRole(Role.LECTURER) && identity.getPrincipal() instanceof JsonWebToken token
                ? Optional.ofNullable(code(token.getClaim("lecturer")))
                : Optional.empty();
    }

    /** Null for a claim that is no text: its caller sees nothing. */
    private static @Nullable String code(@Nullable Object claim) {
        return switch (claim) {
            case String code -> code;
            case JsonString code -> code.getString();
            case null, default -> null;
        };
    }
}
