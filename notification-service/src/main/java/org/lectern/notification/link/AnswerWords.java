package org.lectern.notification.link;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;
import org.lectern.notification.acceptance.LectureQuestion;
import org.lectern.notification.notice.LectureTime;

/** The question to a lecturer in words, for the page behind a link. */
final class AnswerWords {

    private AnswerWords() {}

    static String state(LectureQuestion question) {
        return switch (question.state()) {
            case ACCEPTED -> "given";
            case DECLINED -> "refused";
            case PENDING, CONSENTED, OVERDUE, CLOSED -> "due";
        };
    }

    static String message(LectureQuestion question, LinkTexts say, ZoneId zone, Locale locale) {
        String at = LectureTime.moment(question.at(), zone, locale);
        Instant due = question.dueAt();
        return switch (question.state()) {
            case ACCEPTED -> say.accepted(at);
            case DECLINED -> say.declined(at);
            case CONSENTED -> say.consented();
            case OVERDUE -> due == null ? say.canYou() : say.answerOverdue(LectureTime.moment(due, zone, locale));
            case PENDING, CLOSED -> due == null ? say.canYou() : say.canYouBy(LectureTime.moment(due, zone, locale));
        };
    }

    static LinkPage.Asked buttons(LectureQuestion question, UUID notice, LinkTexts say) {
        return new LinkPage.Asked(
                notice.toString(),
                question.isAccepted() ? null : say.accept(),
                question.isDeclined() ? null : say.decline(),
                say.why(),
                say.choose(),
                Arrays.stream(LectureQuestion.Why.values())
                        .map(why -> new LinkPage.Reason(why.value(), label(why, say)))
                        .toList());
    }

    private static String label(LectureQuestion.Why why, LinkTexts say) {
        return switch (why) {
            case ILL -> say.ill();
            case OTHER_APPOINTMENT -> say.otherAppointment();
            case CANNOT_TRAVEL -> say.cannotTravel();
            case OTHER -> say.otherReason();
        };
    }
}
