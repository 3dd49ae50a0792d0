package org.lectern.notification.security;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.lectern.chassis.security.AccessTokens;

/** Who sends this request, and whose affairs he may see. */
@RequestScoped
public class Caller {

    private final SecurityIdentity identity;

    @Inject
    Caller(SecurityIdentity identity) {
        this.identity = identity;
    }

    /** The stable name of the caller at his identity provider ({@code sub}). */
    public String name() {
        return identity.getPrincipal().getName();
    }

    /** Whether he books and changes everything. */
    public boolean isOrganizer() {
        return identity.hasRole(Role.ORGANIZER);
    }

    /** Whether there is a caller at all. */
    public boolean isKnown() {
        return !identity.isAnonymous();
    }

    /** Whether he may look at everything but has no need to know where anybody is reached. */
    public boolean onlyAudits() {
        return identity.hasRole(Role.AUDITOR)
                && !identity.hasRole(Role.ORGANIZER)
                && !identity.hasRole(Role.OPERATOR)
                && !identity.hasRole(Role.BRANCH);
    }

    /** When his token ends, if it says so. */
    public Optional<Instant> until() {
        return identity.getPrincipal() instanceof JsonWebToken token && token.getExpirationTime() > 0
                ? Optional.of(Instant.ofEpochSecond(token.getExpirationTime()))
                : Optional.empty();
    }

    /**
     * The codes of the branches whose subtrees the caller is confined to; nothing means that his role is not confined.
     * A branch without any code in its token sees nothing.
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
