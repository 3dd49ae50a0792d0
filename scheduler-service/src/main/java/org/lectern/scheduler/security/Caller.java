package org.lectern.scheduler.security;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.json.JsonString;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;

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
        List<String> codes = new ArrayList<>();
        if (identity.getPrincipal() instanceof JsonWebToken token) {
            Object claim = token.getClaim("branches");
            if (claim instanceof JsonArray array) {
                array.forEach(
                        value -> codes.add(value instanceof JsonString string ? string.getString() : value.toString()));
            } else if (claim instanceof Collection<?> collection) {
                collection.forEach(value -> codes.add(String.valueOf(value)));
            }
        }
        return Optional.of(codes);
    }
}
