package org.lectern.scheduler.request;

import java.util.List;
import org.lectern.chassis.problem.Refusal;
import org.lectern.chassis.problem.Violation;

/** The lecture is outside the windows of the request; an organizer may override this after asking the branch. */
final class OutsideWindows extends Refusal {
    OutsideWindows(List<Window> windows) {
        super(409, "outside-windows", List.of(new Violation("/start", "request.outside-windows")));
        member("overridable", true);
        member("windows", windows);
    }
}
