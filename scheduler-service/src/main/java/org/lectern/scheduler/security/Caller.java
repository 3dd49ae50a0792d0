package org.lectern.scheduler.security;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.lectern.chassis.security.AccessTokens;

/** The caller of this request, and the caller's scope. */
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

    /** Whether there is a caller: a scheduled job has none. */
    public boolean isKnown() {
        return !identity.isAnonymous();
    }

    /** The code of the lecturer that the caller is confined to; empty if the role is unrestricted. */
    public Optional<String> confinedToLecturer() {
        return isUnrestricted() ? Optional.empty() : Optional.of(lecturer());
    }

    /** The code of the lecturer that the caller is; empty if the caller is none, which is the code of no lecturer. */
    public String lecturer() {
        Object code = identity.getPrincipal() instanceof JsonWebToken token ? token.getClaim("lecturer") : null;
        return code == null ? "" : code.toString();
    }

    /** Whether the caller may read as a lecturer and in no other role. */
    public boolean isOnlyLecturer() {
        return isLecturer() && !identity.hasRole(Role.BRANCH);
    }

    /** Whether the caller is a lecturer who may not read everything anyway. */
    public boolean isLecturer() {
        return identity.hasRole(Role.LECTURER) && !isUnrestricted();
    }

    private boolean isUnrestricted() {
        return identity.hasRole(Role.ORGANIZER) || identity.hasRole(Role.AUDITOR) || identity.hasRole(Role.OPERATOR);
    }

    /**
     * The codes of the branches that, with their subtrees, form the caller's scope; empty if the role is unrestricted.
     * A branch caller without codes in its token sees nothing.
     */
    public Optional<List<String>> confinedTo() {
        if (isUnrestricted()) {
            return Optional.empty();
        }
        return Optional.of(
                identity.getPrincipal() instanceof JsonWebToken token
                        ? AccessTokens.names(token, "branches")
                        : List.of());
    }
}
