package org.lectern.chassis.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.database.Text;
import org.lectern.chassis.problem.InvalidRequest;

/**
 * Position in a list: the sort key and id of the last item shown. Opaque to callers. Forging one reveals nothing,
 * because every page is filtered by the caller's permissions.
 */
public record Cursor(String key, UUID id) {

    private static final Instant FIRST = Instant.parse("1800-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("2300-01-01T00:00:00Z");

    /** Decodes the cursor a caller sent, or returns null if there is none. */
    public static @Nullable Cursor of(@Nullable String encoded) {
        if (encoded == null) {
            return null;
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(encoded);
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (text.length() > 37 && text.charAt(36) == ' ' && Text.isStorable(text)) {
                return new Cursor(text.substring(37), UUID.fromString(text.substring(0, 36)));
            }
        } catch (IllegalArgumentException | CharacterCodingException e) {
            // falls through: any defect means that we did not issue this cursor
        }
        throw new InvalidRequest("?cursor", "cursor.not-ours");
    }

    /** Decodes the cursor of a list sorted by time, or returns null if there is none. */
    public static @Nullable Cursor ofTime(@Nullable String encoded) {
        Cursor cursor = of(encoded);
        if (cursor != null) {
            cursor.moment(); // refuses any other key
        }
        return cursor;
    }

    /** The key as an instant, for lists sorted by time. Refuses instants outside PostgreSQL's range. */
    public Instant moment() {
        try {
            Instant moment = Instant.parse(key);
            if (moment.isAfter(FIRST) && moment.isBefore(LAST)) {
                return moment;
            }
        } catch (DateTimeException e) {
            // refused below
        }
        throw new InvalidRequest("?cursor", "cursor.not-ours");
    }

    public String encoded() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((id + " " + key).getBytes(StandardCharsets.UTF_8));
    }
}
