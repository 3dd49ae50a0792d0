package org.lectern.chassis.session;

import org.jspecify.annotations.Nullable;

/** The addresses of the login. Only requests to them keep their cookies. */
public final class SessionPaths {

    /** The OIDC tenant of these addresses. */
    public static final String TENANT = "browser";

    static final String ROOT = "/session";
    static final String LOGIN = "/session/login";
    static final String LOGOUT = "/session/logout";

    private SessionPaths() {}

    /** Whether a path as sent, without any normalisation, is one of these addresses. */
    public static boolean contains(@Nullable String path) {
        return ROOT.equals(path) || LOGIN.equals(path) || LOGOUT.equals(path);
    }
}
