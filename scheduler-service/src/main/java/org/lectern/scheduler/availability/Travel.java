package org.lectern.scheduler.availability;

import org.jspecify.annotations.Nullable;

/** How long a lecturer travels. */
interface Travel {

    /** Whole minutes, rounded up; none when one of the places is not known. */
    int minutes(@Nullable Spot from, @Nullable Spot to);
}
