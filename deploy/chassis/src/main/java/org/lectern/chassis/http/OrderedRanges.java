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
import org.lectern.chassis.time.Years;

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

    /** The time or date; null if there is none that is valid: the parameter itself is refused where it is read. */
    private static @Nullable Instant moment(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            OffsetDateTime time = OffsetDateTime.parse(text);
            return Years.accept(time) ? time.toInstant() : null;
        } catch (DateTimeException e) {
            // not a time
        }
        try {
            OffsetDateTime day = LocalDate.parse(text).atStartOfDay().atOffset(ZoneOffset.UTC);
            return Years.accept(day) ? day.toInstant() : null;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
