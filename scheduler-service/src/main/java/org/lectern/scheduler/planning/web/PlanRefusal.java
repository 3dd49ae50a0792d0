package org.lectern.scheduler.planning.web;

import java.util.List;
import org.lectern.chassis.problem.Refusal;
import org.lectern.scheduler.planning.draft.PlanState;

/** Why something cannot be done with a plan. */
abstract sealed class PlanRefusal extends Refusal {

    private PlanRefusal(String code, Object... arguments) {
        super(409, code, List.of(), arguments);
    }

    /** A worker searches or publishes it. */
    static final class Busy extends PlanRefusal {
        Busy(PlanState state) {
            super("plan-busy", state.name());
            member("planState", state);
        }
    }

    /** Its lectures are booked: they are changed as bookings. */
    static final class Published extends PlanRefusal {
        Published() {
            super("plan-published");
        }
    }

    /** It has invented lecturers or days beyond the campaign. */
    static final class Hypothetical extends PlanRefusal {
        Hypothetical() {
            super("plan-hypothetical");
        }
    }

    /** There is nothing to publish or to repair. */
    static final class Empty extends PlanRefusal {
        Empty() {
            super("plan-empty");
        }
    }

    /** Its search failed or has not begun: there is nothing to work with. */
    static final class NotReady extends PlanRefusal {
        NotReady(PlanState state) {
            super("plan-not-ready", state.name());
            member("planState", state);
        }
    }

    /** A hand edit is impossible. */
    static final class EditRefused extends PlanRefusal {
        EditRefused(int number, String detail, List<ObstacleView> obstacles) {
            super("plan-edit-refused", number, detail);
            member("number", number);
            member("obstacles", obstacles);
        }
    }
}
