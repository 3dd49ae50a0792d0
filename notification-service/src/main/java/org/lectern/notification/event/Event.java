package org.lectern.notification.event;

import java.util.UUID;

/** Something the scheduler told. Members this service has no use for are not read. */
public sealed interface Event permits Told, BranchChanged {

    /** Whom it is about. */
    UUID subject();

    /** The subject's version after it. */
    int version();
}
