package org.lectern.scheduler.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lectern.scheduler.proof.Chronicle.Version;
import org.lectern.scheduler.proof.Judge.Complaint;
import org.lectern.scheduler.proof.Judge.Kind;
import org.lectern.scheduler.proof.World.Point;

/** The judge reports each kind of broken history, and nothing else. */
class JudgeTest {

    private static final Instant NINE = Instant.parse("2026-12-01T01:00:00Z");
    private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");

    private final UUID lecturer = UUID.randomUUID();
    private final UUID here = UUID.randomUUID();
    /** 20.02 km away: 40 minutes. */
    private final UUID there = UUID.randomUUID();

    private final UUID nowhere = UUID.randomUUID();
    private final UUID college = UUID.randomUUID();
    private final World world = new World(
            Set.of(lecturer),
            Set.of(lecturer),
            Map.of(here, new Point(30, 120), there, new Point(30.18, 120)),
            Map.of(),
            Set.of(college),
            40,
            1.3);

    private final List<Version> versions = new ArrayList<>();
    private final Map<String, Integer> events = new HashMap<>();
    private int clock;

    @BeforeEach
    void nothingHasHappened() {
        clock = 0;
    }

    /** A builder of one version. */
    private final class Lecture {
        private final UUID id = UUID.randomUUID();
        private UUID who = UUID.randomUUID();
        private UUID where = UUID.randomUUID();
        private UUID host = UUID.randomUUID();
        private Set<UUID> guests = Set.of();
        private Set<String> overridden = Set.of();
        private int from;
        private int until = 60;
        private int number;
        private Instant expires;

        Lecture by(UUID someone) {
            who = someone;
            return this;
        }

        Lecture in(UUID place) {
            where = place;
            return this;
        }

        Lecture at(UUID branch, UUID... others) {
            host = branch;
            guests = Set.of(others);
            return this;
        }

        Lecture minutes(int begin, int end) {
            from = begin;
            until = end;
            return this;
        }

        Lecture lifting(String rule) {
            overridden = Set.of(rule);
            return this;
        }

        Lecture until(Instant expiry) {
            expires = expiry;
            return this;
        }

        Lecture then(String action) {
            return then(action, NOW.plusSeconds(++clock));
        }

        Lecture then(String action, Instant at) {
            String status = switch (action) {
                case "CANCELLED", "COMPLETED", "RELEASED", "EXPIRED", "HELD" -> action;
                case "EXTENDED" -> "HELD";
                default -> "CONFIRMED";
            };
            Instant start = NINE.plus(Duration.ofMinutes(from));
            Instant end = NINE.plus(Duration.ofMinutes(until));
            versions.add(new Version(
                    id,
                    ++number,
                    action,
                    at,
                    "actor " + ++clock,
                    overridden,
                    status,
                    who,
                    where,
                    host,
                    guests,
                    "lecture",
                    start,
                    end,
                    start,
                    end,
                    status.equals("CONFIRMED") ? null : expires));
            events.put(id + " " + number, 1);
            return this;
        }
    }

    private List<Complaint> complaints() {
        return judged(Map.of(), Set.of());
    }

    private List<Complaint> judged(Map<String, Integer> acknowledged, Set<String> refused) {
        return Judge.judge(world, new Chronicle(versions, events), acknowledged, refused);
    }

    private void assertOnly(Kind kind) {
        assertThat(complaints()).isNotEmpty().extracting(Complaint::kind).containsOnly(kind);
    }

    private void assertNothing() {
        assertThat(complaints()).isEmpty();
    }

    @Test
    void aLecturerAtTwoPlacesAtOnceIsSeen() {
        new Lecture().by(lecturer).in(nowhere).minutes(0, 60).then("CONFIRMED");
        new Lecture().by(lecturer).in(nowhere).minutes(200, 300).then("CONFIRMED");
        assertNothing();
        new Lecture().by(lecturer).minutes(59, 90).then("CONFIRMED");
        assertOnly(Kind.LECTURER);
    }

    @Test
    void aVenueWithTwoLecturesAtOnceIsSeen() {
        new Lecture().in(here).minutes(0, 60).then("CONFIRMED");
        new Lecture().in(here).minutes(60, 90).then("CONFIRMED");
        assertNothing();
        new Lecture().in(here).minutes(30, 40).then("HELD");
        assertOnly(Kind.VENUE);
    }

    @Test
    void branchAtTwoLectures_isSeenInEveryRole() {
        UUID branch = UUID.randomUUID();
        new Lecture().at(branch).minutes(0, 60).then("CONFIRMED");
        new Lecture().at(UUID.randomUUID(), branch).minutes(60, 120).then("CONFIRMED");
        assertNothing();
        new Lecture().at(UUID.randomUUID(), branch).minutes(59, 61).then("CONFIRMED");
        assertOnly(Kind.BRANCH);
        assertThat(complaints()).hasSize(2);
    }

    @Test
    void aBranchThatHoldsLecturesInParallelMayBeAtTwo() {
        new Lecture().at(college).then("CONFIRMED");
        new Lecture().at(UUID.randomUUID(), college).then("CONFIRMED");
        assertNothing();
    }

