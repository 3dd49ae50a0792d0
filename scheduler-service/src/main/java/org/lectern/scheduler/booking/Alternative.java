package org.lectern.scheduler.booking;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.booking.BookingCommand.Book;
import org.lectern.scheduler.booking.BookingCommand.Rearrange;
import org.lectern.scheduler.schedule.search.FreeSlotView;

/**
 * A lecture that could be booked instead of a refused one.
 *
 * @param request the body that, sent to the refused operation, books or changes to it; null for other operations
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Alternative(
        @JsonUnwrapped FreeSlotView slot, @Nullable BookingCommand request) {

    static Alternative of(FreeSlotView slot, @Nullable BookingCommand refused) {
        return new Alternative(slot, request(slot, refused));
    }

    private static @Nullable BookingCommand request(FreeSlotView slot, @Nullable BookingCommand refused) {
        var venue = slot.venue() == null ? null : slot.venue().id();
        return switch (refused) {
            case Book book ->
                book.instead(slot.start(), slot.end(), slot.lecturer().id(), venue);
            case Rearrange change ->
                change.instead(slot.start(), slot.end(), slot.lecturer().id(), venue);
            case null, default -> null;
        };
    }
}
