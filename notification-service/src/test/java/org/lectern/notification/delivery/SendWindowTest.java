package org.lectern.notification.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lectern.notification.delivery.DeliveryOutcome.Deferred;
import org.lectern.notification.delivery.DeliveryOutcome.Failed;
import org.lectern.notification.delivery.OutgoingMessage.About;
import org.lectern.notification.directory.RecipientKind;
import org.lectern.notification.preference.DeliveryPreferences;

/**
 * Whether a delivery may be sent now, by the preferences of its branch. A branch in Shanghai has quiet hours from 22:00
 * to 07:00 or a digest at 18:00. It is notified on the morning of 24 November of a lecture a week later; each test
 * changes the subject of its rule.
 */
class SendWindowTest {

    private static final Channel MAIL = new Kind(true, 20);
    private static final Channel CHAT = new Kind(true, 0);
    private static final Channel WEBHOOK = new Kind(false, 0);
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final DeliveryPreferences QUIET =
            new DeliveryPreferences(SHANGHAI, LocalTime.of(22, 0), LocalTime.of(7, 0), null);
    private static final DeliveryPreferences DIGEST =
            new DeliveryPreferences(SHANGHAI, null, null, LocalTime.of(18, 0));
    private static final DeliveryPreferences BOTH =
            new DeliveryPreferences(SHANGHAI, LocalTime.of(17, 30), LocalTime.of(7, 0), LocalTime.of(18, 0));

    private String kind = "CONFIRMED";
    private boolean urgent;
    private boolean unsubscribed;
    private boolean test;
    private Instant expiresAt = at("2026-12-01T14:00+08:00");
    private @Nullable Instant start = at("2026-12-01T14:00+08:00");
    private Instant writtenAt = at("2026-11-24T09:00+08:00");

    /** A channel that sends nothing. */
    private record Kind(boolean reachesPeople, int digests) implements Channel {
        @Override
        public String name() {
            return "some";
        }

        @Override
        public DeliveryOutcome deliver(OutgoingMessage letter) {
            throw new UnsupportedOperationException();
        }
    }

    private static Instant at(String time) {
        return OffsetDateTime.parse(time).toInstant();
    }

    private static SendWindow timing(String now) {
        return new SendWindow(() -> Duration.ofHours(24), Clock.fixed(at(now), ZoneOffset.UTC));
    }

    private Lease lease(DeliveryPreferences wishes) {
        UUID any = UUID.randomUUID();
        var about = new About(any, 1, kind, any, null, 1, start, start, writtenAt);
        var letter = new OutgoingMessage(
                any,
                1,
                false,
                new OutgoingMessage.Addressee(any, RecipientKind.BRANCH, any, "branch@example.org", null, List.of()),
                any,
                "en",
                "Lecture confirmed",
                "Topic",
                urgent,
                test ? null : about,
                null);
        return new Lease(letter, "some", 1, writtenAt, 1, wishes, unsubscribed, expiresAt, null, null);
    }