    @Test
    void endedLecture_isNoConflict() {
        new Lecture().in(here).then("CONFIRMED").then("CANCELLED");
        new Lecture().in(here).then("HELD").then("RELEASED");
        new Lecture().in(here).then("CONFIRMED").minutes(100, 200).then("CHANGED");
        new Lecture().in(here).then("CONFIRMED");
        assertNothing();
    }

    @Test
    void atomicExchangeOfSlots_isNoConflict() {
        var one = new Lecture().in(here).minutes(0, 60).then("CONFIRMED", NOW);
        var other = new Lecture().in(here).minutes(60, 120).then("CONFIRMED", NOW);
        one.minutes(60, 120).then("CHANGED", NOW.plusSeconds(1));
        other.minutes(0, 60).then("CHANGED", NOW.plusSeconds(1));
        assertNothing();
    }

    @Test
    void momentaryConflict_isSeen() {
        new Lecture().in(here).then("CONFIRMED", NOW).then("CANCELLED", NOW.plusSeconds(10));
        new Lecture().in(here).then("CONFIRMED", NOW.plusSeconds(9)).then("CANCELLED", NOW.plusSeconds(11));
        assertOnly(Kind.VENUE);
    }

    @Test
    void expiredHold_occupiesNothing() {
        new Lecture().in(here).until(NOW.plusSeconds(10)).then("HELD", NOW);
        new Lecture().in(here).then("CONFIRMED", NOW.plusSeconds(10));
        assertNothing();
        new Lecture().in(here).until(NOW.plusSeconds(10)).then("HELD", NOW.plusSeconds(9));
        assertOnly(Kind.VENUE);
    }

    @Test
    void tooLittleTravelTime_isSeen() {
        new Lecture().by(lecturer).in(here).minutes(0, 60).then("CONFIRMED");
        new Lecture().by(lecturer).in(there).minutes(101, 120).then("CONFIRMED");
        assertNothing();
        new Lecture().by(lecturer).in(here).minutes(159, 180).then("CONFIRMED");
        assertOnly(Kind.TRAVEL);
    }

    @Test
    void travelInterruptedByABroadcast_isTooShort() {
        new Lecture().by(lecturer).in(here).minutes(0, 60).then("CONFIRMED");
        new Lecture().by(lecturer).in(there).minutes(110, 120).then("CONFIRMED");
        assertNothing();
        new Lecture().by(lecturer).in(null).minutes(80, 90).then("CONFIRMED");
        assertOnly(Kind.TRAVEL);
    }

    @Test
    void travelThatBecameTooShort_isSeen() {
        var first = new Lecture()
                .by(lecturer)
                .in(here)
                .minutes(0, 60)
                .lifting("lecturer-travel")
                .then("CONFIRMED");
        assertNothing();
        new Lecture()
                .by(lecturer)
                .in(there)
                .minutes(61, 120)
                .lifting("lecturer-travel")
                .then("CONFIRMED");
        assertOnly(Kind.TRAVEL);
        assertThat(first.number).isEqualTo(1);
    }

    @Test
    void versionsWithAGapAreSeen() {
        var lecture = new Lecture().then("CONFIRMED");
        lecture.number++;
        lecture.then("CANCELLED");
        assertOnly(Kind.VERSIONS);
    }

    @Test
    void versionsThatGoBackInTimeAreSeen() {
        new Lecture().then("CONFIRMED", NOW.plusSeconds(5)).then("CANCELLED", NOW);
        assertOnly(Kind.VERSIONS);
    }

    @Test
    void changeOfAFinishedBooking_isSeen() {
        new Lecture().then("CONFIRMED").then("CANCELLED").then("CHANGED");
        assertOnly(Kind.STATES);
    }

    @Test
    void aVersionWithoutItsEventOrWithTwoIsSeen() {
        var lecture = new Lecture().then("CONFIRMED").then("CANCELLED");
        events.remove(lecture.id + " 2");
        assertOnly(Kind.EVENTS);
        events.put(lecture.id + " 2", 2);
        assertOnly(Kind.EVENTS);
        events.put(lecture.id + " 2", 1);
        assertNothing();
        events.put(lecture.id + " 3", 1);
        assertOnly(Kind.EVENTS);
    }

    @Test
    void lostOrInventedChange_isSeen() {
        new Lecture().then("CONFIRMED");
        String actor = versions.getFirst().actor();

        assertThat(judged(Map.of(actor, 1), Set.of("another"))).isEmpty();
        assertThat(judged(Map.of("another", 1), Set.of()))
                .extracting(Complaint::kind)
                .containsExactly(Kind.LOST);
        assertThat(judged(Map.of(), Set.of(actor))).extracting(Complaint::kind).containsExactly(Kind.GHOST);
    }

    @Test
    void missingBuffersAreSeen() {
        Version plain;
        new Lecture().then("CONFIRMED");
        plain = versions.removeFirst();
        versions.add(new Version(
                plain.booking(),
                1,
                "CONFIRMED",
                plain.at(),
                plain.actor(),
                Set.of(),
                "CONFIRMED",
                plain.lecturer(),
                plain.venue(),
                plain.host(),
                Set.of(),
                "field-class",
                plain.start(),
                plain.end(),
                plain.start(),
                plain.end(),
                null));
        assertOnly(Kind.BUFFER);
    }
}
