package org.lectern.notification.calendar;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.lectern.notification.calendar.CalendarFeeds.FeedContent;

/** Serves calendar feeds. There is no login: the address is the secret. */
@RunOnVirtualThread
@Path("/feeds/{token: [A-Za-z0-9_-]{43}}.ics")
@Tag(name = "Calendars")
class FeedResource {

    private static final String MEDIA_TYPE = "text/calendar;charset=UTF-8";

    private final CalendarFeeds feeds;
    private final Clock clock;

    @Inject
    FeedResource(CalendarFeeds feeds, Clock clock) {
        this.feeds = feeds;
        this.clock = clock;
    }

    @GET
    @PermitAll
    @Operation(
            operationId = "readCalendarFeed",
            summary = "Read a subscribed calendar as iCalendar",
            description = "Upcoming lectures and those of the last 90 days; cancelled lectures appear as "
                    + "CANCELLED for 30 days. Times are UTC. Use `If-None-Match` or `If-Modified-Since` to read "
                    + "changes only.")
    @APIResponse(
            responseCode = "200",
            description = "The calendar",
            headers =
                    @Header(
                            name = "Cache-Control",
                            schema = @Schema(type = SchemaType.STRING, examples = "private, no-cache")),
            content = @Content(mediaType = "text/calendar", schema = @Schema(type = SchemaType.STRING)))
    public Response read(
            @PathParam("token") String token,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch,
            @Parameter(description = "The `Last-Modified` of an earlier answer; `If-None-Match` comes first")
                    @HeaderParam(HttpHeaders.IF_MODIFIED_SINCE)
                    @Nullable
                    String ifModifiedSince) {
        FeedContent content = feeds.read(token);
        var response = Response.ok(content.calendar(), MEDIA_TYPE)
                .header(HttpHeaders.ETAG, tag(content.digest()))
                .header(HttpHeaders.CACHE_CONTROL, "private, no-cache")
                .header("Referrer-Policy", "no-referrer");
        Instant second = content.changedAt().truncatedTo(ChronoUnit.SECONDS);
        if (second.plusSeconds(1).isBefore(clock.instant())) {
            // a further change within that second would not show in an HTTP date
            response.header(
                    HttpHeaders.LAST_MODIFIED,
                    DateTimeFormatter.RFC_1123_DATE_TIME.format(second.atOffset(ZoneOffset.UTC)));
        }
        return response.build();
    }

    private static String tag(byte[] digest) {
        return "\"" + Base64.getUrlEncoder().withoutPadding().encodeToString(digest) + "\"";
    }
}
