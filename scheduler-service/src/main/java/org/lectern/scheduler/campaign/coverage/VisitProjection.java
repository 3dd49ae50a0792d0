package org.lectern.scheduler.campaign.coverage;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the output of {@code coverage_visits} (R__coverage.sql): the visits of a campaign at one branch, by topic.
 */
final class VisitProjection {

    private static final int HELD = 1;
    private static final int GUEST = 2;
    private static final int NOTIFIED = 4;
    private static final int ACKNOWLEDGED = 8;
    private static final int ACCEPTED = 16;
    private static final int RATED = 32;

    private final Map<UUID, String> tiers;
    private final long now;

    /**
     * @param tiers of all lecturers
     * @param now the reference time, in microseconds since 1970
     */
    VisitProjection(Map<UUID, String> tiers, long now) {
        this.tiers = tiers;
        this.now = now;
    }

    /** The visits for one topic at one branch at the reference time. */
    static final class Visits {
        static final Visits NONE = new Visits(new UUID(0, 0));

        final UUID topic;
        int held;
        int booked;
        int acknowledged;
        /** Delivered or acknowledged. */
        int notified;

        int missed;
        /** Held or to come, and accepted by the lecturer. */
        int accepted;
        /** Held, and rated by the branch. */
        int rated;
        /** Attendees of lectures that the branch hosted. */
        long heads;
        /** Attendees of lectures that the branch joined. */
        long jointHeads;
        /** The tier of the held lecture, else of the next, else of a missed one. */
        @Nullable
        String tier;

        private int tierRank;
        /** The start times of held lectures, in order. */
        private final List<Long> heldAt = new ArrayList<>(1);

        private Visits(UUID topic) {
            this.topic = topic;
        }

        CoverageState state(int required, boolean over, boolean asked) {
            if (held >= required) {
                return CoverageState.HELD;
            }
            if (held + acknowledged >= required) {
                return CoverageState.ACKNOWLEDGED;
            }
            if (held + notified >= required) {
                return CoverageState.NOTIFIED;
            }
            if (held + booked >= required) {
                return CoverageState.BOOKED;
            }
            if (missed > 0 || over) {
                return CoverageState.MISSED;
            }
            return asked ? CoverageState.REQUESTED : CoverageState.NOT_PLANNED;
        }

        /** The start time of the last required lecture. */
        long heldAt(int required) {
            return heldAt.get(required - 1);
        }

        private void tier(int rank, @Nullable String other) {
            if (other == null) {
                return;
            }
            if (tier == null || rank > tierRank || rank == tierRank && other.compareTo(tier) > 0) {
                tier = other;
                tierRank = rank;
            }
        }
    }

    /** Every topic with at least one visit. */
    void forEach(byte @Nullable [] kept, Consumer<Visits> consumer) {
        if (kept == null) {
            return;
        }
        ByteBuffer bytes = ByteBuffer.wrap(kept);
        Visits visits = null;
        while (bytes.hasRemaining()) {
            long most = bytes.getLong();
            long least = bytes.getLong();
            if (visits == null
                    || visits.topic.getLeastSignificantBits() != least
                    || visits.topic.getMostSignificantBits() != most) {
                if (visits != null) {
                    consumer.accept(visits);
                }
                visits = new Visits(new UUID(most, least));
            }
            String tier = tiers.get(new UUID(bytes.getLong(), bytes.getLong()));
            long start = bytes.getLong();
            long end = bytes.getLong();
            int heads = bytes.getInt();
            int flags = bytes.getShort();
            if ((flags & HELD) != 0) {
                visits.held++;
                visits.accepted += (flags & ACCEPTED) == 0 ? 0 : 1;
                visits.rated += (flags & RATED) == 0 ? 0 : 1;
                visits.heldAt.add(start);
                if ((flags & GUEST) == 0) {
                    visits.heads += heads;
                } else {
                    visits.jointHeads += heads;
                }
                visits.tier(3, tier);
            } else if (end > now) {
                visits.booked++;
                visits.accepted += (flags & ACCEPTED) == 0 ? 0 : 1;
                visits.notified += (flags & (NOTIFIED | ACKNOWLEDGED)) == 0 ? 0 : 1;
                visits.acknowledged += (flags & ACKNOWLEDGED) == 0 ? 0 : 1;
                visits.tier(2, tier);
            } else {
                visits.missed++;
                visits.tier(1, tier);
            }
        }
        if (visits != null) {
            consumer.accept(visits);
        }
    }

    /** The topics of open requests, 16 bytes each. */
    static Set<UUID> topics(byte @Nullable [] asked) {
        Set<UUID> topics = new HashSet<>();
        if (asked != null) {
            ByteBuffer bytes = ByteBuffer.wrap(asked);
            while (bytes.hasRemaining()) {
                topics.add(new UUID(bytes.getLong(), bytes.getLong()));
            }
        }
        return topics;
    }
}
