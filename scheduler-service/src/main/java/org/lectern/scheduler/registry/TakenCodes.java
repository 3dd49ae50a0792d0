package org.lectern.scheduler.registry;

import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.problem.ConstraintRefusals;
import org.lectern.chassis.problem.Refusal;

/** Two concurrent requests may use the same code; the database refuses the later one. */
@ApplicationScoped
class TakenCodes implements ConstraintRefusals {

    @Override
    public @Nullable Refusal refusal(String constraint) {
        return constraint.endsWith("_code_unique") ? new CodeTaken() : null;
    }
}
