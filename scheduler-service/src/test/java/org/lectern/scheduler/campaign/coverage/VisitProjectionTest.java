package org.lectern.scheduler.campaign.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lectern.scheduler.campaign.coverage.VisitProjection.Visits;

/** The result of a branch's stored visits at one moment. */
class VisitProjectionTest {

    private static final int HELD = 1;
    private static final int GUEST = 2;
    private static final int NOTIFIED = 4;
    private static final int ACKNOWLEDGED = 8;
    private static final int ACCEPTED = 16;
    private static final int RATED = 32;

    private static final long NOW = 1_000_000;
    private static final UUID TOPIC = new UUID(1, 1);
    private static final UUID OTHER_TOPIC = new UUID(1, 2);
    private static final UUID MUNICIPAL = UUID.randomUUID();
    private static final UUID PROVINCIAL = UUID.randomUUID();
    private static final Map<UUID, String> TIERS = Map.of(MUNICIPAL, "municipal", PROVINCIAL, "provincial");

    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

    private VisitProjectionTest visit(UUID topic, UUID lecturer, long start, long end, int heads, int flags) {
        kept.writeBytes(ByteBuffer.allocate(54)
                .putLong(topic.getMostSignificantBits())
                .putLong(topic.getLeastSignificantBits())
                .putLong(lecturer.getMostSignificantBits())
                .putLong(lecturer.getLeastSignificantBits())
                .putLong(start)
                .putLong(end)
                .putInt(heads)
                .putShort((short) flags)
                .array());
        return this;
    }

    private VisitProjectionTest held(long start, int heads) {
        return visit(TOPIC, MUNICIPAL, start, start + 10, heads, HELD);
    }

    private VisitProjectionTest ahead(int flags) {
        return visit(TOPIC, MUNICIPAL, NOW + 10, NOW + 20, 0, flags);
    }

    private VisitProjectionTest missed() {
        return visit(TOPIC, MUNICIPAL, NOW - 20, NOW - 10, 0, NOTIFIED | ACKNOWLEDGED);
    }

    @Test
    void acceptedAndRatedLectures_areCounted() {
        visit(TOPIC, MUNICIPAL, 1, 11, 0, HELD | ACCEPTED | RATED);
        held(20, 0);
        ahead(ACCEPTED);
        visit(TOPIC, MUNICIPAL, NOW - 20, NOW - 10, 0, ACCEPTED);

        assertThat(read().getFirst().accepted).isEqualTo(2);
        assertThat(read().getFirst().rated).isEqualTo(1);
    }

    private List<Visits> read() {
        List<Visits> read = new ArrayList<>();
        new VisitProjection(TIERS, NOW).forEach(kept.toByteArray(), read::add);
        return read;
    }

    private CoverageState state(int required, boolean over, boolean asked) {
        return read().stream().findFirst().orElse(Visits.NONE).state(required, over, asked);
    }

    @Test
    void nothingKept_isNoVisit() {
        List<Visits> read = new ArrayList<>();
        var visits = new VisitProjection(TIERS, NOW);

        visits.forEach(null, read::add);
        visits.forEach(new byte[0], read::add);

        assertThat(read).isEmpty();
    }

    @Test
    void visitsOfATopic_areReadTogether() {
        visit(TOPIC, MUNICIPAL, 10, 20, 30, HELD)
                .visit(TOPIC, MUNICIPAL, 30, 40, 50, HELD)
                .visit(OTHER_TOPIC, PROVINCIAL, 50, 60, 7, HELD);

        List<Visits> read = read();

        assertThat(read).extracting(each -> each.topic).containsExactly(TOPIC, OTHER_TOPIC);
        assertThat(read).extracting(each -> each.held).containsExactly(2, 1);
        assertThat(read).extracting(each -> each.heads).containsExactly(80L, 7L);
    }

    @ParameterizedTest(name = "from {0} to {1}: booked {2}, missed {3}")
    @CsvSource({"1000010, 1000020, 1, 0", "999990,  1000001, 1, 0", "999990,  1000000, 0, 1", "999980,  999990,  0, 1"})
    void lectureThatWasNotRecorded_isMissedFromItsEndOn(long start, long end, int booked, int missed) {
        visit(TOPIC, MUNICIPAL, start, end, 0, 0);

        assertThat(read()).singleElement().satisfies(visits -> {
            assertThat(visits.booked).isEqualTo(booked);
            assertThat(visits.missed).isEqualTo(missed);
            assertThat(visits.held).isZero();
        });
    }

    @Test
    void acknowledgedLecture_countsAsNotified() {
        ahead(0).ahead(NOTIFIED).ahead(ACKNOWLEDGED).ahead(NOTIFIED | ACKNOWLEDGED);

        assertThat(read()).singleElement().satisfies(visits -> {
            assertThat(visits.booked).isEqualTo(4);
            assertThat(visits.notified).isEqualTo(3);
            assertThat(visits.acknowledged).isEqualTo(2);
        });
    }

