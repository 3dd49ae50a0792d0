package org.lectern.notification.calendar;

import java.util.List;
import org.lectern.chassis.problem.Refusal;

/** There are as many addresses of this calendar as there may be. */
final class TooManyFeeds extends Refusal {

    TooManyFeeds(int most) {
        super(409, "too-many-feeds", List.of(), most);
    }
}
