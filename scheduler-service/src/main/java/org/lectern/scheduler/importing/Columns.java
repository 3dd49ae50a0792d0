package org.lectern.scheduler.importing;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.lectern.scheduler.problem.Messages;

/**
 * What columns are called: by their name in the API, or by the names people give them in either language. The texts
 * stand in the message bundle under {@code column-NAME}, the one that exports use first, others after {@code |}.
 */
public final class Columns {

    private Columns() {}

    /** The heading of a column in the language of the request. */
    public static String heading(String column, Messages messages) {
        return names(messages.text("column-" + column)).getFirst();
    }

    /** Which of these columns a heading means, in any language and case. */
    static Optional<String> meantBy(String heading, List<String> columns, Messages messages) {
        String said = plain(heading);
        return columns.stream()
                .filter(column -> plain(column).equals(said)
                        || messages.inEveryLanguage("column-" + column).stream()
                                .flatMap(texts -> names(texts).stream())
                                .anyMatch(name -> plain(name).equals(said)))
                .findFirst();
    }

    private static List<String> names(String texts) {
        return Arrays.stream(texts.split("\\|")).map(String::strip).toList();
    }

    private static String plain(String name) {
        return name.strip().toLowerCase(Locale.ROOT).replaceAll("[\\s_-]", "");
    }
}
