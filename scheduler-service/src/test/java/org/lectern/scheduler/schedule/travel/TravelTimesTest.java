package org.lectern.scheduler.schedule.travel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lectern.scheduler.schedule.travel.TravelTimes.Known;

/** How long a lecturer travels between two places. */
class TravelTimesTest {

    private static final UUID VENUE = UUID.randomUUID();
    private static final UUID BRANCH = UUID.randomUUID();
    private static final UUID OTHER_VENUE = UUID.randomUUID();
    private static final UUID OTHER_BRANCH = UUID.randomUUID();
    private static final Location HERE = new Location(VENUE, BRANCH, 30.0, 120.0);
    private static final Location THERE = new Location(OTHER_VENUE, OTHER_BRANCH, 30.0, 121.0);

    private static TravelTimes times(Map<Set<UUID>, Known> known) {
        return new TravelTimes(60, 1, known);
    }

    @ParameterizedTest(name = "{0} km/h, detour {1}: {2} minutes")
    @CsvSource({"60, 1, 97", "60, 1.3, 126", "30, 1, 193", "30, 1.3, 251"})
    void withoutKnownPair_distanceDetourAndSpeedCount(double speed, double detour, int minutes) {
        // a degree of longitude at 30° north is 96.297 km
        assertThat(new TravelTimes(speed, detour, Map.of()).minutes(HERE, THERE))
                .hasValue(minutes);
    }

    @Test
    void samePoint_takesNoTime() {
        var sameCoordinates = new Location(OTHER_VENUE, OTHER_BRANCH, 30.0, 120.0);

        assertThat(times(Map.of()).minutes(HERE, sameCoordinates)).hasValue(0);
    }

    @Test
    void sameVenue_takesNoTimeWhateverItsCoordinates() {
        assertThat(times(Map.of()).minutes(HERE, new Location(VENUE, null, null, null)))
                .hasValue(0);
    }

    @Test
    void otherSideOfTheEarth_takesTwoDaysAtMost() {
        assertThat(times(Map.of()).minutes(Location.at(0.0, 0.0), Location.at(0.0, 180.0)))
                .hasValue(2880);
    }

    @Test
    void placeWithoutCoordinatesOrKnownPair_isUnknown() {
        assertThat(times(Map.of()).minutes(HERE, new Location(OTHER_VENUE, null, null, null)))
                .isEmpty();
        assertThat(times(Map.of()).minutes(new Location(OTHER_VENUE, null, 30.0, null), HERE))
                .isEmpty();
        assertThat(times(Map.of()).minutes(null, HERE)).isEmpty();
        assertThat(times(Map.of()).minutes(HERE, null)).isEmpty();
    }

    @Test
    void knownPair_countsInBothDirections() {
        TravelTimes times = times(Map.of(Set.of(VENUE, OTHER_VENUE), new Known(25, false)));

        assertThat(times.minutes(HERE, THERE)).hasValue(25);
        assertThat(times.minutes(THERE, HERE)).hasValue(25);
    }

    @Test
    void pairOfVenues_countsMoreThanPairOfBranches() {
        TravelTimes times = times(Map.of(
                Set.of(VENUE, OTHER_VENUE),
                new Known(25, false),
                Set.of(VENUE, OTHER_BRANCH),
                new Known(26, false),
                Set.of(BRANCH, OTHER_BRANCH),
                new Known(27, false)));

        assertThat(times.minutes(HERE, THERE)).hasValue(25);
        assertThat(times.minutes(new Location(VENUE, BRANCH, null, null), new Location(null, OTHER_BRANCH, null, null)))
                .hasValue(26);
        assertThat(times.minutes(new Location(null, BRANCH, null, null), THERE)).hasValue(27);
    }

    @Test
    void enteredTime_takesPrecedenceOverTheProvider() {
        TravelTimes times = times(Map.of(
                Set.of(VENUE, OTHER_VENUE), new Known(25, true), Set.of(BRANCH, OTHER_BRANCH), new Known(40, false)));

        assertThat(times.minutes(HERE, THERE)).hasValue(40);
    }

    @Test
    void providerTime_isThatOfTheNearestPair() {
        TravelTimes times = times(Map.of(
                Set.of(VENUE, OTHER_BRANCH), new Known(30, true), Set.of(BRANCH, OTHER_BRANCH), new Known(40, true)));

        assertThat(times.minutes(HERE, THERE)).hasValue(30);
    }

    @Test
    void pairOfOneBranch_isNoPair() {
        var otherRoom = new Location(OTHER_VENUE, BRANCH, 30.0, 120.0);

        assertThat(times(Map.of()).minutes(HERE, otherRoom)).hasValue(0);
    }
}
