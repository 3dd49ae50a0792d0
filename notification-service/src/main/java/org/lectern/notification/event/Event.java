package org.lectern.notification.event;

import java.util.UUID;

/** An event of the scheduler. Members that this service does not need are not read. */
public sealed interface Event permits AnnouncedEvent, LecturerAnswerChanged, RecipientChanged {

    /** The id of the event's subject. */
    UUID subject();

    /** The subject's version after the event. */
    int version();
}
