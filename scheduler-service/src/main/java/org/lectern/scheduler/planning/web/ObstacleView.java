package org.lectern.scheduler.planning.web;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.lectern.scheduler.planning.search.Obstacle;

/** Why an item does not fit into lecturers' days. */
@Schema(name = "PlanObstacle")
public record ObstacleView(
        Obstacle obstacle,

        @Schema(description = "The number of lecturers' days that meet this obstacle first", examples = "812")
        int count,

        @Schema(description = "In the language of `Accept-Language`")
        String text) {}
