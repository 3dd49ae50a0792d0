package org.lectern.scheduler.booking;

import java.util.List;
import org.lectern.chassis.problem.Refusal;

/** An organizer holds as many slots as one may: holds are for deciding, not for keeping others out. */
final class TooManyHolds extends Refusal {
    TooManyHolds(int most) {
        super(409, "too-many-holds", List.of(), most);
        member("most", most);
    }
}
