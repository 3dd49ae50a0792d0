package org.lectern.scheduler.booking;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Several changes that are made together or not at all.
 *
 * @param changes at most one for each booking
 * @param detaching whether an occurrence of a series leaves its pattern by the change, because it is not the series that
 *     is changed
 */
public record ChangeOrder(
        List<? extends Change> changes,
        String reason,
        @Nullable RuleOverride override,
        boolean detaching,
        String actor) {}
