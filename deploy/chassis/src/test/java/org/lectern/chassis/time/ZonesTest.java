package org.lectern.chassis.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which names are time zones, and which times can be meant in one. */
class ZonesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Asia/Shanghai",
                "Asia/Urumqi",
                "Europe/Paris",
                "America/Argentina/Buenos_Aires",
                "Australia/Lord_Howe",
                "UTC"
            })
    void placeOfTheDatabase_isAZone(String name) {
        assertThat(Zones.find(name)).hasValue(ZoneId.of(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "Mars/Olympus",
                "asia/shanghai",
                " Asia/Shanghai",
                "Asia/Shanghai\u0000",
                "CST",
                "CST6CDT",
                "PRC",
                "GMT",
                "GMT+8",
                "UTC+8",
                "Z",
                "+08:00",
                "Etc/GMT-8",
                "Etc/UTC",
                "SystemV/PST8",
                "Etc/../../etc/passwd",
                "/"
            })
    void abbreviationOffsetOrUnknownName_isNoZone(String name) {
        assertThat(Zones.find(name)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Asia/Shanghai, 2026-12-01T14:00:00+08:00, true",
        "Asia/Shanghai, 2026-12-01T14:00:00Z,      true",
        "Asia/Shanghai, 2026-12-01T14:00:00+00:00, true",
        "Asia/Shanghai, 2026-12-01T14:00:00+09:00, false",
        "Asia/Shanghai, 2026-12-01T14:00:00+08:01, false",
        "Europe/Paris,  2026-12-01T14:00:00+01:00, true",
        "Europe/Paris,  2026-12-01T14:00:00+02:00, false",
        "Europe/Paris,  2026-07-01T14:00:00+02:00, true",
        "Europe/Paris,  2026-07-01T14:00:00+01:00, false",
        "Asia/Kolkata,  2026-07-01T14:00:00+05:30, true"
    })
    void offset_mustBeThatOfTheZoneOrUtc(String zone, OffsetDateTime time, boolean agrees) {
        assertThat(Zones.agree(time, ZoneId.of(zone))).isEqualTo(agrees);
    }

    @ParameterizedTest
    @CsvSource({
        "2027-03-28T01:59:59+01:00, true",
        "2027-03-28T02:00:00+01:00, false",
        "2027-03-28T02:00:00+02:00, false",
        "2027-03-28T02:59:59+01:00, false",
        "2027-03-28T02:59:59+02:00, false",
        "2027-03-28T03:00:00+02:00, true",
        "2027-03-28T01:30:00Z,      true"
    })
    void timeThatTheClocksSkip_existsInUtcOnly(OffsetDateTime time, boolean agrees) {
        assertThat(Zones.agree(time, ZoneId.of("Europe/Paris"))).isEqualTo(agrees);
    }

    @ParameterizedTest
    @CsvSource({
        "2027-10-31T01:59:59+02:00, true",
        "2027-10-31T01:59:59+01:00, false",
        "2027-10-31T02:00:00+02:00, true",
        "2027-10-31T02:00:00+01:00, true",
        "2027-10-31T02:59:59+02:00, true",
        "2027-10-31T02:59:59+01:00, true",
        "2027-10-31T02:30:00+03:00, false",
        "2027-10-31T03:00:00+02:00, false",
        "2027-10-31T03:00:00+01:00, true"
    })
    void timeThatComesTwice_hasEitherOffset(OffsetDateTime time, boolean agrees) {
        assertThat(Zones.agree(time, ZoneId.of("Europe/Paris"))).isEqualTo(agrees);
    }

    @ParameterizedTest
    @CsvSource({
        "2027-04-04T01:45:00+11:00, true",
        "2027-04-04T01:45:00+10:30, true",
        "2027-10-03T02:15:00+10:30, false",
        "2027-10-03T02:30:00+11:00, true"
    })
    void halfHourClockChange_isFollowedToTheMinute(OffsetDateTime time, boolean agrees) {
        assertThat(Zones.agree(time, ZoneId.of("Australia/Lord_Howe"))).isEqualTo(agrees);
    }
}
