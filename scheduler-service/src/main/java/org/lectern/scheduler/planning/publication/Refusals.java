package org.lectern.scheduler.planning.publication;

import java.util.List;
import org.lectern.chassis.problem.InvalidRequest;
import org.lectern.chassis.problem.Violation;
import org.lectern.scheduler.booking.BookingAttempt.NotBooked;
import org.lectern.scheduler.booking.ChangeAssessment;
import org.lectern.scheduler.booking.ConflictingBooking;
import org.lectern.scheduler.booking.SoftRule.Objection;
import org.lectern.scheduler.planning.draft.Refused;

/** Why booking refused a lecture of a plan, in booking's own words. */
final class Refusals {

    static final Refused COVERED = new Refused("plan-item-covered", "plan.refused.covered", List.of());
    static final Refused HOLD_LOST = new Refused("plan-hold-lost", "plan.refused.hold-lost", List.of());
    static final Refused HOST_REFUSED = new Refused("plan-host-refused", "plan.refused.host", List.of());
    static final Refused CHANGED = new Refused("plan-booking-changed", "plan.refused.booking-changed", List.of());

    private Refusals() {}

    static Refused of(NotBooked refused) {
        return refused.conflicts().isEmpty()
                ? of(refused.objections().getFirst())
                : of(refused.conflicts().getFirst());
    }

    static Refused of(ConflictingBooking conflict) {
        return new Refused(
                conflict.resource() + "-occupied",
                "occupied." + conflict.resource(),
                List.of(conflict.start().toString(), conflict.end().toString()));
    }

    private static Refused of(Objection objection) {
        return new Refused(
                objection.code(),
                objection.violation().key(),
                objection.violation().arguments());
    }

    static Refused of(InvalidRequest invalid) {
        return of(invalid.violations().getFirst());
    }

    static Refused of(Violation violation) {
        return new Refused(violation.key(), violation.key(), violation.arguments());
    }

    static Refused of(ChangeAssessment impossible) {
        if (!impossible.violations().isEmpty()) {
            return of(impossible.violations().getFirst());
        }
        return impossible.conflicts().isEmpty()
                ? of(impossible.objections().getFirst())
                : of(impossible.conflicts().getFirst());
    }
}
