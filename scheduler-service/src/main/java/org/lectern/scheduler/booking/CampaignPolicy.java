package org.lectern.scheduler.booking;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.problem.Violation;

/** A campaign's rules for its lectures; overridable ones are a {@link SoftRule}. */
public interface CampaignPolicy {

    /**
     * Violations that make a lecture impossible for a campaign. The campaign cannot change until the transaction ends.
     */
    List<Violation> violations(UUID campaign, UUID topic, Set<UUID> branches);

    /** Warnings for an organizer about a booked lecture, in the language of the current request. */
    List<Warning> warnings(UUID campaign, @Nullable UUID booking, UUID topic, Set<UUID> branches);

    /** The same booking, with its warnings. */
    default BookingView warned(BookingView booking) {
        return booking.campaignId() == null
                ? booking
                : booking.warned(warnings(
                        booking.campaignId(), booking.id(), booking.topic().id(), booking.branchIds()));
    }

    /** The campaign with this code. */
    Optional<UUID> idOf(String code);
}
