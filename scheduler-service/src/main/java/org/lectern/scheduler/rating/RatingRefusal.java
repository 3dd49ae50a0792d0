package org.lectern.scheduler.rating;

import java.util.List;
import org.lectern.chassis.problem.Refusal;

/** A lecture that cannot be rated. */
abstract sealed class RatingRefusal extends Refusal {

    private RatingRefusal(String code) {
        super(409, code, List.of());
    }

    /** The lecture is not recorded as held. */
    static final class NotHeld extends RatingRefusal {
        NotHeld() {
            super("lecture-not-held");
        }
    }

    /** The time to rate is over. */
    static final class Closed extends RatingRefusal {
        Closed() {
            super("rating-closed");
        }
    }
}
