package org.lectern.chassis.ical;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import biweekly.Biweekly;
import biweekly.component.VEvent;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Another iCalendar program reads our files correctly, with any text in them. */
class CalendarFileTest {

    private static byte[] file(String summary) {
        var out = new ByteArrayOutputStream();
        var file = new CalendarFile(out, "Test");
        file.text("X-WR-CALNAME", "宣讲安排");
        file.begin("VEVENT");
        file.line("UID", "1@lectern");
        file.time("DTSTAMP", Instant.parse("2026-11-20T08:30:00Z"));
        file.time("DTSTART", Instant.parse("2026-12-01T06:00:00Z"));
        file.text("SUMMARY", summary);
        file.end("VEVENT");
        file.finish();
        return out.toByteArray();
    }

    private static String read(byte[] file) {
        var calendar = Biweekly.parse(new String(file, UTF_8)).first();
        assertThat(calendar.getEvents()).hasSize(1);
        VEvent event = calendar.getEvents().getFirst();
        assertThat(event.getDateStart().getValue().toInstant()).isEqualTo(Instant.parse("2026-12-01T06:00:00Z"));
        return event.getSummary().getValue();
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "乡村振兴政策解读",
                "a,b;c\\d:e\"f",
                "line\\nbreak",
                "\\",
                "two\nlines",
                "x\nEND:VEVENT\nBEGIN:VEVENT\nSUMMARY:forged",
                "\nBEGIN:VEVENT",
                "😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀",
                "宣讲宣讲宣讲宣讲宣讲宣讲宣讲宣讲宣讲宣讲宣讲宣讲宣讲宣讲宣讲宣讲宣讲宣讲宣讲宣讲宣讲宣讲",
                "tab\there"
            })
    void hostileTitlesStayTitles(String title) {
        byte[] file = file(title);

        demandRegularLines(file);
        assertThat(read(file).replace("\r\n", "\n")).isEqualTo(title);
    }

    @Test
    void breaksOfAnyKindAreBreaksAndControlCharactersVanish() {
        byte[] file = file("a\r\nb\rc\u0085d\u2028e\u0000\u0007\u001Bf");

        demandRegularLines(file);
        assertThat(read(file).replace("\r\n", "\n")).isEqualTo("a\nb\nc\nd\nef");
    }

    @Test
    void linesAreFoldedBetweenCharactersAtAnyLength() {
        Random random = new Random(75);
        String[] letters = {"a", "é", "宣", "😀", ",", "\\", "\n"};
        for (int i = 0; i < 300; i++) {
            var title = new StringBuilder("x");
            for (int length = random.nextInt(200); length > 0; length--) {
                title.append(letters[random.nextInt(letters.length)]);
            }
            byte[] file = file(title + "x");

            demandRegularLines(file);
            assertThat(read(file).replace("\r\n", "\n")).isEqualTo(title + "x");
        }
    }
}
