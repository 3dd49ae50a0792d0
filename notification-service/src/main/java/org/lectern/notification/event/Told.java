package org.lectern.notification.event;

import org.lectern.notification.event.BookingEvent.Host;

/** Something that branches may be told of; the versions of each subject are told in their order. */
public sealed interface Told extends Event permits BookingEvent, RequestChanged {

    /** The branch it is first of all about. */
    Host branch();
}
