package org.lectern.notification.security;

/** The roles of the token claim {@code roles}. */
public final class Role {

    /** Books and changes everything. */
    public static final String ORGANIZER = "organizer";

    /** Sees data of its own branch and the branches below it. */
    public static final String BRANCH = "branch";

    /** Sees its own data as a lecturer. */
    public static final String LECTURER = "lecturer";

    /** Operates the system: deliveries, quarantine, settings. */
    public static final String OPERATOR = "operator";

    /** Reads everything, changes nothing. */
    public static final String AUDITOR = "auditor";

    private Role() {}
}
