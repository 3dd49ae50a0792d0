package org.lectern.notification.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.lectern.notification.notice.NoticeLine.Meaning;

class NoticeLinesTest {

    private static final UUID BRANCH = UUID.fromString("019a1b71-0c44-7d21-9a5e-7b1f3c2e4d02");

    private final NoticeLines lines = new NoticeLines((locale, branch) -> EnglishTexts.texts());

    private List<NoticeLine> read(String body) {
        return lines.of(body, "en", BRANCH);
    }

    @Test
    void newAndFormerTimeAreOneChange() {
        assertThat(read("New time: Tue 1 Dec 2026, 14:00–16:00\nBefore: Mon 30 Nov 2026, 09:00–11:00"))
                .containsExactly(new NoticeLine(
                        Meaning.TIME,
                        "New time: Tue 1 Dec 2026, 14:00–16:00\nBefore: Mon 30 Nov 2026, 09:00–11:00",
                        "Tue 1 Dec 2026, 14:00–16:00",
                        "Mon 30 Nov 2026, 09:00–11:00"));
    }

    @Test
    void lecturerAndVenueHoldTheFormerValue() {
        assertThat(read("Lecturer: Lin (before: Gu)\nVenue: Hall 1 (before: Hall 12)"))
                .extracting(NoticeLine::meaning, NoticeLine::value, NoticeLine::before)
                .containsExactly(tuple(Meaning.LECTURER, "Lin", "Gu"), tuple(Meaning.VENUE, "Hall 1", "Hall 12"));
    }

    @Test
    void otherLinesStayAsTheyAre() {
        assertThat(read("Reason: Before: the flood\nBefore: no time stands above\nLink: https://example.org/a:b"))
                .extracting(NoticeLine::meaning, NoticeLine::value)
                .containsExactly(
                        tuple(Meaning.OTHER, "Reason: Before: the flood"),
                        tuple(Meaning.OTHER, "Before: no time stands above"),
                        tuple(Meaning.LINK, "https://example.org/a:b"));
    }
}
