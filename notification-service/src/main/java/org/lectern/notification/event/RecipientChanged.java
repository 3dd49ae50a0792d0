package org.lectern.notification.event;

import java.time.ZoneId;

/** The present state of a branch or a lecturer. Earlier states may never have been received. */
public sealed interface RecipientChanged extends Event permits BranchChanged, LecturerChanged {

    String code();

    String name();

    ZoneId zone();

    String locale();

    boolean archived();
}
