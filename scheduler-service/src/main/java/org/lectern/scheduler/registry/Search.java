package org.lectern.scheduler.registry;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.http.Cursor;

/** Builds an HQL condition from a caller's criteria. Every value is a parameter, never text. */
public final class Search {

    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> values = new HashMap<>();

    /** Adds a condition with its one parameter, named {@code name}, unless there is no value. */
    public Search and(String condition, String name, @Nullable Object value) {
        if (value != null) {
            conditions.add(condition);
            values.put(name, value);
        }
        return this;
    }

    /** Matches the text anywhere in one of these columns; {@code search_form} folds both sides. */
    public Search text(@Nullable String text, String... columns) {
        if (text != null && !text.isBlank()) {
            List<String> either = new ArrayList<>();
            for (String column : columns) {
                either.add("cast(strpos(search_form(" + column + "), search_form(:text)) as integer) > 0");
            }
            and("(" + String.join(" or ", either) + ")", "text", text);
        }
        return this;
    }

    /** Continues after a cursor of a list ordered by code. */
    public Search after(@Nullable Cursor cursor) {
        return and("code > :after", "after", cursor == null ? null : cursor.key());
    }

    public String condition() {
        return conditions.isEmpty() ? "1 = 1" : String.join(" and ", conditions);
    }

    public Map<String, Object> values() {
        return values;
    }
}
