package org.lectern.notification.calendar;

import java.util.List;
import org.lectern.chassis.problem.Refusal;

/** The owner has the largest allowed number of calendar feeds. */
final class TooManyFeeds extends Refusal {

    TooManyFeeds(int most) {
        super(409, "too-many-feeds", List.of(), most);
    }
}
