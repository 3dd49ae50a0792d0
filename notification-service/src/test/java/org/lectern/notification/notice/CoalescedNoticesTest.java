package org.lectern.notification.notice;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lectern.notification.directory.Recipient;
import org.lectern.notification.directory.RecipientKind;
import org.lectern.notification.event.AnnouncedEvent;
import org.lectern.notification.event.BookingEvent;
import org.lectern.notification.event.BookingEvent.Cancelled;
import org.lectern.notification.event.BookingEvent.Changed;
import org.lectern.notification.event.BookingEvent.Confirmed;
import org.lectern.notification.event.BookingEvent.Guest;
import org.lectern.notification.event.BookingEvent.GuestsChanged;
import org.lectern.notification.event.BookingEvent.Host;
import org.lectern.notification.event.BookingEvent.Lecturer;
import org.lectern.notification.event.BookingEvent.Topic;
import org.lectern.notification.event.BookingEvent.Venue;
import org.lectern.notification.event.RequestChanged;
import org.lectern.notification.notice.CoalescedNotice.Nothing;
import org.lectern.notification.notice.CoalescedNotice.Replacement;
import org.lectern.notification.notice.CoalescedNotice.Unchanged;

/** The content of a notice after several changes of one lecture. */
class CoalescedNoticesTest {

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final Instant START = Instant.parse("2026-12-01T06:00:00Z");
    private static final Instant END = Instant.parse("2026-12-01T08:00:00Z");
    private static final Instant LATER_START = Instant.parse("2026-12-02T01:00:00Z");
    private static final Instant LATER_END = Instant.parse("2026-12-02T03:00:00Z");
    private static final UUID BOOKING = UUID.randomUUID();
    private static final Topic TOPIC = new Topic(UUID.randomUUID(), "Rural revival");
    private static final Lecturer LIN = new Lecturer(UUID.randomUUID(), "Lin Xiaolan");
    private static final Lecturer ZHOU = new Lecturer(UUID.randomUUID(), "Zhou Mingyuan");
    private static final Venue HALL = new Venue(UUID.randomUUID(), "Hall 10", "1 Main Street");
    private static final Venue OTHER_HALL = new Venue(UUID.randomUUID(), "Hall 1", null);
    private static final Host HOST = new Host(UUID.randomUUID(), "Qingshi");
    private static final Guest GUEST = new Guest(UUID.randomUUID(), "Baixi");

    private static final Recipient HOST_BRANCH = branch(HOST.id(), HOST.name());
    private static final Recipient GUEST_BRANCH = branch(GUEST.id(), GUEST.name());

    private final CoalescedNotices effects = new CoalescedNotices(
            new NoticeWriter((locale, branch) -> EnglishTexts.texts(), new MapLink(Optional.empty())));

    private static Recipient branch(UUID id, String name) {
        return new Recipient(id, RecipientKind.BRANCH, "B-1", name, "Asia/Shanghai", "en", false);
    }

    private CoalescedNotice effect(@Nullable LastKnown before, AnnouncedEvent last, Recipient reader) {
        return effects.of(before, new NoticeRequest(reader, UUID.randomUUID(), last, null));
    }

    private static LastKnown known(boolean cancelled) {
        return new LastKnown(
                cancelled,
                LIN.id(),
                LIN.name(),
                START,
                END,
                SHANGHAI,
                HALL.id(),
                "Hall 10, 1 Main Street",
                null,
                TOPIC.title(),
                HOST.name(),
                "lecture");
    }

    private static BookingEvent rescheduled(Lecturer lecturer, @Nullable Venue venue, Instant start, Instant end) {
        return new Changed(
                BOOKING,
                3,
                lecturer,
                TOPIC,
                HOST,
                venue,
                List.of(GUEST),
                venue == null ? "https://live.example" : null,
                "lecture",
                start,
                end,
                SHANGHAI,
                List.of("time"),
                null,
                "Repairs");
    }

    private static BookingEvent reassigned(Lecturer lecturer, @Nullable Venue venue) {
        return new Changed(
                BOOKING,
                3,
                lecturer,
                TOPIC,
                HOST,
                venue,
                List.of(GUEST),
                venue == null ? "https://live.example" : null,
                "lecture",
                START,
                END,
                SHANGHAI,
                List.of("lecturer"),
                null,
                "Illness");
    }