    private @Nullable DeliveryOutcome against(String now, DeliveryPreferences wishes, @Nullable Channel channel) {
        return timing(now).against(lease(wishes), channel).orElse(null);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-24T21:59:59+08:00, ",
        "2026-11-24T22:00:00+08:00, 2026-11-25T07:00+08:00",
        "2026-11-25T06:59:59+08:00, 2026-11-25T07:00+08:00",
        "2026-11-25T07:00:00+08:00, "
    })
    void quietHours_areWaitedFor(String now, @Nullable String until) {
        assertThat(against(now, QUIET, CHAT)).isEqualTo(until == null ? null : new Deferred(at(until), "quiet-hours"));
    }

    @Test
    void quietHours_doNotDelayBeyondTheExpiry() {
        expiresAt = at("2026-11-25T07:00+08:00");
        assertThat(against("2026-11-24T23:00+08:00", QUIET, CHAT)).isNull();
        expiresAt = at("2026-11-25T07:00:01+08:00");
        assertThat(against("2026-11-24T23:00+08:00", QUIET, CHAT))
                .isEqualTo(new Deferred(at("2026-11-25T07:00+08:00"), "quiet-hours"));
    }

    @Test
    void urgentNotice_waitsForNothing() {
        urgent = true;
        unsubscribed = true;

        assertThat(against("2026-11-24T23:00+08:00", BOTH, MAIL)).isNull();
    }

    @Test
    void machine_hasNoQuietHoursAndCannotUnsubscribe() {
        unsubscribed = true;

        assertThat(against("2026-11-24T23:00+08:00", QUIET, WEBHOOK)).isNull();
    }

    @Test
    void unknownChannel_isLeftToTheQueue() {
        unsubscribed = true;

        assertThat(against("2026-11-24T23:00+08:00", QUIET, null)).isNull();
    }

    @Test
    void unsubscribedReader_getsUrgentNoticesOnly() {
        unsubscribed = true;

        assertThat(against("2026-11-24T10:00+08:00", QUIET, MAIL)).isEqualTo(new Failed("unsubscribed"));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-24T09:00:00+08:00, 2026-11-24T18:00+08:00",
        "2026-11-24T17:59:59+08:00, 2026-11-24T18:00+08:00",
        "2026-11-24T18:00:00+08:00, ",
        "2026-11-25T03:00:00+08:00, "
    })
    void digest_isWaitedFor(String now, @Nullable String until) {
        assertThat(against(now, DIGEST, MAIL)).isEqualTo(until == null ? null : new Deferred(at(until), "digest"));
    }

    @Test
    void digest_isTheFirstAfterTheNoticeWasWritten() {
        writtenAt = at("2026-11-24T18:00+08:00");

        assertThat(against("2026-11-24T20:00+08:00", DIGEST, MAIL))
                .isEqualTo(new Deferred(at("2026-11-25T18:00+08:00"), "digest"));
    }

    @Test
    void digestWithinQuietHours_isTheBranchsOwnChoice() {
        assertThat(against("2026-11-24T17:45+08:00", BOTH, MAIL))
                .isEqualTo(new Deferred(at("2026-11-24T18:00+08:00"), "digest"));
        assertThat(against("2026-11-24T18:00+08:00", BOTH, MAIL)).isNull();
        assertThat(against("2026-11-24T18:00+08:00", BOTH, CHAT))
                .isEqualTo(new Deferred(at("2026-11-25T07:00+08:00"), "quiet-hours"));
    }

    @Test
    void noticeWithoutDigest_stillKeepsQuietHours() {
        kind = "REQUEST_OFFERED";

        assertThat(against("2026-11-24T18:00+08:00", BOTH, MAIL))
                .isEqualTo(new Deferred(at("2026-11-25T07:00+08:00"), "quiet-hours"));
    }

    private boolean inDigest(Channel channel) {
        return timing("2026-11-24T09:00+08:00").inDigest(lease(DIGEST), channel);
    }

    @Test
    void ordinaryNotice_isPartOfTheDigest() {
        assertThat(inDigest(MAIL)).isTrue();
        start = null;
        assertThat(inDigest(MAIL)).isTrue();
    }

    @Test
    void channelWithoutDigests_makesNone() {
        assertThat(inDigest(CHAT)).isFalse();
    }

    @Test
    void branchThatWantsNoDigest_getsNone() {
        assertThat(timing("2026-11-24T09:00+08:00").inDigest(lease(QUIET), MAIL))
                .isFalse();
    }

    @Test
    void urgentNoticeOfferOrTest_isNotPartOfTheDigest() {
        urgent = true;
        assertThat(inDigest(MAIL)).isFalse();
        urgent = false;
        kind = "REQUEST_OFFERED";
        assertThat(inDigest(MAIL)).isFalse();
        kind = "CONFIRMED";
        test = true;
        assertThat(inDigest(MAIL)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"2026-11-25T18:00:00+08:00, false", "2026-11-25T18:00:01+08:00, true"})
    void noticeThatWillBeUrgentByThen_isNotPartOfTheDigest(String lecture, boolean inDigest) {
        start = at(lecture);

        assertThat(inDigest(MAIL)).isEqualTo(inDigest);
    }

    @ParameterizedTest
    @CsvSource({"2026-11-24T18:00:00+08:00, false", "2026-11-24T18:00:01+08:00, true"})
    void noticeThatIsWorthNothingByThen_isNotPartOfTheDigest(String worthlessFrom, boolean inDigest) {
        expiresAt = at(worthlessFrom);

        assertThat(inDigest(MAIL)).isEqualTo(inDigest);
    }
}
