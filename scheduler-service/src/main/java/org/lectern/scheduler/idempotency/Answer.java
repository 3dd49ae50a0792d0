package org.lectern.scheduler.idempotency;

import org.jspecify.annotations.Nullable;

/** What was answered to a request, as far as it is kept for its repeats. */
public record Answer(int status, @Nullable String location, String etag, String body, boolean replayed) {

    public static Answer created(String location, String etag, String body) {
        return new Answer(201, location, etag, body, false);
    }

    public static Answer ok(String etag, String body) {
        return new Answer(200, null, etag, body, false);
    }
}
