package org.lectern.scheduler.csv;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.lectern.chassis.problem.Messages;

/**
 * Column names: the API name, or common names in either language. The message bundle lists them under
 * {@code column-NAME}, separated by {@code |}; exports use the first.
 */
public final class Columns {

    /** The longest accepted column name. */
    private static final int LONGEST_NAME = 100;

    private final Map<String, String> byName = new HashMap<>();

    /** Indexes the names of these columns; a shared name refers to the first column. */
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

    /** The column for a heading, in any language and case. */
    Optional<String> meantBy(String heading) {
        return heading.length() > LONGEST_NAME ? Optional.empty() : Optional.ofNullable(byName.get(plain(heading)));
    }

    private static List<String> names(String texts) {
        return Arrays.stream(texts.split("\\|")).map(String::strip).toList();
    }

    private static String plain(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[\\s\\p{Z}_-]", "");
    }
}
