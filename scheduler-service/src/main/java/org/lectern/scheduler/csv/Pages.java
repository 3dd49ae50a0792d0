package org.lectern.scheduler.csv;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Transactions;

/**
 * A list of any length, read page by page. Memory holds one page, and no transaction stays open for a slow reader.
 * Concurrent changes are visible when their page is read.
 */
@FunctionalInterface
public interface Pages<T> {

    /** The page size. */
    int SIZE = 500;

    /** The next items in list order, after the last item of the previous page. */
    List<T> after(@Nullable T last, int most);

    /** The first page. Invalid criteria fail here, before anything is sent. */
    default List<T> first() {
        return Transactions.inNew(() -> after(null, SIZE));
    }

    /** Passes on this page and all later ones. */
    default void each(List<T> first, Consumer<T> consumer) {
        List<T> page = first;
        while (!page.isEmpty()) {
            page.forEach(consumer);
            if (page.size() < SIZE) {
                return;
            }
            T last = page.getLast();
            page = Transactions.inNew(() -> after(last, SIZE));
        }
    }
}
