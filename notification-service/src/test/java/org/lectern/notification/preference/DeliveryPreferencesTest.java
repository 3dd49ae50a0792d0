package org.lectern.notification.preference;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeliveryPreferencesTest {

    private static DeliveryPreferences quiet(String zone, String from, String until) {
        return new DeliveryPreferences(ZoneId.of(zone), LocalTime.parse(from), LocalTime.parse(until), null);
    }

    private static DeliveryPreferences digest(String zone, String at) {
        return new DeliveryPreferences(ZoneId.of(zone), null, null, LocalTime.parse(at));
    }

    @ParameterizedTest
    @CsvSource({
        // over midnight, in the branch's zone
        "Asia/Shanghai, 22:00, 07:00, 2026-11-24T21:59+08:00, ",
        "Asia/Shanghai, 22:00, 07:00, 2026-11-24T22:00+08:00, 2026-11-25T07:00+08:00",
        "Asia/Shanghai, 22:00, 07:00, 2026-11-25T00:00+08:00, 2026-11-25T07:00+08:00",
        "Asia/Shanghai, 22:00, 07:00, 2026-11-25T06:59+08:00, 2026-11-25T07:00+08:00",
        "Asia/Shanghai, 22:00, 07:00, 2026-11-25T07:00+08:00, ",
        // within a day
        "Asia/Shanghai, 12:00, 14:00, 2026-11-24T13:00+08:00, 2026-11-24T14:00+08:00",
        "Asia/Shanghai, 12:00, 14:00, 2026-11-24T14:00+08:00, ",
        "Asia/Shanghai, 12:00, 14:00, 2026-11-24T11:59+08:00, ",
        // the night with the forward clock change is an hour shorter, the other an hour longer
        "Europe/London, 22:00, 07:00, 2027-03-27T22:00+00:00, 2027-03-28T07:00+01:00",
        "Europe/London, 22:00, 07:00, 2027-10-30T22:00+01:00, 2027-10-31T07:00+00:00",
        // they end at a time that does not exist that day
        "Europe/London, 22:00, 01:30, 2027-03-28T00:59+00:00, 2027-03-28T02:30+01:00",
        // they end at a time that occurs twice
        "Europe/London, 22:00, 01:30, 2027-10-31T01:10+01:00, 2027-10-31T01:30+01:00",
        "Europe/London, 22:00, 01:30, 2027-10-31T01:10+00:00, 2027-10-31T01:30+00:00"
    })
    void quietHoursEndByTheClocksOfTheBranch(
            String zone, String from, String until, ZonedDateTime moment, ZonedDateTime end) {
        assertThat(quiet(zone, from, until).quietUntil(moment.toInstant()))
                .isEqualTo(Optional.ofNullable(end).map(ZonedDateTime::toInstant));
    }

    @ParameterizedTest
    @CsvSource({
        "Asia/Shanghai, 08:00, 2026-11-24T07:59+08:00, 2026-11-24T08:00+08:00",
        "Asia/Shanghai, 08:00, 2026-11-24T08:00+08:00, 2026-11-25T08:00+08:00",
        "Europe/London, 01:30, 2027-03-28T00:00+00:00, 2027-03-28T02:30+01:00",
        "Europe/London, 01:30, 2027-10-31T01:10+01:00, 2027-10-31T01:30+01:00",
        "Europe/London, 01:30, 2027-10-31T01:10+00:00, 2027-11-01T01:30+00:00"
    })
    void digestsComeOnceADayByTheClocksOfTheBranch(String zone, String at, ZonedDateTime moment, ZonedDateTime next) {
        assertThat(digest(zone, at).digestAfter(moment.toInstant())).hasValue(next.toInstant());
    }

    @Test
    void quietHours_endWithinADay() {
        DeliveryPreferences wishes = quiet("America/New_York", "23:30", "02:15");
        Instant end = Instant.parse("2027-12-01T00:00:00Z");
        for (Instant moment = Instant.parse("2026-10-01T00:00:00Z");
                moment.isBefore(end);
                moment = moment.plus(Duration.ofMinutes(7))) {
            Instant now = moment;
            wishes.quietUntil(now)
                    .ifPresent(until -> assertThat(Duration.between(now, until))
                            .as(now.toString())
                            .isPositive()
                            .isLessThanOrEqualTo(Duration.ofHours(4)));
        }
    }

    @Test
    void branchWithoutPreferences_isNotifiedAtAnyTime() {
        var none = new DeliveryPreferences(ZoneId.of("UTC"), null, null, null);
        assertThat(none.quietUntil(Instant.EPOCH)).isEmpty();
        assertThat(none.digestAfter(Instant.EPOCH)).isEmpty();
    }
}
