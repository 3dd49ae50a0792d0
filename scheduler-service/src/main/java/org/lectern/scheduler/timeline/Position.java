package org.lectern.scheduler.timeline;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.problem.InvalidRequest;
import org.lectern.scheduler.audit.Horizon;

/**
 * The position of a caller in the changes of one timeline; opaque to callers.
 *
 * @param incarnation of the database: a restore makes every position before it meaningless
 * @param criteria a hash of the criteria; changes under other criteria would leave gaps
 */
record Position(UUID incarnation, int criteria, @Nullable Horizon horizon) {

    Position at(Horizon now) {
        return new Position(incarnation, criteria, now);
    }

    String encoded() {
        Horizon there = horizon;
        String text = incarnation + " " + criteria + " " + (there == null ? "" : there.snapshot());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The horizon of a cursor that this timeline issued; null for one of a database before a restore: its caller reads
     * everything again.
     *
     * @throws InvalidRequest when the cursor is none of this timeline
     */
    @Nullable
    Horizon since(String cursor) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            String[] parts = text.split(" ", -1);
            if (parts.length == 3 && parts[1].equals(Integer.toString(criteria))) {
                boolean same = UUID.fromString(parts[0]).equals(incarnation);
                Horizon horizon = Horizon.of(parts[2]).orElseThrow(IllegalArgumentException::new);
                return same ? horizon : null;
            }
        } catch (IllegalArgumentException e) {
            // refused below
        }
        throw new InvalidRequest("?changedSince", "cursor.not-ours");
    }
}
