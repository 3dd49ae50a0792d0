package org.lectern.notification.security;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;
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
                && !identity.hasRole(Role.BRANCH);
    }

    /** The expiry of the caller's token, if it has one. */
    public Optional<Instant> until() {
        return identity.getPrincipal() instanceof JsonWebToken token && token.getExpirationTime() > 0
                ? Optional.of(Instant.ofEpochSecond(token.getExpirationTime()))
                : Optional.empty();
    }

    /**
     * The codes of the branches that limit the caller to their subtrees; empty if the role has no limit. A branch
     * without codes in its token sees nothing.
     */
    public Optional<List<String>> confinedTo() {
        if (identity.hasRole(Role.ORGANIZER) || identity.hasRole(Role.AUDITOR) || identity.hasRole(Role.OPERATOR)) {
            return Optional.empty();
        }
        return Optional.of(
                identity.getPrincipal() instanceof JsonWebToken token
                        ? AccessTokens.names(token, "branches")
                        : List.of());
    }
}
