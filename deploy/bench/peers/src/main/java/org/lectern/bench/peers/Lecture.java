package org.lectern.bench.peers;

import ai.timefold.solver.core.api.domain.entity.PlanningEntity;
import ai.timefold.solver.core.api.domain.lookup.PlanningId;
import ai.timefold.solver.core.api.domain.variable.InverseRelationShadowVariable;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.planning.search.Instance;

/** A visit, for Timefold. */
@PlanningEntity
public class Lecture {

    @PlanningId
    private int number;

    private Instance.Visit visit = Instance.Visit.at(0, 0, 0);

    @InverseRelationShadowVariable(sourceVariableName = "lectures")
    private @Nullable Tour tour;

    /** For Timefold, which clones. */
    public Lecture() {}

    Lecture(int number, Instance.Visit visit) {
        this.number = number;
        this.visit = visit;
    }

    int number() {
        return number;
    }

    Instance.Visit visit() {
        return visit;
    }

    int place() {
        return visit.options().getFirst().place();
    }

    @Nullable
    Tour tour() {
        return tour;
    }

    int lecturer() {
        Tour placed = tour;
        return placed == null ? Instance.NOWHERE : placed.lecturer();
    }

    int week() {
        Tour placed = tour;
        return placed == null ? Instance.NOWHERE : placed.week();
    }
}