    private static Changed changed(Topic topic, Host host, String format) {
        return new Changed(
                BOOKING,
                3,
                LIN,
                topic,
                host,
                HALL,
                List.of(GUEST),
                null,
                format,
                START,
                END,
                SHANGHAI,
                List.of("topic", "branch", "format"),
                new BookingEvent.Before(null, null, null, TOPIC, HOST, null, List.of(GUEST), null, "lecture"),
                "Merged");
    }

    private static BookingEvent cancelled() {
        return new Cancelled(
                BOOKING,
                4,
                ZHOU,
                TOPIC,
                HOST,
                OTHER_HALL,
                List.of(GUEST),
                null,
                LATER_START,
                LATER_END,
                SHANGHAI,
                "Typhoon");
    }

    private static BookingEvent guestLeft() {
        return new GuestsChanged(
                BOOKING,
                4,
                LIN,
                TOPIC,
                HOST,
                HALL,
                List.of(),
                null,
                "lecture",
                START,
                END,
                SHANGHAI,
                List.of(),
                List.of(GUEST));
    }

    @Test
    void lectureBookedAndCancelled_isNotAnnounced() {
        assertThat(effect(null, cancelled(), HOST_BRANCH)).isEqualTo(new Nothing());
        assertThat(effect(null, cancelled(), GUEST_BRANCH)).isEqualTo(new Nothing());
    }

    @Test
    void knownCancellation_isNotAnnouncedAgain() {
        assertThat(effect(known(true), cancelled(), HOST_BRANCH)).isEqualTo(new Nothing());
    }

    @Test
    void guestThatJoinedAndLeft_isNotNotified() {
        assertThat(effect(null, guestLeft(), GUEST_BRANCH)).isEqualTo(new Nothing());
    }

    @Test
    void unannouncedLectureThatChanged_isNews() {
        assertThat(effect(null, rescheduled(ZHOU, HALL, LATER_START, LATER_END), HOST_BRANCH))
                .isEqualTo(new Replacement("CONFIRMED", "Lecture confirmed: Rural revival", """
                        Time: Wed 2 Dec 2026, 09:00–11:00 (Asia/Shanghai)
                        Venue: Hall 10, 1 Main Street
                        Lecturer: Zhou Mingyuan
                        Topic: Rural revival
                        Branch: Qingshi"""));
    }

    @Test
    void guestReadsNews_withItsHost() {
        assertThat(effect(null, reassigned(ZHOU, HALL), GUEST_BRANCH))
                .isEqualTo(new Replacement("CONFIRMED", "Your branch joins a lecture: Rural revival", """
                        Time: Tue 1 Dec 2026, 14:00–16:00 (Asia/Shanghai)
                        Venue: Hall 10, 1 Main Street
                        Lecturer: Zhou Mingyuan
                        Topic: Rural revival
                        Guest: Baixi
                        Host: Qingshi"""));
    }

    @Test
    void lectureOnAgainAfterACancellation_isNews() {
        var again = new Confirmed(BOOKING, 5, LIN, TOPIC, HOST, HALL, List.of(), null, "lecture", START, END, SHANGHAI);

        assertThat(effect(known(true), again, HOST_BRANCH)).isInstanceOfSatisfying(Replacement.class, words -> {
            assertThat(words.kind()).isEqualTo("CONFIRMED");
            assertThat(words.title()).isEqualTo("Lecture confirmed: Rural revival");
        });
    }

    @Test
    void severalMoves_areOneFromTheKnownTimeToTheLast() {
        assertThat(effect(known(false), rescheduled(LIN, HALL, LATER_START, LATER_END), HOST_BRANCH))
                .isEqualTo(new Replacement("RESCHEDULED", "Lecture moved: Rural revival", """
                        New time: Wed 2 Dec 2026, 09:00–11:00 (Asia/Shanghai)
                        Before: Tue 1 Dec 2026, 14:00–16:00 (Asia/Shanghai)
                        Venue: Hall 10, 1 Main Street
                        Lecturer: Lin Xiaolan
                        Topic: Rural revival
                        Branch: Qingshi
                        Reason: Repairs"""));
    }

