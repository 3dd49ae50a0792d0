package org.lectern.notification.calendar;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import biweekly.Biweekly;
import biweekly.ICalendar;
import biweekly.component.VEvent;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lectern.notification.support.ServiceTest;

/** Our iCalendar matches the golden files, and another program reads the intended data. */
@ServiceTest
class CalendarWriterTest {

    private static final UUID BOOKING = UUID.fromString("019a1b70-0c44-7d21-9a5e-7b1f3c2e4d01");
    private static final Instant START = Instant.parse("2026-12-01T06:00:00Z");

    @Inject
    CalendarWriter writer;

    @Test
    void anInvitationIsWrittenAsInTheGoldenFile() throws IOException {
        assertThat(invitation(entry(0, false, "乡村振兴政策解读"), "zh-CN")).isEqualTo(golden("request-zh"));
        assertThat(invitation(entry(1, false, "Rural policy; explained, in brief"), "en"))
                .isEqualTo(golden("request-en"));
    }

    @Test
    void addressForAnswers_isTheOrganizerAndAnAnswerIsAskedFor() {
        VEvent event = read(writer.invitation(
                entry(0, false, "T"),
                false,
                "en",
                "lectern@example.org",
                "a@example.org",
                "lectern+token@example.org"));

        assertThat(event.getOrganizer().getEmail()).isEqualTo("lectern+token@example.org");
        assertThat(event.getAttendees().getFirst().getRsvp()).isTrue();
    }

    @Test
    void aCancellationIsWrittenAsInTheGoldenFile() throws IOException {
        assertThat(invitation(entry(2, true, "乡村振兴政策解读"), "zh-CN")).isEqualTo(golden("cancel-zh"));
    }

    @Test
    void aSubscribedCalendarIsWrittenAsInTheGoldenFile() throws IOException {
        byte[] feed = writer.feed(
                List.of(entry(0, false, "乡村振兴政策解读"), entry(2, true, "基层党课")),
                "zh-CN",
                "青石村",
                "Asia/Shanghai",
                Duration.ofHours(1));

        demandRegularLines(feed);
        assertThat(new String(feed, UTF_8).replace("\r\n", "\n")).isEqualTo(golden("feed-zh"));
        assertThat(Biweekly.parse(new String(feed, UTF_8)).first().getEvents()).hasSize(2);
    }

