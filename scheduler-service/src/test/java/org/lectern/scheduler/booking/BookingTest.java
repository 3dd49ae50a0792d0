package org.lectern.scheduler.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.lectern.chassis.problem.Refusal;
import org.lectern.scheduler.booking.Booking.Arrangement;
import org.lectern.scheduler.booking.Booking.Details;
import org.lectern.scheduler.booking.Booking.Draft;
import org.lectern.scheduler.booking.BookingRefusal.NoLongerActive;
import org.lectern.scheduler.booking.BookingRefusal.NotStartedYet;
import org.lectern.scheduler.booking.Buffers.Occupancy;
import org.lectern.scheduler.booking.Participants.BranchRef;
import org.lectern.scheduler.booking.Participants.LecturerRef;
import org.lectern.scheduler.booking.Participants.TopicRef;
import org.lectern.scheduler.booking.Participants.VenueRef;
import org.lectern.scheduler.reason.Reason;

/** The changes that each booking status allows, and their results. */
class BookingTest {

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final Instant BOOKED = Instant.parse("2026-11-01T08:00:00Z");
    private static final Instant START = Instant.parse("2026-12-01T06:00:00Z");
    private static final Instant END = Instant.parse("2026-12-01T08:00:00Z");
    private static final Instant HELD_UNTIL = Instant.parse("2026-11-03T08:00:00Z");
    private static final Instant LATER = Instant.parse("2026-12-02T00:00:00Z");
    private static final UUID SERIES = UUID.randomUUID();

    private static final Participants PARTIES = new Participants(
            new LecturerRef(UUID.randomUUID(), "L-007", "林晓岚", "municipal"),
            new TopicRef(UUID.randomUUID(), "T-03", "乡村振兴政策解读"),
            new BranchRef(UUID.randomUUID(), "QS-V-014", "青石村"),
            new VenueRef(UUID.randomUUID(), "V-014", "青石村文化礼堂", null),
            List.of());

    private static Booking booking(@Nullable Instant heldUntil, @Nullable UUID series) {
        return Booking.open(
                new Draft(
                        PARTIES,
                        new TimeSlot(START, END, SHANGHAI),
                        new Occupancy(START.minus(Duration.ofMinutes(30)), END.plus(Duration.ofMinutes(15))),
                        heldUntil,
                        "lecture",
                        null,
                        true,
                        80,
                        "Bring a projector",
                        series,
                        null),
                "organizer",
                BOOKED);
    }

    private static Booking in(BookingStatus status) {
        Booking held = booking(HELD_UNTIL, null);
        Booking confirmed = booking(null, null);
        return switch (status) {
            case HELD -> held;
            case CONFIRMED -> confirmed;
            case CANCELLED -> {
                confirmed.cancel(Reason.of("Typhoon"), BOOKED);
                yield confirmed;
            }
            case COMPLETED -> {
                confirmed.complete(76, null, null, END);
                yield confirmed;
            }
            case RELEASED -> {
                held.release(Reason.NONE, BOOKED);
                yield held;
            }
            case EXPIRED -> {
                held.expire();
                yield held;
            }
        };
    }

    private static Arrangement broadcast(Arrangement before) {
        return new Arrangement(
                new TimeSlot(START.plusSeconds(3600), END.plusSeconds(3600), SHANGHAI),
                UUID.randomUUID(),
                null,
                "https://live.example",
                before.host(),
                before.exclusive(),
                before.heads());
    }

    /** A requested change. */
    private enum Verb {
        REARRANGE,
        AMEND,
        CHANGE_GUESTS,
        CONFIRM,
        RELEASE,
        EXTEND,
        EXPIRE,
        CANCEL,
        COMPLETE,
        CORRECT;

