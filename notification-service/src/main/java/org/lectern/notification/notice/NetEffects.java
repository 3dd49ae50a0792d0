package org.lectern.notification.notice;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lectern.notification.event.BookingEvent;
import org.lectern.notification.event.RequestChanged;

/** Says what several changes come to, with what was before the first of them and what is after the last. */
@ApplicationScoped
public class NetEffects {

    private final NoticeWriter writer;

    @Inject
    NetEffects(NoticeWriter writer) {
        this.writer = writer;
    }

    /**
     * What remains to be said.
     *
     * @param before what the branch was told last before the first of these changes; nothing when it was told nothing
     * @param last the last of these changes
     */
    public NetEffect of(@Nullable LastKnown before, Draft last) {
        return switch (last.event()) {
            case RequestChanged request -> new NetEffect.AsWritten();
            case BookingEvent booking -> of(before, booking, last);
        };
    }

    private NetEffect of(@Nullable LastKnown before, BookingEvent event, Draft last) {
        boolean off = event.isOffFor(last.branch().id());
        boolean heardOf = before != null && !before.cancelled();
        if (off && !heardOf) {
            return new NetEffect.Nothing();
        }
        if (before != null && heardOf && !off && isAsBefore(before, event)) {
            return new NetEffect.Nothing();
        }
        Optional<NoticeText> words = before == null || before.cancelled()
                ? writer.news(event, last.branch())
                : writer.change(before, event, last.branch());
        return words.<NetEffect>map(NetEffects::instead).orElseGet(NetEffect.AsWritten::new);
    }

    /** The lecture as it is now, without what changed; nothing when it is about none. */
    public Optional<NetEffect.Instead> asNews(Draft last) {
        return last.event() instanceof BookingEvent booking
                ? writer.news(booking, last.branch()).map(NetEffects::instead)
                : Optional.empty();
    }

    private static NetEffect.Instead instead(NoticeText text) {
        return new NetEffect.Instead(text.kind().name(), text.title(), text.body());
    }

    private static boolean isAsBefore(LastKnown before, BookingEvent event) {
        return before.start().equals(event.start())
                && before.end().equals(event.end())
                && !before.hasOtherLecturer(event.lecturer())
                && !before.hasOtherPlace(event.venue())
                && Objects.equals(before.joinLink(), event.joinLink());
    }
}
