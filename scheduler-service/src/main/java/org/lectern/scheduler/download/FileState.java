package org.lectern.scheduler.download;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Sql;
import org.lectern.chassis.problem.Messages;
import org.lectern.scheduler.security.Caller;

/**
 * Validators of files (RFC 9110 section 8.8), so that a caller who has the file need not get it again. The tag covers
 * every row of the tables a file is written from, the address, the language and the caller: it may change without the
 * file, but the file never changes without it.
 */
@ApplicationScoped
public class FileState {

    private static final int BYTES_OF_TAG = 15;

    /** A change within the same second would not show in an HTTP date. */
    private static final Duration SETTLED = Duration.ofSeconds(1);

    private final Sql sql;
    private final Clock clock;
    private final Caller caller;
    private final Messages messages;
    private final UriInfo address;

    @Inject
    FileState(Sql sql, Clock clock, Caller caller, Messages messages, @Context UriInfo address) {
        this.sql = sql;
        this.clock = clock;
        this.caller = caller;
        this.messages = messages;
        this.address = address;
    }

    private record State(String text, @Nullable Instant changed) {}

    /**
     * Adds the validators of a file that is written from these tables; each has a version and the time of its change.
     */
    public Response.ResponseBuilder validators(Response.ResponseBuilder file, String... tables) {
        List<State> states = new ArrayList<>();
        for (String table : tables) {
            states.addAll(sql.list(
                    "SELECT concat_ws(' ', count(*), sum(version), extract(epoch FROM max(updated_at)), "
                            + (table.equals("booking")
                                    ? "count(*) FILTER (WHERE is_overdue(status, hold_expires_at))"
                                    : "0")
                            + ") AS state, max(updated_at) AS changed FROM " + table,
                    row -> new State(row.text("state"), row.timeOrNull("changed"))));
        }
        states.stream()
                .map(State::changed)
                .filter(changed -> changed != null)
                .max(Instant::compareTo)
                .filter(changed -> changed.isBefore(clock.instant().minus(SETTLED)))
                .ifPresent(changed -> file.header(
                        HttpHeaders.LAST_MODIFIED,
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                changed.truncatedTo(ChronoUnit.SECONDS).atOffset(ZoneOffset.UTC))));
        String state = String.join(
                "\n",
                String.valueOf(address.getRequestUri()),
                messages.language(),
                caller.name(),
                caller.confinedTo().toString(),
                states.toString());
        return file.header(HttpHeaders.ETAG, tag(digest().digest(state.getBytes(StandardCharsets.UTF_8))));
    }

    /** Adds a tag of the content; for files that change with time alone, without a new version. */
    public static Response.ResponseBuilder tagged(Response.ResponseBuilder file, StreamingOutput content) {
        var out = new DigestOutputStream(OutputStream.nullOutputStream(), digest());
        try {
            content.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file.header(HttpHeaders.ETAG, tag(out.getMessageDigest().digest()));
    }

    private static String tag(byte[] digest) {
        return "W/\"" + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, BYTES_OF_TAG))
                + '"';
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
