package org.lectern.notification.outbound;

import org.jspecify.annotations.Nullable;

/** The result of a call. */
public sealed interface Answer {

    /**
     * A response.
     *
     * @param retryAfter the {@code Retry-After} header
     * @param body the requested first part of the body; must not be stored
     */
    record Answered(int status, @Nullable String retryAfter, byte[] body) implements Answer {
        @Override
        public String toString() {
            return "answered " + status;
        }
    }

    /** Not called: the name resolves to an address that this service may not call. */
    record NotAllowed() implements Answer {}

    /** No response. */
    record Failed(String reason) implements Answer {}
}
