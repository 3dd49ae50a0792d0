package org.lectern.chassis.problem;

import org.jspecify.annotations.Nullable;

/** Maps a violated database constraint to the refusal for the caller. Services implement it as beans. */
public interface ConstraintRefusals {

    /** The refusal for this constraint; null if the caller did not cause the failure. */
    @Nullable
    Refusal refusal(String constraint);
}
