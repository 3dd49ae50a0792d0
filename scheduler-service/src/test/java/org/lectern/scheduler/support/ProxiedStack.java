package org.lectern.scheduler.support;

import org.lectern.testing.ProxiedDatabase;

/** The backing stack with a proxy before PostgreSQL. */
public final class ProxiedStack extends ProxiedDatabase {

    public ProxiedStack() {
        super(new BackingStack());
    }
}
