package org.lectern.scheduler.planning.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.planning.draft.Publishing.OnRefusal;

/** How a plan is published. */
@Schema(name = "PlanPublishRequest")
@JsonInclude(JsonInclude.Include.NON_NULL)
record PublishRequest(
        @Schema(description = "NOTHING by default: if a lecture cannot be booked, none is") @Nullable
        OnRefusal onRefusal) {}
