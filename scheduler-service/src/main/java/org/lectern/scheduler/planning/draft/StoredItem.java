package org.lectern.scheduler.planning.draft;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.planning.facts.Item;
import org.lectern.scheduler.planning.facts.Slot;

/**
 * An item of a stored plan.
 *
 * @param slot null when the plan leaves it out
 * @param bookingId the hold or booking that publishing made of it
 */
public record StoredItem(
        int number,
        Item item,
        @Nullable Slot slot,
        @Nullable UUID bookingId,
        @Nullable Refused refusal) {}
