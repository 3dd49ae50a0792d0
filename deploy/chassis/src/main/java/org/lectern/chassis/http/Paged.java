package org.lectern.chassis.http;

import org.jspecify.annotations.Nullable;

/**
 * An answer that holds one page of a list beside other members; {@link ListCursors} binds its cursor like that of a
 * page.
 */
public interface Paged {

    /** The position of the next page; null on the last page. */
    @Nullable
    String nextCursor();

    /** The same answer with another form of that position. */
    Paged withCursor(String cursor);
}
