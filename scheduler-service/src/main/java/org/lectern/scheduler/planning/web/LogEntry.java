package org.lectern.scheduler.planning.web;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.lectern.scheduler.planning.draft.Plans;

/** Something that happened to a plan. */
@Schema(name = "PlanLogEntry")
public record LogEntry(
        Instant at,

        @Schema(description = "Who did it; `system` for a worker")
        String actor,

        @Schema(
                description =
                        "CREATED, SEARCHED, CONTINUED, REPLANNED, EDITED, CANCELLED, FAILED, PUBLISHING, PUBLISHED, "
                                + "PUBLISHED_PARTLY or REFUSED",
                examples = "EDITED")
        String action) {

    static LogEntry of(Plans.Entry entry) {
        return new LogEntry(entry.at(), entry.actor(), entry.action());
    }
}
