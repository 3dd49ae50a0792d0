package org.lectern.notification.notice;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lectern.notification.event.BookingEvent;
import org.lectern.notification.event.RequestChanged;

/** Computes the net effect of several changes: from the state before the first to the state after the last. */
@ApplicationScoped
public class CoalescedNotices {

    private final NoticeWriter writer;

    @Inject
    CoalescedNotices(NoticeWriter writer) {
        this.writer = writer;
    }

    /**
     * The net effect.
     *
     * @param before the branch's knowledge before the first of these changes; null if it had none
     * @param last the last of these changes
     */
    public CoalescedNotice of(@Nullable LastKnown before, NoticeRequest last) {
        return switch (last.event()) {
            case RequestChanged request -> new CoalescedNotice.Unchanged();
            case BookingEvent booking -> of(before, booking, last);
        };
    }

    private CoalescedNotice of(@Nullable LastKnown before, BookingEvent event, NoticeRequest last) {
        boolean off = event.isOffFor(last.branch().id());
        boolean heardOf = before != null && !before.cancelled();
        if (off && !heardOf) {
            return new CoalescedNotice.Nothing();
        }
        if (before != null && heardOf && !off && isAsBefore(before, event)) {
            return new CoalescedNotice.Nothing();
        }
        Optional<NoticeText> words = before == null || before.cancelled()
                ? writer.news(event, last.branch())
                : writer.change(before, event, last.branch());
        return words.<CoalescedNotice>map(CoalescedNotices::instead).orElseGet(CoalescedNotice.Unchanged::new);
    }

    /** The present lecture, without changes. Empty when the notice is not about a lecture. */
    public Optional<CoalescedNotice.Replacement> asNews(NoticeRequest last) {
        return last.event() instanceof BookingEvent booking
                ? writer.news(booking, last.branch()).map(CoalescedNotices::instead)
                : Optional.empty();
    }

    private static CoalescedNotice.Replacement instead(NoticeText text) {
        return new CoalescedNotice.Replacement(text.kind().name(), text.title(), text.body());
    }

    private static boolean isAsBefore(LastKnown before, BookingEvent event) {
        return before.start().equals(event.start())
                && before.end().equals(event.end())
                && !before.hasOtherLecturer(event.lecturer())
                && !before.hasOtherPlace(event.venue())
                && Objects.equals(before.joinLink(), event.joinLink())
                && before.topic().equals(event.topic().title())
                && before.host().equals(event.branch().name())
                && !before.hasOtherFormat(event.format());
    }
}
