package org.lectern.scheduler.importing;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.lectern.chassis.problem.Messages;

/**
 * What columns are called: by their name in the API, or by the names people give them in either language. The texts
 * stand in the message bundle under {@code column-NAME}, the one that exports use first, others after {@code |}.
 */
public final class Columns {

    /** No name of a column is longer. */
    private static final int LONGEST_NAME = 100;

    private final Map<String, String> byName = new HashMap<>();

    /** These columns with all their names; a name that two columns share means the first of them. */
    Columns(List<String> columns, Messages messages) {
        for (String column : columns) {
            byName.putIfAbsent(plain(column), column);
            for (String texts : messages.inEveryLanguage("column-" + column)) {
                names(texts).forEach(name -> byName.putIfAbsent(plain(name), column));
            }
        }
    }

    /** The heading of a column in the language of the request. */
    public static String heading(String column, Messages messages) {
        return names(messages.text("column-" + column)).getFirst();
    }

    /** Which of these columns a heading means, in any language and case. */
    Optional<String> meantBy(String heading) {
        return heading.length() > LONGEST_NAME ? Optional.empty() : Optional.ofNullable(byName.get(plain(heading)));
    }

    private static List<String> names(String texts) {
        return Arrays.stream(texts.split("\\|")).map(String::strip).toList();
    }

    private static String plain(String name) {
        return name.strip().toLowerCase(Locale.ROOT).replaceAll("[\\s_-]", "");
    }
}