    @Test
    void moveAndAnotherLecturer_areOneChange() {
        assertThat(effect(known(false), rescheduled(ZHOU, HALL, LATER_START, LATER_END), HOST_BRANCH))
                .isEqualTo(new Replacement("REASSIGNED", "Lecture changed: Rural revival", """
                        New time: Wed 2 Dec 2026, 09:00–11:00 (Asia/Shanghai)
                        Before: Tue 1 Dec 2026, 14:00–16:00 (Asia/Shanghai)
                        Venue: Hall 10, 1 Main Street
                        Lecturer: Zhou Mingyuan (before: Lin Xiaolan)
                        Topic: Rural revival
                        Branch: Qingshi
                        Reason: Repairs"""));
    }

    @Test
    void moveThereAndBack_tellsNothing() {
        assertThat(effect(known(false), rescheduled(LIN, HALL, START, END), HOST_BRANCH))
                .isEqualTo(new CoalescedNotice.Nothing());
    }

    @Test
    void otherVenue_isAnnouncedWithTheFormerOne() {
        var town = new Venue(UUID.randomUUID(), "Town hall", null);

        assertThat(effect(known(false), reassigned(LIN, town), HOST_BRANCH))
                .isEqualTo(new Replacement("REASSIGNED", "Lecture changed: Rural revival", """
                        Time: Tue 1 Dec 2026, 14:00–16:00 (Asia/Shanghai)
                        Venue: Town hall (before: Hall 10, 1 Main Street)
                        Lecturer: Lin Xiaolan
                        Topic: Rural revival
                        Branch: Qingshi
                        Reason: Illness"""));
    }

    @Test
    void venueWithASharedPrefix_isAnotherVenue() {
        assertThat(effect(known(false), rescheduled(LIN, OTHER_HALL, LATER_START, LATER_END), HOST_BRANCH))
                .isInstanceOfSatisfying(Replacement.class, words -> {
                    assertThat(words.kind()).isEqualTo("REASSIGNED");
                    assertThat(words.body()).contains("\nVenue: Hall 1 (before: Hall 10, 1 Main Street)\n");
                });
    }

    @Test
    void linkInsteadOfAVenue_isMoreThanAMove() {
        assertThat(effect(known(false), rescheduled(LIN, null, LATER_START, LATER_END), HOST_BRANCH))
                .isInstanceOfSatisfying(Replacement.class, words -> {
                    assertThat(words.kind()).isEqualTo("REASSIGNED");
                    assertThat(words.body())
                            .contains("\nLink: https://live.example\n")
                            .doesNotContain("Venue");
                });
    }

    @Test
    void otherLecturerOfTheSameName_isAnnouncedAsAChange() {
        var namesake = new Lecturer(UUID.randomUUID(), LIN.name());

        assertThat(effect(known(false), reassigned(namesake, HALL), HOST_BRANCH))
                .isInstanceOfSatisfying(
                        Replacement.class,
                        words -> assertThat(words.body()).contains("Lecturer: Lin Xiaolan (before: Lin Xiaolan)"));
    }

    @Test
    void otherVenueOfTheSameName_isAnnouncedAsAChange() {
        var namesake = new Venue(UUID.randomUUID(), HALL.name(), HALL.address());

        assertThat(effect(known(false), reassigned(LIN, namesake), HOST_BRANCH))
                .isInstanceOfSatisfying(
                        Replacement.class,
                        words -> assertThat(words.body())
                                .contains("Venue: Hall 10, 1 Main Street (before: Hall 10, 1 Main Street)"));
    }

    @Test
    void renamedVenue_isAnnouncedAsAChange() {
        var renamed = new Venue(HALL.id(), "Great Hall", HALL.address());

        assertThat(effect(known(false), reassigned(LIN, renamed), HOST_BRANCH))
                .isInstanceOfSatisfying(
                        Replacement.class, words -> assertThat(words.body()).contains("Venue: Great Hall"));
    }

