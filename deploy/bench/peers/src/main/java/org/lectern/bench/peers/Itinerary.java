package org.lectern.bench.peers;

import ai.timefold.solver.core.api.domain.solution.PlanningEntityCollectionProperty;
import ai.timefold.solver.core.api.domain.solution.PlanningScore;
import ai.timefold.solver.core.api.domain.solution.PlanningSolution;
import ai.timefold.solver.core.api.domain.valuerange.ValueRangeProvider;
import ai.timefold.solver.core.api.score.buildin.hardmediumsoftlong.HardMediumSoftLongScore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All tours and lectures, for Timefold. */
@PlanningSolution
public class Itinerary {

    @PlanningEntityCollectionProperty
    @ValueRangeProvider
    private List<Lecture> lectures = List.of();

    @PlanningEntityCollectionProperty
    private List<Tour> tours = List.of();

    @PlanningScore
    private @Nullable HardMediumSoftLongScore score;

    /** For Timefold, which clones. */
    public Itinerary() {}

    Itinerary(List<Lecture> lectures, List<Tour> tours) {
        this.lectures = lectures;
        this.tours = tours;
    }

    List<Tour> tours() {
        return tours;
    }

    @Nullable
    HardMediumSoftLongScore score() {
        return score;
    }
}
