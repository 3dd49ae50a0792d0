package org.lectern.notification.outbound;

import org.jspecify.annotations.Nullable;

/** What came of a call. */
public sealed interface Answer {

    /**
     * There was one.
     *
     * @param retryAfter the header of that name
     * @param body as much of it as was asked for; to be read, never kept
     */
    record Answered(int status, @Nullable String retryAfter, byte[] body) implements Answer {
        @Override
        public String toString() {
            return "answered " + status;
        }
    }

    /** It was not dialled: the name leads to where this service may not call. */
    record NotAllowed() implements Answer {}

    /** There was none. */
    record Failed(String reason) implements Answer {}
}
