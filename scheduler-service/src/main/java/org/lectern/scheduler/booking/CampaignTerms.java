package org.lectern.scheduler.booking;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.problem.Flaw;

/** What campaigns say of the lectures that are booked for them; what can be overridden is a {@link SoftRule}. */
public interface CampaignTerms {

    /**
     * What makes a lecture impossible for a campaign; nothing when it may be. The campaign stays as it is until the
     * transaction ends.
     */
    List<Flaw> flaws(UUID campaign, UUID topic, Set<UUID> branches);

    /** What an organizer should know of a lecture that is booked, in the language of the present request. */
    List<Warning> warnings(UUID campaign, @Nullable UUID booking, UUID topic, Set<UUID> branches);

    /** The same booking, with what an organizer should know of it. */
    default BookingView warned(BookingView booking) {
        return booking.campaignId() == null
                ? booking
                : booking.warned(warnings(
                        booking.campaignId(), booking.id(), booking.topic().id(), booking.branchIds()));
    }

    /** The campaign with this code. */
    Optional<UUID> idOf(String code);
}
