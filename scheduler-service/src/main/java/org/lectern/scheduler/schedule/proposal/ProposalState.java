package org.lectern.scheduler.schedule.proposal;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The state of a proposed change of availability. */
@Schema(name = "AvailabilityProposalState")
enum ProposalState {
    /** Organizers have not decided it yet. */
    OPEN,
    /** An organizer accepted it: the availability is changed. */
    ACCEPTED,
    /** An organizer refused it, with a reason. */
    REFUSED,
    /** The lecturer withdrew it. */
    WITHDRAWN
}
