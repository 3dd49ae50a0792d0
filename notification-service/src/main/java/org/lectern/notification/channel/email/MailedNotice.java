package org.lectern.notification.channel.email;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lectern.notification.wording.MarkedLine;

/**
 * One notice as a mail shows it; the template escapes every value.
 *
 * @param when the time of the lecture, if it is about one
 * @param off whether it does not take place, or not for the reader
 * @param changes what changed since the reader was told last
 * @param colon what stands behind a label
 * @param action what the reader is asked to do; null when there is nothing
 * @param joinLink where the lecture takes place online
 */
record MailedNotice(
        Tone tone,
        String title,
        @Nullable String when,
        boolean off,
        List<Change> changes,
        List<MarkedLine> lines,
        String colon,
        @Nullable Action action,
        @Nullable String joinLink) {

    /** A page to go to, and the words before it and on its button. */
    record Action(String url, String text, String button) {}

    /** A value before and after. */
    record Change(String before, String now) {}

    /** What colour says, beside the words of the title. */
    enum Tone {
        GOOD("good", "#0b6b2e"),
        WARN("warn", "#8a4b00"),
        BAD("bad", "#a3161d"),
        PLAIN("plain", "#0b4f9e");

        private final String code;
        private final String colour;

        Tone(String code, String colour) {
            this.code = code;
            this.colour = colour;
        }

        public String getCode() {
            return code;
        }

        public String getColour() {
            return colour;
        }

        /** @param kind a {@code NoticeKind} */
        static Tone of(String kind) {
            return switch (kind) {
                case "CONFIRMED", "REQUEST_OFFERED" -> GOOD;
                case "RESCHEDULED",
                        "REASSIGNED",
                        "UNANSWERED",
                        "OFFER_ENDED",
                        "REQUEST_REOPENED",
                        "PROPOSED",
                        "ENDPOINT_FAILING" -> WARN;
                case "CANCELLED", "REQUEST_REFUSED", "REQUEST_LAPSED", "DECLINED", "ENDPOINT_OFF" -> BAD;
                default -> PLAIN;
            };
        }
    }
}