        void apply(Booking booking) {
            switch (this) {
                case REARRANGE -> booking.rearrange(broadcast(booking.arrangement()), Reason.of("Illness"), LATER);
                case AMEND ->
                    booking.amend(
                            new Details(UUID.randomUUID(), "panel", 9, null),
                            booking.occupancy(),
                            Reason.of("Illness"),
                            LATER);
                case CHANGE_GUESTS -> booking.changeGuests(Reason.NONE, LATER);
                case CONFIRM -> booking.confirm(LATER);
                case RELEASE -> booking.release(Reason.of("Not needed"), LATER);
                case EXTEND -> booking.extend(HELD_UNTIL.plusSeconds(3600), LATER);
                case EXPIRE -> booking.expire();
                case CANCEL -> booking.cancel(Reason.of("Typhoon"), LATER);
                case COMPLETE -> booking.complete(76, null, null, LATER);
                case CORRECT -> booking.correct(77, null, null, Reason.of("Counted again"), LATER);
            }
        }
    }

    /** The outcome of each verb in each status: the new status, or the code of the refusal. */
    private static final String OUTCOMES = """
            verb          HELD                  CONFIRMED             CANCELLED                COMPLETED                RELEASED                 EXPIRED
            REARRANGE     HELD                  CONFIRMED             booking-no-longer-active booking-no-longer-active booking-no-longer-active booking-no-longer-active
            AMEND         HELD                  CONFIRMED             booking-no-longer-active booking-no-longer-active booking-no-longer-active booking-no-longer-active
            CHANGE_GUESTS HELD                  CONFIRMED             booking-no-longer-active booking-no-longer-active booking-no-longer-active booking-no-longer-active
            CONFIRM       CONFIRMED             booking-not-held      booking-not-held         booking-not-held         booking-not-held         booking-not-held
            RELEASE       RELEASED              booking-not-held      booking-not-held         booking-not-held         booking-not-held         booking-not-held
            EXTEND        HELD                  booking-not-held      booking-not-held         booking-not-held         booking-not-held         booking-not-held
            EXPIRE        EXPIRED               booking-not-held      booking-not-held         booking-not-held         booking-not-held         booking-not-held
            CANCEL        booking-not-confirmed CANCELLED             booking-no-longer-active booking-no-longer-active booking-no-longer-active booking-no-longer-active
            COMPLETE      booking-not-confirmed COMPLETED             booking-no-longer-active booking-no-longer-active booking-no-longer-active booking-no-longer-active
            CORRECT       booking-not-completed booking-not-completed booking-not-completed    COMPLETED                booking-not-completed    booking-not-completed
            """;

    private static Stream<Arguments> outcomes() {
        List<String> statuses =
                Arrays.asList(OUTCOMES.lines().findFirst().orElseThrow().split(" +"));
        return OUTCOMES.lines().skip(1).flatMap(line -> {
            String[] cells = line.split(" +");
            return Stream.iterate(1, i -> i < cells.length, i -> i + 1)
                    .map(i -> Arguments.of(Verb.valueOf(cells[0]), BookingStatus.valueOf(statuses.get(i)), cells[i]));
        });
    }

    static Stream<Arguments> allowed() {
        return outcomes().filter(each -> !each.get()[2].toString().startsWith("booking-"));
    }

    static Stream<Arguments> refused() {
        return outcomes().filter(each -> each.get()[2].toString().startsWith("booking-"));
    }

    @ParameterizedTest(name = "{0} in {1}: {2}")
    @MethodSource("allowed")
    void allowedChange_raisesVersionByOne(Verb verb, BookingStatus status, BookingStatus after) {
        Booking booking = in(status);
        int version = booking.version();

        verb.apply(booking);

        assertThat(booking.status()).isEqualTo(after);
        assertThat(booking.version()).isEqualTo(version + 1);
        assertThat(booking.updatedAt()).isEqualTo(verb == Verb.EXPIRE ? HELD_UNTIL : LATER);
    }

