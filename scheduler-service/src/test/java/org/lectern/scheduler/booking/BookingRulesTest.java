package org.lectern.scheduler.booking;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lectern.chassis.problem.Violation;

/** The rules about a single booking: every violation with its field and the broken limit. */
class BookingRulesTest {

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final Instant NOW = Instant.parse("2026-11-20T08:00:30.5Z");
    private static final Duration USUAL = Duration.ofMinutes(90);

    private final List<Violation> violations = new ArrayList<>();
    private final BookingRules rules = rules(Map.of());

    private static BookingRules rules(Map<String, String> settings) {
        return new BookingRules(BookingSettings.of(settings), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private @Nullable TimeSlot slot(String start, @Nullable String end) {
        return slot(start, end, SHANGHAI);
    }

    private @Nullable TimeSlot slot(String start, @Nullable String end, ZoneId zone) {
        return rules.slot(
                OffsetDateTime.parse(start), end == null ? null : OffsetDateTime.parse(end), USUAL, zone, violations);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lecture", "story-telling", "panel", "field-class", "broadcast"})
    void configuredFormat_isAccepted(String format) {
        rules.format(format, violations);

        assertThat(violations).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"opera", "", "Lecture", "lecture "})
    void otherFormat_isRefusedNamingTheKnownOnesInOrder(String format) {
        rules.format(format, violations);

        assertThat(violations)
                .containsExactly(
                        new Violation("/format", "one-of", "broadcast, field-class, lecture, panel, story-telling"));
    }

    @ParameterizedTest(name = "{0}, venue {1}, link {2}: {3}")
    @CsvSource(
            nullValues = "-",
            value = {
                "lecture,   true,  -,                     ",
                "lecture,   false, -,                     /venueId venue.required",
                "lecture,   true,  https://live.example,  ",
                "lecture,   false, https://live.example,  /venueId venue.required",
                "broadcast, false, https://live.example,  ",
                "broadcast, false, -,                     /joinLink join-link.required",
                "broadcast, true,  -,                     /joinLink join-link.required",
                "broadcast, true,  https://live.example,  "
            })
    void placeOfALecture_dependsOnItsFormat(String format, boolean hasVenue, String link, @Nullable String violation) {
        rules.place(format, hasVenue, link, violations);

        assertThat(violations)
                .extracting(Violation::toString)
                .isEqualTo(violation == null ? List.of() : List.of(violation));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://live.example",
                "http://live.example/r/17?k=v#t=1",
                "https://live.example:8443/",
                "https://[2001:db8::1]/"
            })
    void webAddress_isAJoinLink(String link) {
        rules.place("broadcast", false, link, violations);

        assertThat(violations).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "live.example",
                "//live.example",
                "https:live.example",
                "https://",
                "https:///path",
                "https://a@live.example",
                "https://a:b@live.example",
                "https://live.example/with space",
                "javascript:alert(1)",
                "ftp://live.example",
                "file:///etc/passwd",
                "data:text/html,x"
            })
    void otherText_isNoJoinLink(String link) {
        rules.place("broadcast", false, link, violations);

        assertThat(violations).containsExactly(new Violation("/joinLink", "join-link.form"));
    }

    @Test
    void zone_isTheOneNamedElseThatOfTheBranch() {
        assertThat(rules.zone("Europe/Paris", "Asia/Shanghai", violations)).isEqualTo(PARIS);
        assertThat(rules.zone(null, "Asia/Shanghai", violations)).isEqualTo(SHANGHAI);
        assertThat(rules.zone(null, null, violations)).isNull();
        assertThat(violations).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Mars/Olympus", "GMT+8", "Etc/GMT-8", "", "asia/shanghai"})
    void unknownZone_isRefusedEvenIfTheBranchHasOne(String name) {
        assertThat(rules.zone(name, "Asia/Shanghai", violations)).isNull();

        assertThat(violations).containsExactly(new Violation("/zone", "zone.unknown"));
    }

    @Test
    void slot_lastsFromStartToEndInItsZone() {
        assertThat(slot("2026-12-01T14:00+08:00", "2026-12-01T16:00+08:00"))
                .isEqualTo(new TimeSlot(
                        Instant.parse("2026-12-01T06:00:00Z"), Instant.parse("2026-12-01T08:00:00Z"), SHANGHAI));
        assertThat(violations).isEmpty();
    }

    @Test
    void slotWithoutEnd_lastsAsLongAsUsual() {
        assertThat(slot("2026-12-01T14:00+08:00", null))
                .isEqualTo(new TimeSlot(
                        Instant.parse("2026-12-01T06:00:00Z"), Instant.parse("2026-12-01T07:30:00Z"), SHANGHAI));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"2026-12-01T14:00+08:00", "2026-12-01T13:59+08:00", "2026-12-01T06:00Z", "2020-01-01T00:00Z"})
    void endThatIsNotAfterTheStart_isRefused(String end) {
        assertThat(slot("2026-12-01T14:00+08:00", end)).isNull();

        assertThat(violations).containsExactly(new Violation("/end", "end.after-start"));
    }

