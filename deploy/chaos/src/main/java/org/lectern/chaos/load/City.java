package org.lectern.chaos.load;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Whom there is to book and to tell.
 *
 * @param venues where they are, by their ids
 * @param addresses where branches are reached outside Lectern
 * @param canary part of secrets that only the scheduler's database may hold
 */
public record City(
        List<String> lecturers,
        List<String> topics,
        List<String> branches,
        Map<String, Coordinates> venues,
        List<Address> addresses,
        String canary) {

    /** A point on the earth, in degrees. */
    public record Coordinates(double latitude, double longitude) {}

    /** Where a branch is reached: its e-mail address, or the path of its own system. */
    public record Address(UUID endpoint, UUID branch, String address) {}
}
