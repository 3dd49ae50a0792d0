package org.lectern.scheduler.request;

import java.util.List;
import org.lectern.chassis.problem.Refusal;
import org.lectern.chassis.problem.Violation;

/** The lecture does not lie within any window of the request; an organizer who has asked the branch may override it. */
final class OutsideWindows extends Refusal {
    OutsideWindows(List<Window> windows) {
        super(409, "outside-windows", List.of(new Violation("/start", "request.outside-windows")));
        member("overridable", true);
        member("windows", windows);
    }
}
