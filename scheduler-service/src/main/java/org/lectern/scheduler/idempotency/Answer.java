package org.lectern.scheduler.idempotency;

import org.jspecify.annotations.Nullable;

/** The answer to a request, as stored for its repeats. */
public record Answer(
        int status, @Nullable String location, @Nullable String etag, String body, boolean replayed) {

    public static Answer created(String location, String etag, String body) {
        return new Answer(201, location, etag, body, false);
    }

    /** An answer without a version. */
    public static Answer ok(String body) {
        return new Answer(200, null, null, body, false);
    }

    public static Answer ok(String etag, String body) {
        return new Answer(200, null, etag, body, false);
    }
}
