package org.lectern.notification.event;

import org.lectern.notification.event.BookingEvent.Host;

/** An event that branches may be notified of. Versions of each subject are processed in order. */
public sealed interface AnnouncedEvent extends Event permits BookingEvent, RequestChanged {

    /** The branch that the event primarily concerns. */
    Host branch();
}
