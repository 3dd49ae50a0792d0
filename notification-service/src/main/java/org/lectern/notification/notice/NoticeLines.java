package org.lectern.notification.notice;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lectern.notification.notice.NoticeLine.Meaning;
import org.lectern.notification.wording.Wording;

/**
 * Parses the lines of a notice by their text patterns, so that a mail can highlight time, place and changes. A line
 * that matches no pattern, for instance after the organisation changed its texts, is shown unchanged.
 */
@ApplicationScoped
public class NoticeLines {

    /** Placeholders for the parameters of a text; text from people has no control characters (OneLine). */
    private static final String VALUE = "\u0001";

    private static final String BEFORE = "\u0002";

    private final NoticeWriter.Texts wording;

    @Inject
    NoticeLines(Wording wording) {
        this((locale, branch) -> wording.of(NoticeTexts.class, locale, branch));
    }

    NoticeLines(NoticeWriter.Texts wording) {
        this.wording = wording;
    }

    /** The lines of a body, written in that language for that branch. */
    public List<NoticeLine> of(String body, String locale, UUID branch) {
        NoticeTexts say = wording.of(locale, branch);
        List<Form> forms = List.of(
                new Form(Meaning.TIME, say.newTime(VALUE)),
                new Form(Meaning.TIME, say.time(VALUE)),
                new Form(Meaning.LECTURER, say.lecturerInstead(VALUE, BEFORE)),
                new Form(Meaning.LECTURER, say.lecturer(VALUE)),
                new Form(Meaning.VENUE, say.venueInstead(VALUE, BEFORE)),
                new Form(Meaning.VENUE, say.venue(VALUE)),
                new Form(Meaning.LINK, say.link(VALUE)));
        Form earlier = new Form(Meaning.TIME, say.earlierTime(VALUE));
        List<NoticeLine> lines = new ArrayList<>();
        for (String line : body.lines().toList()) {
            NoticeLine last = lines.isEmpty() ? null : lines.getLast();
            NoticeLine former = earlier.read(line);
            if (former != null && last != null && last.meaning() == Meaning.TIME && last.before() == null) {
                lines.set(
                        lines.size() - 1,
                        new NoticeLine(Meaning.TIME, last.text() + "\n" + line, last.value(), former.value()));
            } else {
                lines.add(forms.stream()
                        .map(form -> form.read(line))
                        .flatMap(Stream::ofNullable)
                        .findFirst()
                        .orElseGet(() -> new NoticeLine(Meaning.OTHER, line, line, null)));
            }
        }
        return lines;
    }

    /** A text pattern with its parameters as groups. */
    private static final class Form {

        private final Meaning meaning;
        private final Pattern pattern;

        Form(Meaning meaning, String text) {
            this.meaning = meaning;
            String regex = Stream.of(text.split("(?<=[\u0001\u0002])|(?=[\u0001\u0002])"))
                    .map(part -> part.equals(VALUE)
                            ? "(?<value>.*)"
                            : part.equals(BEFORE) ? "(?<before>.*)" : Pattern.quote(part))
                    .collect(Collectors.joining());
            pattern = Pattern.compile(regex);
        }

        @Nullable
        NoticeLine read(String line) {
            Matcher found = pattern.matcher(line);
            if (!found.matches()) {
                return null;
            }
            String before = pattern.namedGroups().containsKey("before") ? found.group("before") : null;
            return new NoticeLine(meaning, line, found.group("value"), before);
        }
    }
}
