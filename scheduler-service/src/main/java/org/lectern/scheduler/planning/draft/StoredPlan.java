package org.lectern.scheduler.planning.draft;

import java.time.Instant;
import java.time.ZoneId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A plan as it is stored, without its items. */
public record StoredPlan(
        UUID id,
        int version,
        UUID campaignId,
        String campaignCode,
        String campaignName,
        ZoneId zone,
        String name,
        Purpose purpose,
        PlanState state,
        PlanRequest terms,
        int seconds,
        long seed,
        @Nullable Instant factsAt,
        @Nullable Figures figures,
        @Nullable String failure,
        @Nullable Publishing publication,
        Instant createdAt,
        String createdBy,
        Instant updatedAt) {}
