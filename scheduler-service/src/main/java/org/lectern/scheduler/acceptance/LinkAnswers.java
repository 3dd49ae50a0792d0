package org.lectern.scheduler.acceptance;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.problem.NotFound;
import org.lectern.chassis.problem.Refusal;
import org.lectern.chassis.problem.Texts;
import org.lectern.scheduler.reason.ReasonConfig;

/**
 * Answers of lecturers through the links in their messages. They have the same effect as answers over the API: only at
 * the version that the lecturer was notified of. An answer that is older than the present one has no effect, so a
 * repeat changes nothing.
 */
@ApplicationScoped
public class LinkAnswers {

    /** The actor in the audit; the person behind a link is unknown. */
    private static final String ACTOR = "lecture-link";

    private static final String OTHER = "other";

    private final Acceptance acceptance;
    private final ReasonConfig reasons;
    private final Sql sql;

    @Inject
    LinkAnswers(Acceptance acceptance, ReasonConfig reasons, Sql sql) {
        this.acceptance = acceptance;
        this.reasons = reasons;
        this.sql = sql;
    }

    /** The reasons to choose from behind a link. No free text travels between the services: it may be personal. */
    public enum Why {
        ILL("ill", "lecturer-ill"),
        OTHER_APPOINTMENT("other-appointment", OTHER),
        CANNOT_TRAVEL("cannot-travel", OTHER),
        OTHER_REASON(OTHER, OTHER);

        private final String name;
        private final String code;

        Why(String name, String code) {
            this.name = name;
            this.code = code;
        }

        /** @throws IllegalArgumentException if it is none of them */
        public static Why of(String name) {
            for (Why why : values()) {
                if (why.name.equals(name)) {
                    return why;
                }
            }
            throw new IllegalArgumentException("Not a reason");
        }
    }

    /**
     * An answer.
     *
     * @param version of the booking that the lecturer was notified of
     * @param declined why; empty if accepted
     */
    public record LinkAnswer(UUID booking, UUID lecturer, int version, Optional<Why> declined, Instant at) {}

    private record Lecturer(String code, Locale locale) {}

    /**
     * Stores the answer.
     *
     * @throws Refusal when the answer came too late, and the lecturer is notified of what changed, or when another
     *     transaction interfered
     */
    public void take(LinkAnswer answer) {
        Lecturer lecturer = sql.one(
                        "SELECT code, locale FROM lecturer WHERE id = ?",
                        row -> new Lecturer(row.text("code"), Locale.forLanguageTag(row.text("locale"))),
                        answer.lecturer())
                .orElseThrow(NotFound::new);
        acceptance.answer(
                answer.booking(),
                answer.version(),
                answer.declined()
                        .map(why -> declined(why, lecturer.locale()))
                        .orElseGet(() -> new NewAnswer(NewAnswer.Choice.ACCEPTED, null, null)),
                Optional.of(lecturer.code()),
                ACTOR,
                Optional.of(answer.at()));
    }

    private NewAnswer declined(Why why, Locale locale) {
        return new NewAnswer(
                NewAnswer.Choice.DECLINED,
                Texts.text(locale, "lecturer-answer.why." + why.name),
                reasons.codes().contains(why.code) ? why.code : null);
    }
}
