package org.lectern.scheduler.request;

import java.util.List;
import org.lectern.chassis.problem.Flaw;
import org.lectern.chassis.problem.Refusal;

/** The lecture does not lie within any window of the request; an organizer who has asked the branch may override it. */
final class OutsideWindows extends Refusal {
    OutsideWindows(List<Window> windows) {
        super(409, "outside-windows", List.of(new Flaw("/start", "request.outside-windows")));
        member("overridable", true);
        member("windows", windows);
    }
}
