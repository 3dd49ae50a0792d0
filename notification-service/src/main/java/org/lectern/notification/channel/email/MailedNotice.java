package org.lectern.notification.channel.email;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lectern.notification.wording.MarkedLine;

/**
 * One notice as a mail shows it; the template escapes every value.
 *
 * @param when the time of the lecture, if the notice is about one
 * @param off whether the lecture is cancelled, or the reader's part in it
 * @param changes changes since the last notice to the reader
 * @param colon the separator after a label
 * @param action the requested action; null if there is none
 * @param joinLink the address of an online lecture
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

    /** A link with its text and button label. */
    record Action(String url, String text, String button) {}

    /** A value before and after. */
    record Change(String before, String now) {}

    /** The colour of the mail, in addition to the words of the title. */
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
                        "ESCALATED",
                        "OFFER_ENDED",
                        "REQUEST_REOPENED",
                        "TIME_PROPOSED",
                        "ENDPOINT_FAILING" -> WARN;
                case "CANCELLED",
                        "REQUEST_REFUSED",
                        "REQUEST_LAPSED",
                        "BRANCH_DECLINED",
                        "LECTURER_DECLINED",
                        "LECTURER_SILENT",
                        "ENDPOINT_DISABLED" -> BAD;
                default -> PLAIN;
            };
        }
    }
}
