package org.lectern.scheduler.planning.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.constraints.Min;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Another search for a plan. */
@Schema(name = "PlanSearchRequest")
@JsonInclude(JsonInclude.Include.NON_NULL)
record SearchAgain(
        @Schema(description = "By default as before", examples = "30") @Min(1) @Nullable
        Integer seconds,

        @Schema(description = "By default as before; another one leads to another plan", examples = "2") @Nullable
        Long seed) {}
