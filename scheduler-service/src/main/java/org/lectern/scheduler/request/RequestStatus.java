package org.lectern.scheduler.request;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The status of a lecture request. */
@Schema(name = "LectureRequestStatus")
enum RequestStatus {
    /** The request has no answer yet. */
    WAITING,
    /** A slot is held for the request; the branch can accept it until the offer expires. */
    OFFERED,
    /** A lecture is booked for it. */
    ACCEPTED,
    /** An organizer refused it, with a reason. */
    REFUSED,
    /** The branch withdrew it. */
    WITHDRAWN,
    /** All its windows passed without an answer. */
    LAPSED;

    boolean isOpen() {
        return this == WAITING || this == OFFERED;
    }
}