    @ParameterizedTest(name = "{0} in {1}: {2}")
    @MethodSource("refused")
    void changeInWrongStatus_isRefusedAndChangesNothing(Verb verb, BookingStatus status, String code) {
        Booking booking = in(status);
        int version = booking.version();
        Instant updated = booking.updatedAt();
        String reason = booking.reason();

        assertThatThrownBy(() -> verb.apply(booking)).isInstanceOfSatisfying(Refusal.class, refused -> {
            assertThat(refused.code()).isEqualTo(code);
            assertThat(refused.status()).isEqualTo(409);
        });

        assertThat(booking.status()).isEqualTo(status);
        assertThat(booking.version()).isEqualTo(version);
        assertThat(booking.updatedAt()).isEqualTo(updated);
        assertThat(booking.reason()).isEqualTo(reason);
        assertThat(booking.slot()).isEqualTo(new TimeSlot(START, END, SHANGHAI));
    }

    @Test
    void newBooking_isConfirmedInVersionOne() {
        Booking booking = booking(null, null);

        assertThat(booking.status()).isEqualTo(BookingStatus.CONFIRMED);
        assertThat(booking.version()).isEqualTo(1);
        assertThat(booking.id().version()).isEqualTo(7);
        assertThat(booking.holdExpiresAt()).isNull();
        assertThat(booking.lecturerId()).isEqualTo(PARTIES.lecturer().id());
        assertThat(booking.topicId()).isEqualTo(PARTIES.topic().id());
        assertThat(booking.branchId()).isEqualTo(PARTIES.branch().id());
        assertThat(booking.venueId()).isEqualTo(PARTIES.venue().id());
        assertThat(booking.slot()).isEqualTo(new TimeSlot(START, END, SHANGHAI));
        assertThat(booking.expectedHeadCount()).isEqualTo(80);
        assertThat(booking.note()).isEqualTo("Bring a projector");
        assertThat(booking.createdBy()).isEqualTo("organizer");
        assertThat(booking.createdAt()).isEqualTo(BOOKED);
        assertThat(booking.updatedAt()).isEqualTo(BOOKED);
    }

    @Test
    void newBookingWithExpiry_isHeldUntilThen() {
        Booking booking = booking(HELD_UNTIL, null);

        assertThat(booking.status()).isEqualTo(BookingStatus.HELD);
        assertThat(booking.version()).isEqualTo(1);
        assertThat(booking.holdExpiresAt()).isEqualTo(HELD_UNTIL);
    }

    @Test
    void rescheduling_keepsTheBuffers() {
        Booking booking = booking(null, null);
        var slot = new TimeSlot(Instant.parse("2026-12-05T09:00:00Z"), Instant.parse("2026-12-05T09:45:00Z"), PARIS);

        booking.rearrange(booking.arrangement().at(slot), Reason.of("Repairs"), LATER);

        assertThat(booking.slot()).isEqualTo(slot);
        assertThat(booking.occupancy())
                .isEqualTo(new Occupancy(Instant.parse("2026-12-05T08:30:00Z"), Instant.parse("2026-12-05T10:00:00Z")));
        assertThat(booking.reason()).isEqualTo("Repairs");
    }

    @Test
    void reassigning_replacesLecturerVenueAndLink() {
        Booking booking = booking(null, null);
        UUID lecturer = UUID.randomUUID();

        var before = booking.arrangement();
        booking.rearrange(
                new Arrangement(
                        before.slot(),
                        lecturer,
                        null,
                        "https://live.example/17",
                        before.host(),
                        before.exclusive(),
                        before.heads()),
                Reason.of("Illness"),
                LATER);

        assertThat(booking.lecturerId()).isEqualTo(lecturer);
        assertThat(booking.venueId()).isNull();
        assertThat(booking.joinLink()).isEqualTo("https://live.example/17");
        assertThat(booking.slot()).isEqualTo(new TimeSlot(START, END, SHANGHAI));
        assertThat(booking.reason()).isEqualTo("Illness");
    }

    @Test
    void confirming_removesTheExpiry() {
        Booking booking = booking(HELD_UNTIL, null);

        booking.confirm(LATER);

        assertThat(booking.holdExpiresAt()).isNull();
    }

