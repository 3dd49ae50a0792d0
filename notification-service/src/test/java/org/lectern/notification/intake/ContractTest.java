package org.lectern.notification.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lectern.notification.event.BookingEvent;
import org.lectern.notification.event.BranchChanged;
import org.lectern.notification.event.EventReader;
import org.lectern.notification.event.EventType;
import org.lectern.notification.event.LecturerAnswerChanged;
import org.lectern.notification.event.LecturerChanged;
import org.lectern.notification.event.RequestChanged;
import org.lectern.notification.event.Unreadable;
import org.lectern.notification.support.Scheduler;

/** The producer's own examples, read by the reader of production. */
class ContractTest {

    private final EventReader reader = new EventReader();

    @ParameterizedTest
    @EnumSource
    void theProducersExampleIsUnderstood(EventType type) throws Exception {
        var example = Scheduler.example(type.type().substring("lectern.".length()));
        var event = reader.read(type, example.toString().getBytes(StandardCharsets.UTF_8));
        assertThat(event.version()).isEqualTo(example.get("version").asInt());
        assertThat(event.subject().toString())
                .isEqualTo(example.path(
                                switch (event) {
                                    case BookingEvent booking -> "bookingId";
                                    case RequestChanged request -> "requestId";
                                    case BranchChanged branch -> "branchId";
                                    case LecturerChanged lecturer -> "lecturerId";
                                    case LecturerAnswerChanged answer -> "answerId";
                                })
                        .asText());
    }

    @ParameterizedTest
    @EnumSource
    void unknownMembers_areIgnored(EventType type) throws Exception {
        var example = Scheduler.example(type.type().substring("lectern.".length()));
        var before = reader.read(type, example.toString().getBytes(StandardCharsets.UTF_8));
        example.put("addedLater", 1);
        example.putObject("also").put("deeper", true);
        assertThat(reader.read(type, example.toString().getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(before);
    }

    @Test
    void formerState_isRead() throws Exception {
        var example = Scheduler.example("booking.changed.v1").toString().getBytes(StandardCharsets.UTF_8);
        assertThat(reader.read(EventType.BOOKING_CHANGED, example))
                .isInstanceOfSatisfying(
                        BookingEvent.Changed.class,
                        moved -> assertThat(moved.before().start()).isBefore(moved.start()));
    }

    @Test
    void aMemberThatIsMissingIsNotGuessed() {
        var example = Scheduler.example("booking.cancelled.v1");
        example.remove("start");
        assertThatThrownBy(() -> reader.read(
                        EventType.BOOKING_CANCELLED, example.toString().getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(Unreadable.class);
    }

    @Test
    void aTypeIsKnownOnItsOwnTopicOnly() {
        assertThat(EventType.find("lectern.branches", "lectern.booking.confirmed.v1"))
                .isEmpty();
        assertThat(EventType.find("lectern.bookings", "lectern.booking.praised.v1"))
                .isEmpty();
    }
}
