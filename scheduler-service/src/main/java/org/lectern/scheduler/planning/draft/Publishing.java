package org.lectern.scheduler.planning.draft;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A publication of a plan: it holds every slot, then confirms all holds, or releases them. */
public record Publishing(
        OnRefusal onRefusal,
        Phase phase,
        Outcome outcome,
        int total,
        int held,
        int confirmed,
        int refused,
        String actor,
        Instant startedAt,
        @Nullable Instant endedAt) {

    /** What happens when a lecture cannot be booked. */
    @Schema(name = "PlanOnRefusal")
    public enum OnRefusal {
        /** Nothing is booked. */
        NOTHING,
        /** All others are booked. */
        BOOK_THE_REST
    }

    /** What is being done. */
    @Schema(name = "PlanPublicationPhase")
    public enum Phase {
        HOLDING,
        CONFIRMING,
        RELEASING,
        DONE
    }

    /** How it ended. */
    @Schema(name = "PlanPublicationOutcome")
    public enum Outcome {
        RUNNING,
        PUBLISHED,
        /** Booked without the lectures that were refused. */
        PARTLY,
        /** Nothing was booked: a lecture was refused. */
        REFUSED,
        /** Nothing was booked: an organizer cancelled it. */
        CANCELLED
    }

    public static Publishing begun(OnRefusal onRefusal, int total, String actor, Instant now) {
        return new Publishing(onRefusal, Phase.HOLDING, Outcome.RUNNING, total, 0, 0, 0, actor, now, null);
    }

    public Publishing in(Phase next, int nowHeld, int nowConfirmed, int nowRefused) {
        return new Publishing(
                onRefusal, next, outcome, total, nowHeld, nowConfirmed, nowRefused, actor, startedAt, endedAt);
    }

    public Publishing ended(Outcome as, Instant now) {
        return new Publishing(onRefusal, Phase.DONE, as, total, held, confirmed, refused, actor, startedAt, now);
    }
}
