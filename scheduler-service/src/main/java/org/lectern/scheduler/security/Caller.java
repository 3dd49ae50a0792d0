package org.lectern.scheduler.security;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
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

    /** Whether there is a caller at all: a scheduled job has none. */
    public boolean isKnown() {
        return !identity.isAnonymous();
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
