package org.lectern.chassis.problem;

import org.jspecify.annotations.Nullable;

/** Says what it means to a caller that a change breaks a constraint of the database. Implemented by beans of a service. */
public interface ConstraintRefusals {

    /** The refusal for the constraint of that name; nothing where it is not the caller's failure. */
    @Nullable
    Refusal refusal(String constraint);
}
