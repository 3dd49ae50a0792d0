package org.lectern.scheduler.exporting;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Transactions;

/**
 * A list of any length, read piece by piece: memory holds one page, and no transaction stays open while a slow reader
 * takes his time. What is changed meanwhile is seen as it is when its page is read.
 */
@FunctionalInterface
public interface Pages<T> {

    /** How many at a time. */
    int SIZE = 500;

    /** The next of the list, in its order, after the last one of the page before. */
    List<T> after(@Nullable T last, int most);

    /** The first page; what is wrong with the criteria shows here, before anything is sent. */
    default List<T> first() {
        return Transactions.inNew(() -> after(null, SIZE));
    }

    /** This page and all that come after it. */
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
