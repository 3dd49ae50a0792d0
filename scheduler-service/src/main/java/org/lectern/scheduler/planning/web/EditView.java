package org.lectern.scheduler.planning.web;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.lectern.scheduler.planning.web.PlanView.Component;
import org.lectern.scheduler.planning.web.PlanView.CostView;

/** The result of changes by hand. */
@Schema(name = "PlanEdited")
public record EditView(
        boolean dryRun,
        CostView before,
        CostView after,
        @Schema(examples = "47") double differenceMinutes,
        List<Component> components,

        @Schema(description = "In the language of `Accept-Language`")
        String text,

        @Schema(description = "The items that differ, as they are after the changes")
        List<PlanItemView> items,

        @Schema(description = "The plan after the changes, or as it is after a dry run")
        PlanView plan) {}
