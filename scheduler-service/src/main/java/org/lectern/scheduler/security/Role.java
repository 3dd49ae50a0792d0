package org.lectern.scheduler.security;

/** The roles of the token claim {@code roles}. */
public final class Role {

    /** Creates and changes all resources. */
    public static final String ORGANIZER = "organizer";

    /** Reads data of its own branch and the branches below it. */
    public static final String BRANCH = "branch";

    /** Operates the system: deliveries, quarantine, settings. */
    public static final String OPERATOR = "operator";

    /** A lecturer: reads its own lectures, accepts and declines them. */
    public static final String LECTURER = "lecturer";

    /** Reads everything, changes nothing. */
    public static final String AUDITOR = "auditor";

    private Role() {}
}
