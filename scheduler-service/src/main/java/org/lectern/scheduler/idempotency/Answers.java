package org.lectern.scheduler.idempotency;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;

/** Converts stored answers to HTTP. */
public final class Answers {

    private Answers() {}

    /** The answer with its headers; a replayed answer is marked as such. */
    public static Response response(Answer answer) {
        var response = Response.status(answer.status())
                .type(MediaType.APPLICATION_JSON)
                .header(HttpHeaders.ETAG, answer.etag())
                .entity(answer.body());
        if (answer.location() != null) {
            response.location(URI.create(answer.location()));
        }
        if (answer.replayed()) {
            response.header("Idempotency-Replayed", "true");
        }
        return response.build();
    }
}
