package org.lectern.chassis.http;

import jakarta.ws.rs.container.ContainerRequestContext;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.problem.InvalidRequest;

/** Refuses a range that ends before it begins, on every list: an empty answer would hide the mistake. */
class OrderedRanges {

    /** The parameters that end a range, and those that begin it. */
    private static final Map<String, List<String>> BEGIN =
            Map.of("to", List.of("from"), "until", List.of("from", "since"));

    @ServerRequestFilter
    void check(ContainerRequestContext request) {
        var parameters = request.getUriInfo().getQueryParameters();
        BEGIN.forEach((last, firsts) -> {
            Instant end = moment(parameters.getFirst(last));
            for (String first : firsts) {
                Instant begin = moment(parameters.getFirst(first));
                if (begin != null && end != null && end.isBefore(begin)) {
                    throw new InvalidRequest("?" + last, "range.reversed", first);
                }
            }
        });
    }

    /** The time or date; null if there is none, or none that can be read. */
    private static @Nullable Instant moment(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            // not a time
        }
        try {
            return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeException e) {
            return null; // refused where it is read
        }
    }
}