    @Test
    void extending_movesTheExpiryAndKeepsTheHold() {
        Booking booking = booking(HELD_UNTIL, null);

        booking.extend(HELD_UNTIL.plusSeconds(60), LATER);

        assertThat(booking.status()).isEqualTo(BookingStatus.HELD);
        assertThat(booking.holdExpiresAt()).isEqualTo(HELD_UNTIL.plusSeconds(60));
    }

    @ParameterizedTest
    @EnumSource(names = {"RELEASED", "EXPIRED"})
    void endedHold_stillTellsUntilWhenItWasHeld(BookingStatus status) {
        assertThat(in(status).holdExpiresAt()).isEqualTo(HELD_UNTIL);
    }

    @Test
    void expiry_isDatedWhenTheHoldRanOut() {
        Booking booking = booking(HELD_UNTIL, null);

        booking.expire();

        assertThat(booking.updatedAt()).isEqualTo(HELD_UNTIL);
        assertThat(booking.reason()).isNull();
    }

    @Test
    void reason_belongsToTheLastChangeOnly() {
        Booking booking = booking(null, null);
        booking.rearrange(broadcast(booking.arrangement()), Reason.of("Illness"), BOOKED);

        booking.changeGuests(Reason.NONE, LATER);

        assertThat(booking.reason()).isNull();
        assertThat(booking.version()).isEqualTo(3);
    }

    @Test
    void lecture_canBeCompletedFromItsFirstMomentOn() {
        Booking booking = booking(null, null);

        assertThatThrownBy(() -> booking.complete(76, null, null, START.minusNanos(1000)))
                .isInstanceOf(NotStartedYet.class);
        assertThat(booking.version()).isEqualTo(1);
        booking.complete(76, "Many questions", "https://photos.example", START);

        assertThat(booking.headCount()).isEqualTo(76);
        assertThat(booking.completionNote()).isEqualTo("Many questions");
        assertThat(booking.completionLink()).isEqualTo("https://photos.example");
    }

    @Test
    void cancelledLecture_isNotCompletedEvenBeforeItsStart() {
        Booking booking = in(BookingStatus.CANCELLED);

        assertThatThrownBy(() -> booking.complete(76, null, null, BOOKED)).isInstanceOf(NoLongerActive.class);
    }

    @Test
    void correction_replacesTheWholeRecord() {
        Booking booking = booking(null, null);
        booking.complete(76, "Many questions", "https://photos.example", END);

        booking.correct(67, null, null, Reason.of("Digits swapped"), LATER);

        assertThat(booking.headCount()).isEqualTo(67);
        assertThat(booking.completionNote()).isNull();
        assertThat(booking.completionLink()).isNull();
        assertThat(booking.reason()).isEqualTo("Digits swapped");
        assertThat(booking.version()).isEqualTo(3);
    }

    @Test
    void changeByASlowClock_isDatedLikeTheOneBefore() {
        Booking booking = booking(null, null);

        booking.changeGuests(Reason.NONE, BOOKED.minusSeconds(5));

        assertThat(booking.updatedAt()).isEqualTo(BOOKED);
        assertThat(booking.version()).isEqualTo(2);
    }

    @Test
    void correctionByASlowClock_isDatedLikeTheOneBefore() {
        Booking booking = in(BookingStatus.COMPLETED);

        booking.correct(67, null, null, Reason.of("Digits swapped"), END.minusSeconds(5));

        assertThat(booking.updatedAt()).isEqualTo(END);
    }

    @Test
    void occurrence_leavesItsSeriesAndOthersHaveNoneToLeave() {
        Booking occurrence = booking(null, SERIES);
        Booking single = booking(null, null);

        occurrence.leavePattern();
        single.leavePattern();

        assertThat(occurrence.isDetached()).isTrue();
        assertThat(occurrence.seriesId()).isEqualTo(SERIES);
        assertThat(occurrence.version()).isEqualTo(1);
        assertThat(single.isDetached()).isFalse();
    }
}
