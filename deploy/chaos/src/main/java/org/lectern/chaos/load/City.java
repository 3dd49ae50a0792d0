package org.lectern.chaos.load;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The parties of the load.
 *
 * @param venues coordinates by venue id
 * @param addresses addresses of branches and lecturers outside Lectern
 * @param canary part of secrets that only the scheduler's database may contain
 */
public record City(
        List<String> lecturers,
        List<String> topics,
        List<String> branches,
        Map<String, Coordinates> venues,
        List<Address> addresses,
        String canary) {

    /** Branches and lecturers: all that are notified. */
    public List<String> recipients() {
        return Stream.concat(branches.stream(), lecturers.stream()).toList();
    }

    /** Coordinates in degrees. */
    public record Coordinates(double latitude, double longitude) {}

    /** The address of a branch or a lecturer: an e-mail address, or a path of its own system. */
    public record Address(UUID endpoint, UUID branch, String address) {}
}