    @Test
    void heads_areThoseOfHeldLecturesByHostAndGuest() {
        visit(TOPIC, MUNICIPAL, 10, 20, 76, HELD)
                .visit(TOPIC, MUNICIPAL, 30, 40, 24, HELD | GUEST)
                .visit(TOPIC, MUNICIPAL, NOW, NOW + 10, 500, NOTIFIED);

        assertThat(read()).singleElement().satisfies(visits -> {
            assertThat(visits.heads).isEqualTo(76);
            assertThat(visits.jointHeads).isEqualTo(24);
        });
    }

    @ParameterizedTest(name = "{0} held, {1} ahead with flags {2}, of {3}: {4}")
    @CsvSource({
        "1, 0, 0,  1, HELD",
        "2, 0, 0,  1, HELD",
        "2, 0, 0,  2, HELD",
        "1, 1, 8,  2, ACKNOWLEDGED",
        "1, 1, 4,  2, NOTIFIED",
        "1, 1, 0,  2, BOOKED",
        "1, 0, 0,  2, NOT_PLANNED",
        "0, 1, 12, 1, ACKNOWLEDGED",
        "0, 1, 4,  1, NOTIFIED",
        "0, 1, 0,  1, BOOKED",
        "0, 1, 8,  2, NOT_PLANNED",
        "0, 0, 0,  1, NOT_PLANNED"
    })
    void state_isTheBestThatAsManyLecturesReached(int held, int ahead, int flags, int required, CoverageState state) {
        for (int i = 0; i < held; i++) {
            held(10 + i, 1);
        }
        for (int i = 0; i < ahead; i++) {
            ahead(flags);
        }

        assertThat(state(required, false, false)).isEqualTo(state);
    }

    @Test
    void mixedLectures_haveTheStateOfTheLeast() {
        ahead(ACKNOWLEDGED).ahead(0);

        assertThat(state(1, false, false)).isEqualTo(CoverageState.ACKNOWLEDGED);
        assertThat(state(2, false, false)).isEqualTo(CoverageState.BOOKED);
        assertThat(state(3, false, false)).isEqualTo(CoverageState.NOT_PLANNED);
    }

    @Test
    void missedLecture_countsUntilAnotherIsBooked() {
        missed();
        assertThat(state(1, false, true)).isEqualTo(CoverageState.MISSED);
        ahead(0);
        assertThat(state(1, false, true)).isEqualTo(CoverageState.BOOKED);
    }

    @Test
    void itemWithoutEnough_isRequestedUntilTheCampaignIsOver() {
        assertThat(state(1, false, true)).isEqualTo(CoverageState.REQUESTED);
        assertThat(state(1, true, true)).isEqualTo(CoverageState.MISSED);
        assertThat(state(1, true, false)).isEqualTo(CoverageState.MISSED);
        held(10, 1);
        assertThat(state(1, true, true)).isEqualTo(CoverageState.HELD);
    }

    @Test
    void coverage_datesFromTheLectureThatCompletedIt() {
        held(10, 1).held(30, 1).held(50, 1);

        Visits visits = read().getFirst();

        assertThat(visits.heldAt(1)).isEqualTo(10);
        assertThat(visits.heldAt(2)).isEqualTo(30);
        assertThat(visits.heldAt(3)).isEqualTo(50);
        assertThatThrownBy(() -> visits.heldAt(4)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void tier_isThatOfTheLectureThatCountsMost() {
        visit(TOPIC, PROVINCIAL, NOW - 20, NOW - 10, 0, 0);
        assertThat(read().getFirst().tier).isEqualTo("provincial");
        visit(TOPIC, MUNICIPAL, NOW + 10, NOW + 20, 0, 0);
        assertThat(read().getFirst().tier).isEqualTo("municipal");
        visit(TOPIC, PROVINCIAL, 10, 20, 1, HELD);
        assertThat(read().getFirst().tier).isEqualTo("provincial");
        visit(TOPIC, MUNICIPAL, NOW + 30, NOW + 40, 0, ACKNOWLEDGED);
        assertThat(read().getFirst().tier).isEqualTo("provincial");
    }

    @Test
    void tierOfEqualLectures_isTheLastByName() {
        visit(TOPIC, PROVINCIAL, 10, 20, 1, HELD).visit(TOPIC, MUNICIPAL, 30, 40, 1, HELD);

        assertThat(read().getFirst().tier).isEqualTo("provincial");
    }

    @Test
    void lecturerWithoutKnownTier_hasNone() {
        visit(TOPIC, UUID.randomUUID(), 10, 20, 1, HELD);
        assertThat(read().getFirst().tier).isNull();
        missed();
        assertThat(read().getFirst().tier).isEqualTo("municipal");
    }

    @Test
    void requestedTopics_areReadAsASet() {
        byte[] asked = ByteBuffer.allocate(48)
                .putLong(1)
                .putLong(1)
                .putLong(1)
                .putLong(2)
                .putLong(1)
                .putLong(1)
                .array();

        assertThat(VisitProjection.topics(asked)).containsExactlyInAnyOrder(TOPIC, OTHER_TOPIC);
        assertThat(VisitProjection.topics(null)).isEmpty();
        assertThat(VisitProjection.topics(new byte[0])).isEmpty();
    }
}
