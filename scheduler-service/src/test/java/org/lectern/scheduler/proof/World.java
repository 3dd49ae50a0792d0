package org.lectern.scheduler.proof;

import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The facts a judge must know beside the history: who exists and where.
 *
 * @param places coordinates of venues; a venue without any is somewhere
 * @param knownMinutes what was entered for pairs of venues
 * @param parallel branches that may be at several lectures at once
 * @param strict lecturers for whom no rule was lifted and whose lectures are all somewhere known: their ways are judged
 *     at every moment, not only when a lecture is placed
 */
public record World(
        Set<UUID> lecturers,
        Set<UUID> strict,
        Map<UUID, Point> places,
        Map<Set<UUID>, Integer> knownMinutes,
        Set<UUID> parallel,
        double kilometresPerHour,
        double detour) {

    /** Degrees. */
    public record Point(double latitude, double longitude) {}
}