    @ParameterizedTest(name = "{0} minutes: {1}")
    @CsvSource({
        "1,   length.shortest, 5",
        "4,   length.shortest, 5",
        "5,   '', 0",
        "720, '', 0",
        "721, length.longest, 720"
    })
    void length_isBetweenFiveMinutesAndTwelveHours(int minutes, String key, long limit) {
        OffsetDateTime start = OffsetDateTime.parse("2026-12-01T08:00+08:00");

        TimeSlot slot = rules.slot(start, start.plusMinutes(minutes), USUAL, SHANGHAI, violations);

        assertThat(violations).isEqualTo(key.isEmpty() ? List.of() : List.of(new Violation("/end", key, limit)));
        assertThat(slot != null).isEqualTo(key.isEmpty());
    }

    @Test
    void usualLength_isCheckedLikeAnyOther() {
        OffsetDateTime start = OffsetDateTime.parse("2026-12-01T08:00+08:00");

        assertThat(rules.slot(start, null, Duration.ofMinutes(721), SHANGHAI, violations))
                .isNull();
        assertThat(violations).containsExactly(new Violation("/end", "length.longest", 720L));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        // 31 days before now, and the minute after
        "2026-10-20T08:00Z, start.too-early, 31",
        "2026-10-20T08:01Z, '', 0",
        // 1096 days after now
        "2029-11-20T08:00Z, '', 0",
        "2029-11-20T08:01Z, start.too-late, 1096"
    })
    void start_isWithinBackdatingAndHorizon(String start, String key, long days) {
        TimeSlot slot = slot(start, null);

        assertThat(violations).isEqualTo(key.isEmpty() ? List.of() : List.of(new Violation("/start", key, days)));
        assertThat(slot != null).isEqualTo(key.isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-12-01T14:00:01+08:00", "2026-12-01T14:00:00.000000001+08:00"})
    void timesAreWholeMinutes(String time) {
        assertThat(slot(time, null)).isNull();
        assertThat(violations).containsExactly(new Violation("/start", "time.whole-minute"));
        violations.clear();

        assertThat(slot("2026-12-01T12:00+08:00", time)).isNull();
        assertThat(violations).containsExactly(new Violation("/end", "time.whole-minute"));
    }

    @Test
    void offsetOfAnotherPlace_isRefusedNamingTheRightOne() {
        assertThat(slot("2026-12-01T14:00+09:00", "2026-12-01T16:00+09:00")).isNull();

        assertThat(violations)
                .containsExactly(
                        new Violation("/start", "time.offset-of-zone", "Asia/Shanghai", "+08:00"),
                        new Violation("/end", "time.offset-of-zone", "Asia/Shanghai", "+08:00"));
    }

    @Test
    void timeInUtc_isAcceptedInAnyZone() {
        assertThat(slot("2026-12-01T06:00Z", "2026-12-01T08:00Z"))
                .isEqualTo(slot("2026-12-01T14:00+08:00", "2026-12-01T16:00+08:00"));
        assertThat(violations).isEmpty();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "2027-03-28T03:30+02:00, ''",
        "2027-10-31T02:30+02:00, ''",
        "2027-10-31T02:30+01:00, ''",
        "2027-10-31T02:30+03:00, '+02:00, +01:00'"
    })
    void slotStart_existsInAZoneWithSummerTime(String start, String offsetOfZone) {
        TimeSlot slot = slot(start, null, PARIS);

        assertThat(violations)
                .isEqualTo(
                        offsetOfZone.isEmpty()
                                ? List.of()
                                : List.of(
                                        new Violation("/start", "time.offset-of-zone", "Europe/Paris", offsetOfZone)));
        assertThat(slot != null).isEqualTo(offsetOfZone.isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"2027-03-28T02:30+01:00", "2027-03-28T02:30+02:00", "2027-03-28T02:00+01:00"})
    void timeThatTheClocksSkip_isNamedWithTheNearestTimes(String start) {
        assertThat(slot(start, null, PARIS)).isNull();
        assertThat(violations)
                .containsExactly(new Violation(
                        "/start", "time.skipped", "Europe/Paris", "2027-03-28T01:59+01:00", "2027-03-28T03:00+02:00"));
    }

    @Test
    void hourThatComesTwice_isLongEnoughForALecture() {
        assertThat(slot("2027-10-31T02:00+02:00", "2027-10-31T02:00+01:00", PARIS))
                .isEqualTo(new TimeSlot(
                        Instant.parse("2027-10-31T00:00:00Z"), Instant.parse("2027-10-31T01:00:00Z"), PARIS));
    }

    @Test
    void allViolationsOfTimes_areReportedAtOnce() {
        assertThat(slot("2016-01-01T09:00:30+09:00", "2016-01-01T23:00+08:00")).isNull();

        assertThat(violations)
                .containsExactly(
                        new Violation("/start", "time.whole-minute"),
                        new Violation("/start", "time.offset-of-zone", "Asia/Shanghai", "+08:00"),
                        new Violation("/end", "length.longest", 720L),
                        new Violation("/start", "start.too-early", 31L));
    }

    @Test
    void earlierViolation_doesNotSpoilAGoodSlot() {
        violations.add(new Violation("/format", "one-of"));

        assertThat(slot("2026-12-01T14:00+08:00", "2026-12-01T16:00+08:00")).isNotNull();
    }

    @Test
    void otherSettings_setOtherLimits() {
        BookingRules strict =
                rules(Map.of("min-duration", "30M", "max-duration", "2H", "horizon", "7D", "backdating", "0D"));
        OffsetDateTime start = OffsetDateTime.parse("2026-11-27T17:00+08:00");

        assertThat(strict.slot(start, start.plusMinutes(29), USUAL, SHANGHAI, violations))
                .isNull();
        assertThat(violations)
                .containsExactly(
                        new Violation("/end", "length.shortest", 30L), new Violation("/start", "start.too-late", 7L));
    }

    private @Nullable Instant heldUntil(@Nullable String wish, String start) {
        Instant from = Instant.parse(start);
        return rules.heldUntil(
                wish == null ? null : OffsetDateTime.parse(wish),
                "/hold/expiresAt",
                NOW,
                new TimeSlot(from, from.plusSeconds(3600), SHANGHAI),
                violations);
    }

    @Test
    void holdWithoutExpiry_lastsTwoDaysInWholeSeconds() {
        assertThat(heldUntil(null, "2026-12-01T06:00:00Z")).isEqualTo("2026-11-22T08:00:30Z");
        assertThat(violations).isEmpty();
    }

    @Test
    void holdWithoutExpiry_endsWhenTheLectureStarts() {
        assertThat(heldUntil(null, "2026-11-21T06:00:00Z")).isEqualTo("2026-11-21T06:00:00Z");
        assertThat(violations).isEmpty();
    }

    @Test
    void holdWithoutExpiry_isRefusedIfTheLectureStartsTooSoon() {
        assertThat(heldUntil(null, "2026-11-20T08:01:00Z")).isNull();

        assertThat(violations).containsExactly(new Violation("/hold/expiresAt", "hold.shortest", 60L));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "2026-11-20T08:01:30.499Z, hold.shortest, 60",
        "2026-11-20T08:01:30.5Z,   '', 0",
        "2026-12-04T08:00:30.5Z,   '', 0",
        "2026-12-04T08:00:30.501Z, hold.longest, 336"
    })
    void hold_isBetweenAMinuteAndTwoWeeks(String wish, String key, long limit) {
        Instant until = heldUntil(wish, "2027-01-01T06:00:00Z");

        assertThat(violations)
                .isEqualTo(key.isEmpty() ? List.of() : List.of(new Violation("/hold/expiresAt", key, limit)));
        assertThat(until).isEqualTo(key.isEmpty() ? Instant.parse(wish) : null);
    }

    @Test
    void hold_mayLastUntilTheStartAndNotBeyond() {
        assertThat(heldUntil("2026-11-25T06:00:00Z", "2026-11-25T06:00:00Z")).isEqualTo("2026-11-25T06:00:00Z");
        assertThat(heldUntil("2026-11-25T06:00:00.001Z", "2026-11-25T06:00:00Z"))
                .isNull();

        assertThat(violations).containsExactly(new Violation("/hold/expiresAt", "hold.after-start"));
    }

    @Test
    void holdExpiry_isKeptInMilliseconds() {
        assertThat(heldUntil("2026-11-25T14:00:00.123456789+08:00", "2026-12-01T06:00:00Z"))
                .isEqualTo("2026-11-25T06:00:00.123Z");
    }
}