    @Test
    void lecturerKnownByNameOnly_isComparedByName() {
        var before = new LastKnown(
                false,
                null,
                LIN.name(),
                START,
                END,
                SHANGHAI,
                HALL.id(),
                "Hall 10, 1 Main Street",
                null,
                TOPIC.title(),
                HOST.name(),
                "lecture");

        assertThat(effect(before, rescheduled(LIN, HALL, LATER_START, LATER_END), HOST_BRANCH))
                .isInstanceOfSatisfying(
                        Replacement.class, words -> assertThat(words.kind()).isEqualTo("RESCHEDULED"));
        assertThat(effect(before, rescheduled(ZHOU, HALL, LATER_START, LATER_END), HOST_BRANCH))
                .isInstanceOfSatisfying(
                        Replacement.class, words -> assertThat(words.kind()).isEqualTo("REASSIGNED"));
    }

    @Test
    void cancellation_namesTheLectureAsItIsKnown() {
        assertThat(effect(known(false), cancelled(), HOST_BRANCH))
                .isEqualTo(new Replacement("CANCELLED", "Lecture cancelled: Rural revival", """
                        Time: Tue 1 Dec 2026, 14:00–16:00 (Asia/Shanghai)
                        Venue: Hall 10, 1 Main Street
                        Lecturer: Lin Xiaolan
                        Topic: Rural revival
                        Branch: Qingshi
                        Reason: Typhoon"""));
    }

    @Test
    void leavingGuest_isTheOnlyOneNotified() {
        assertThat(effect(known(false), guestLeft(), GUEST_BRANCH)).isInstanceOfSatisfying(Replacement.class, words -> {
            assertThat(words.kind()).isEqualTo("CANCELLED");
            assertThat(words.title()).isEqualTo("Your branch no longer joins a lecture: Rural revival");
        });
        assertThat(effect(known(false), guestLeft(), HOST_BRANCH)).isEqualTo(new CoalescedNotice.Nothing());
    }

    @ParameterizedTest
    @EnumSource(names = {"REQUESTED", "OFFER_EXPIRED", "WITHDRAWN", "LAPSED"})
    void request_isToldAsWritten(RequestChanged.Change change) {
        var request = new RequestChanged(UUID.randomUUID(), 2, change, "OPEN", TOPIC, HOST, SHANGHAI, null, null);

        assertThat(effect(null, request, HOST_BRANCH)).isEqualTo(new Unchanged());
    }

    @Test
    void otherTopicAndFormat_areAnnouncedInOne() {
        var topic = new Topic(UUID.randomUUID(), "Health");
        assertThat(effect(known(false), changed(topic, HOST, "panel"), HOST_BRANCH))
                .isEqualTo(new Replacement("REASSIGNED", "Lecture changed: Health", """
                        Time: Tue 1 Dec 2026, 14:00–16:00 (Asia/Shanghai)
                        Venue: Hall 10, 1 Main Street
                        Lecturer: Lin Xiaolan
                        Format: panel (before: lecture)
                        Topic: Health (before: Rural revival)
                        Branch: Qingshi
                        Reason: Merged"""));
    }

    @Test
    void topicThereAndBack_tellsNothing() {
        assertThat(effect(known(false), changed(TOPIC, HOST, "lecture"), HOST_BRANCH))
                .isEqualTo(new Nothing());
    }

    @Test
    void otherHost_isCancelledForOneAndConfirmedForTheOther() {
        Host other = new Host(UUID.randomUUID(), "Heping");
        Changed event = changed(TOPIC, other, "lecture");
        assertThat(effect(known(false), event.asToldTo(HOST.id()), HOST_BRANCH))
                .isInstanceOfSatisfying(Replacement.class, words -> {
                    assertThat(words.kind()).isEqualTo("CANCELLED");
                    assertThat(words.body()).endsWith("Branch: Qingshi\nReason: Merged");
                });
        assertThat(event.asToldTo(other.id())).isInstanceOf(Confirmed.class);
        assertThat(effect(known(false), event.asToldTo(GUEST.id()), GUEST_BRANCH))
                .isInstanceOfSatisfying(
                        Replacement.class,
                        words -> assertThat(words.body()).contains("Host: Heping (before: Qingshi)"));
    }
}
