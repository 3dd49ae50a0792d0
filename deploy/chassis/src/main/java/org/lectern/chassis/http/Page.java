package org.lectern.chassis.http;

import java.util.List;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list in a stable order.
 *
 * @param nextCursor send it as {@code cursor} to get the next page; absent on the last page
 */
public record Page<T>(
        List<T> items,

        @Schema(description = "Send it as `cursor` for the next page; absent on the last page") @Nullable
        String nextCursor) {

    /**
     * Builds a page from query results.
     *
     * @param found at most {@code limit + 1} rows; the extra row shows that there is a next page
     */
    public static <R, T> Page<T> of(List<R> found, int limit, Function<R, T> view, Function<R, Cursor> cursor) {
        boolean more = found.size() > limit;
        List<R> shown = more ? found.subList(0, limit) : found;
        return new Page<>(
                shown.stream().map(view).toList(),
                more ? cursor.apply(shown.getLast()).encoded() : null);
    }
}
