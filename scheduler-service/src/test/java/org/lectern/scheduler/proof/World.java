package org.lectern.scheduler.proof;

import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The facts that a judge needs beside the history.
 *
 * @param places coordinates of venues; a venue without coordinates is at an unknown place
 * @param knownMinutes travel times entered for pairs of venues
 * @param parallel branches that may have several lectures at once
 * @param strict lecturers without overrides and with known places only: their travel is judged at every moment,
 *     not only when a lecture is placed
 */
public record World(
        Set<UUID> lecturers,
        Set<UUID> strict,
        Map<UUID, Point> places,
        Map<Set<UUID>, Integer> knownMinutes,
        Set<UUID> parallel,
        double kilometresPerHour,
        double detour) {

    /** In degrees. */
    public record Point(double latitude, double longitude) {}
}