    /** On both sides of each clock change, and within the hour that occurs twice. */
    @ParameterizedTest
    @CsvSource({
        "Europe/London, 2027-03-28T00:30Z, 'Sun 28 Mar 2027, 00:30–02:30 (Europe/London)'",
        "Europe/London, 2027-03-28T01:00Z, 'Sun 28 Mar 2027, 02:00–03:00 (Europe/London)'",
        "Europe/London, 2027-10-31T00:30Z, 'Sun 31 Oct 2027, 01:30 (UTC+01:00)–01:30 (UTC+00:00) (Europe/London)'",
        "America/New_York, 2026-11-01T05:30Z, 'Sun 1 Nov 2026, 01:30 (UTC-04:00)–01:30 (UTC-05:00) (America/New_York)'",
        "Australia/Lord_Howe, 2027-04-03T14:30Z, 'Sun 4 Apr 2027, 01:30 (UTC+11:00)–02:00 (Australia/Lord_Howe)'",
        "Asia/Shanghai, 2027-03-28T00:30Z, 'Sun 28 Mar 2027, 08:30–09:30 (Asia/Shanghai)'"
    })
    void aLectureIsAtItsInstantWhateverItsZoneDoesToTheClocks(String zone, ZonedDateTime start, String asPeopleReadIt) {
        Instant from = start.toInstant();
        Instant to = from.plus(Duration.ofHours(1));
        var entry = new CalendarEntry(
                BOOKING, 0, false, from, to, ZoneId.of(zone), "T", "L", "H", null, null, Instant.EPOCH);

        VEvent event = read(writer.invitation(entry, false, "en", "lectern@example.org", "a@example.org", null));

        assertThat(event.getDateStart().getValue().toInstant()).isEqualTo(from);
        assertThat(event.getDateEnd().getValue().toInstant()).isEqualTo(to);
        assertThat(event.getDescription().getValue()).contains(asPeopleReadIt);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a,b;c\\d:e\"f",
                "line\\nbreak",
                "\\",
                "x\nEND:VEVENT\nBEGIN:VEVENT\nSUMMARY:forged",
                "\nMETHOD:CANCEL",
                "x\rATTENDEE:mailto:evil@example.org",
                "=?utf-8?q?forged?=",
                "😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀",
                "宣讲宣讲宣讲宣讲宣讲宣讲宣讲宣讲宣讲宣讲宣讲宣讲宣讲宣讲宣讲宣讲宣讲宣讲宣讲宣讲宣讲"
            })
    void hostileNamesStayNames(String name) {
        var entry = new CalendarEntry(
                BOOKING, 3, false, START, START.plusSeconds(60), ZoneId.of("UTC"), name, name, name, name, name, START);
        byte[] file = writer.invitation(entry, false, "en", "lectern@example.org", "a@example.org", null);

        demandRegularLines(file);
        VEvent event = read(file);
        String oneLine = name.replace("\r", "\n");
        assertThat(event.getSummary().getValue().replace("\r\n", "\n")).isEqualTo(oneLine);
        assertThat(event.getLocation().getValue().replace("\r\n", "\n")).isEqualTo(oneLine);
        assertThat(event.getUid().getValue()).isEqualTo(BOOKING + "@lectern");
        assertThat(event.getAttendees()).hasSize(1);
        ICalendar calendar = Biweekly.parse(new String(file, UTF_8)).first();
        assertThat(calendar.getMethod().getValue()).isEqualTo("REQUEST");
    }

    @Test
    void linesAreFoldedBetweenCharactersAtAnyLength() {
        Random random = new Random(75);
        String[] letters = {"a", "é", "宣", "😀", ",", "\\", "\n"};
        for (int i = 0; i < 200; i++) {
            var title = new StringBuilder("x");
            for (int length = random.nextInt(200); length > 0; length--) {
                title.append(letters[random.nextInt(letters.length)]);
            }
            byte[] file = writer.invitation(
                    entry(0, false, title + "x"), false, "en", "lectern@example.org", "a@example.org", null);

            demandRegularLines(file);
            assertThat(read(file).getSummary().getValue().replace("\r\n", "\n")).isEqualTo(title + "x");
        }
    }

    @Test
    void reservedCharacters_areEncodedInAnAddress() {
        VEvent event = read(writer.invitation(
                entry(0, false, "T"), false, "en", "lectern@example.org", "a?b=c&d%0A'e/#f@example.org", null));

        assertThat(event.getAttendees().getFirst().getUri()).isNull(); // biweekly takes mailto: for an address
        assertThat(event.getAttendees().getFirst().getEmail()).isEqualTo("a%3Fb%3Dc%26d%250A%27e%2F%23f@example.org");
    }

    private static CalendarEntry entry(int sequence, boolean cancelled, String topic) {
        return new CalendarEntry(
                BOOKING,
                sequence,
                cancelled,
                START,
                START.plus(Duration.ofHours(2)),
                ZoneId.of("Asia/Shanghai"),
                topic,
                "林晓岚",
                "青石村",
                "青石村文化礼堂, 青石村8号",
                "https://live.example.org/room/8?key=a,b",
                Instant.parse("2026-11-20T08:30:00Z"));
    }

    private String invitation(CalendarEntry entry, String locale) {
        byte[] file = writer.invitation(entry, false, locale, "lectern@example.org", "branch@example.org", null);
        demandRegularLines(file);
        return new String(file, UTF_8).replace("\r\n", "\n");
    }

    private static VEvent read(byte[] file) {
        ICalendar calendar = Biweekly.parse(new String(file, UTF_8)).first();
        assertThat(calendar.getEvents()).hasSize(1);
        assertThat(calendar.validate(biweekly.ICalVersion.V2_0).isEmpty())
                .as(calendar.validate(biweekly.ICalVersion.V2_0).toString())
                .isTrue();
        return calendar.getEvents().getFirst();
    }

    private static String golden(String name) throws IOException {
        try (@Nullable InputStream in = CalendarWriterTest.class.getResourceAsStream("/calendar/" + name + ".ics")) {
            assertThat(in).as(name).isNotNull();
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    /** Each line is complete UTF-8, at most 75 octets, and ends in CR LF. */
    private static void demandRegularLines(byte[] file) {
        int start = 0;
        for (int i = 0; i < file.length; i++) {
            if (file[i] == '\n') {
                assertThat(file[i - 1]).isEqualTo((byte) '\r');
                assertThat(i - 1 - start).isLessThanOrEqualTo(75);
                byte[] line = Arrays.copyOfRange(file, start, i - 1);
                assertThat(new String(line, UTF_8).getBytes(UTF_8)).isEqualTo(line);
                assertThat(new String(line, UTF_8)).doesNotContain("\uFFFD");
                start = i + 1;
            } else if (file[i] == '\r') {
                assertThat(file[i + 1]).isEqualTo((byte) '\n');
            }
        }
        assertThat(start).isEqualTo(file.length);
    }
}
